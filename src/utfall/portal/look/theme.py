"""Light, dark, or as the system has it: the person's choice, else the browser's cookie."""

from typing import Final

from django.http import HttpRequest

COOKIE: Final = "theme"
THEMES: Final = ("light", "dark")


def theme_of(request: HttpRequest) -> str:
    """The words "light" or "dark"; empty follows the system."""
    chosen = request.COOKIES.get(COOKIE) or getattr(getattr(request, "user", None), "theme", "")
    return chosen if chosen in THEMES else ""
