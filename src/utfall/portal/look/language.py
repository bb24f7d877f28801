"""Which language a page speaks: what was chosen here, else the person's own, else the browser's."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageMiddleware:
    """Activates the language before anything is rendered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(None):
            _speak(request, translation.get_language_from_request(request))
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "en")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> None:
        """By now it is known who asks: on a machine where nothing was chosen, their own language counts."""
        own = getattr(getattr(request, "user", None), "language", "")
        chosen = settings.LANGUAGE_COOKIE_NAME in request.COOKIES
        if own in dict(settings.LANGUAGES) and not chosen:
            _speak(request, own)


def _speak(request: HttpRequest, language: str) -> None:
    translation.activate(language)
    request.LANGUAGE_CODE = language
