"""Choosing a language and a theme: kept in cookies, so that pages outside of any account speak it too."""

from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from utfall.portal.look.theme import COOKIE, THEMES
from utfall.portal.people.facade import set_language, set_theme

A_YEAR_S: Final = 365 * 86_400


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen, and go back to where it was chosen."""
    response = HttpResponseRedirect(_back(request), status=303)
    language, theme = request.POST.get("language", ""), request.POST.get("theme", "")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
        _remember(request, language=language)
    if theme in THEMES:
        _keep(response, COOKIE, theme)
        _remember(request, theme=theme)
    elif theme == "system":
        response.delete_cookie(COOKIE)
        _remember(request, theme="")
    return response


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else "/"


def _keep(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(
        name, value, max_age=A_YEAR_S, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )


def _remember(request: HttpRequest, *, language: str | None = None, theme: str | None = None) -> None:
    """A signed-in person finds the choice again on another machine."""
    if not request.user.is_authenticated:
        return
    if language is not None:
        set_language(request.user.pk, language)
    if theme is not None:
        set_theme(request.user.pk, theme)
