"""The demo's mailbox: what would have been sent, as its readers would see it."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from utfall.portal.post import facade

POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox"
)
"""CSPMiddleware leaves an answer alone that brings its own policy."""
FRAME: Final = (
    '<!doctype html><meta charset="utf-8"><base target="_blank">'
    "<style>body{font:15px/1.5 system-ui,sans-serif;margin:1.25rem;color:#1b2a2f;background:#fff}</style>"
)
"""What a mail program gives to a letter: a typeface, and links that open elsewhere."""


@require_safe
def mailbox(request: HttpRequest, letter: int | None = None) -> HttpResponse:
    """All letters, and the one that is open."""
    opened = facade.opened(letter) if letter is not None else None
    return render(request, "post/mailbox.html", {"letters": facade.mailbox(), "opened": opened})


@require_safe
@xframe_options_sameorigin
def letter_html(request: HttpRequest, letter: int) -> HttpResponse:
    """A letter's own page, in a frame that may run nothing and reach nothing."""
    return HttpResponse(FRAME + facade.opened(letter).html, headers={"Content-Security-Policy": POLICY})


urlpatterns = [
    path("demo/mailbox/", mailbox, name="mailbox"),
    path("demo/mailbox/<int:letter>/", mailbox, name="letter"),
    path("demo/mailbox/<int:letter>/html/", letter_html, name="letter-html"),
]
