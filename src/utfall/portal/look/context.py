"""What every template may use: the caller, the navigation, the person's choices, the installation's name."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from utfall import __version__
from utfall.portal.access import Caller, Page
from utfall.portal.look.navigation import menu_of
from utfall.portal.look.theme import theme_of
from utfall.portal.site import site


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """The caller (None outside an organisation), its menu, and how the page looks."""
    caller: Caller | None = getattr(request, "caller", None)
    page: Page | None = getattr(request, "page", None)
    return {
        "caller": caller,
        "menu": menu_of(caller, page) if caller else [],
        "organisations": lambda: _organisations(request),
        "theme": theme_of(request),
        "languages": settings.LANGUAGES,
        "site": site(),
        "version": __version__,
    }


def _organisations(request: HttpRequest) -> list[Caller]:
    """Every organisation the person may act for; asked only by templates that show them."""
    from utfall.portal.people.facade import callers_of

    if not request.user.is_authenticated:
        return []
    return list(callers_of(request.user.pk))
