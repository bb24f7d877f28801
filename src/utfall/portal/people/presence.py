"""When a browser was last seen, to five minutes: a page that is only read seldom writes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

SELDOM: Final = timedelta(minutes=5)


class PresenceMiddleware:
    """Notes each signed-in browser, so that its owner can see it and sign it out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            _note(request)
        return self.get_response(request)


def _note(request: HttpRequest) -> None:
    row = UserSession.objects.filter(session_key=request.session.session_key).first()
    if row is None or timezone.now() - row.last_seen_at > SELDOM:
        UserSession.objects.create_from_request(request)
