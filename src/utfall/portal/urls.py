"""Where everything stands: people's own pages, the API, and below `/<org>/` the pages of every app."""

from importlib import import_module, util

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from utfall.portal.look.refusals import bad_request, broken, forbidden, not_found


def _app_pages() -> list[URLResolver]:
    """The pages of each app that has any, below the organisation's slug, under the app's name."""
    found = []
    for app in settings.PORTAL_APPS:
        if util.find_spec(f"{app}.pages") is not None:
            module = import_module(f"{app}.pages")
            name = app.rpartition(".")[2]
            found.append(path("<slug:org>/", include((module.pages.urls, name), namespace=name)))
    return found


def _open_urls() -> list[URLResolver]:
    """What apps offer outside of any organisation (`open_urls.py`): landing page, sign-up, invitations."""
    found = []
    for app in settings.PORTAL_APPS:
        if util.find_spec(f"{app}.open_urls") is not None:
            module = import_module(f"{app}.open_urls")
            found.append(path("", include((module.urlpatterns, f"{app.rpartition('.')[2]}-open"))))
    return found


urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include("allauth.urls")),
    *_open_urls(),
    *_app_pages(),
]

handler400 = bad_request
handler403 = forbidden
handler404 = not_found
handler500 = broken
