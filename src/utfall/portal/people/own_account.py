"""A person's own account, apart from any organisation: name, second factors, where they are signed in."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from utfall.portal.access import Refused
from utfall.portal.people import facade


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Everything that is the person's own, on one page."""
    user = _user(request)
    told = {
        "profile": facade.profile(user),
        "sessions": facade.sessions(user, request.session.session_key or ""),
        "callers": facade.callers_of(user),
    }
    return render(request, "people/account.html", told)


@login_required
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    """What others call the person."""
    try:
        facade.rename(_user(request), request.POST.get("name", ""))
        messages.success(request, _("Saved."))
    except Refused as refused:
        messages.error(request, str(refused.problems[0].sentence))
    return redirect("people-open:account")


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out one other browser, or all others."""
    user, chosen = _user(request), request.POST.get("session", "")
    if chosen.isdecimal():
        facade.end_session(user, int(chosen))
    else:
        facade.end_other_sessions(user, request.session.session_key or "")
    messages.success(request, _("Signed out there."))
    return redirect("people-open:account")


@login_required
@reauthentication_required  # type: ignore[untyped-decorator]
def delete(request: HttpRequest) -> HttpResponse:
    """Delete the account, once it is confirmed to be the person's own wish."""
    problem = ""
    if request.method == "POST":
        try:
            facade.delete_account(_user(request))
        except Refused as refused:
            problem = str(refused.problems[0].sentence)
        else:
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return redirect("account_login")
    status = 422 if problem else 200
    return render(request, "people/delete_account.html", {"problem": problem}, status=status)


def _user(request: HttpRequest) -> int:
    assert request.user.pk is not None, "only the signed-in come here"
    return int(request.user.pk)
