"""How people sign in: what allauth is told of this portal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from utfall.portal.people.account import callers_of
from utfall.portal.people.models import User
from utfall.portal.site import site


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-up happens on a page of our own, which also founds an organisation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Allauth's own sign-up makes people without organisations, so it leads to ours."""
        raise ImmediateHttpResponse(redirect("people-open:sign_up"))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Straight to the organisation of whoever has only one."""
        callers = callers_of(request.user.pk or 0)
        return reverse("home:index", kwargs={"org": callers[0].slug}) if len(callers) == 1 else "/"

    def post_login(self, request: HttpRequest, user: User, **more: Any) -> HttpResponse:
        """The pages speak the user's language from now on."""
        response: HttpResponse = super().post_login(request, user, **more)
        if user.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                user.language,
                max_age=365 * 86_400,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        return response

    def format_email_subject(self, subject: str) -> str:
        """A subject says what it is about, without a prefix."""
        return str(subject)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the browser: what trusted proxies say of it, read from the last to the first."""
        address = str(request.META.get("REMOTE_ADDR") or "")
        trusted = site().trusted_proxies
        told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
        while told and address in trusted:
            address = told.pop()
        return address or "127.0.0.1"
