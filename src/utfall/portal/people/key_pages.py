"""API keys: what opens the API and the edge to machines."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu, Permission, Refused
from utfall.portal.look.forms import blame, say_why
from utfall.portal.people import facade
from utfall.portal.people.contracts import NewKey
from utfall.portal.people.forms import KeyForm
from utfall.portal.people.listed import back_to, pages


@pages.page("keys/", name="keys", needs=Permission.TRACK, menu=Menu(gettext_lazy("API keys"), "key", 84))
def keys(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The organisation's keys."""
    return _shown(request, caller, KeyForm(caller.grants))


@pages.page("keys/new/", name="new_key", needs=Permission.TRACK, methods=("POST",))
def new_key(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Make a key and show its secret, this once."""
    form = KeyForm(caller.grants, request.POST)
    if form.is_valid():
        told = form.cleaned_data
        days = int(told["expires"]) if told["expires"] else None
        try:
            made = facade.create_key(
                caller,
                told["name"],
                [Permission(scope) for scope in told["scopes"]],
                expires_at=None if days is None else timezone.now() + timedelta(days=days),
            )
        except Refused as refused:
            blame(form, refused)
        else:
            return _shown(request, caller, KeyForm(caller.grants), made)
    return _shown(request, caller, form, status=422)


@pages.page("keys/<int:key>/rotate/", name="rotate_key", needs=Permission.TRACK, methods=("POST",))
def rotate_key(request: HttpRequest, caller: Caller, key: int) -> HttpResponse:
    """Replace a key; the old one works for a day more."""
    try:
        made = facade.rotate_key(caller, key)
    except Refused as refused:
        say_why(request, refused)
        return back_to("keys", caller)
    return _shown(request, caller, KeyForm(caller.grants), made)


@pages.page("keys/<int:key>/revoke/", name="revoke_key", needs=Permission.TRACK, methods=("POST",))
def revoke_key(request: HttpRequest, caller: Caller, key: int) -> HttpResponse:
    """Make a key void at once."""
    facade.revoke_key(caller, key)
    messages.success(request, _("The key is revoked."))
    return back_to("keys", caller)


def _shown(
    request: HttpRequest, caller: Caller, form: KeyForm, made: NewKey | None = None, status: int = 200
) -> HttpResponse:
    told = {"keys": facade.keys(caller), "form": form, "made": made, "now": timezone.now()}
    response = render(request, "people/keys.html", told, status=status)
    if made is not None:
        # Neither the browser's history nor a proxy keeps the secret.
        response.headers["Cache-Control"] = "no-store"
    return response
