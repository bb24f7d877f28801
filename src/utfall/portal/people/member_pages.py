"""People: who belongs to the organisation, in which role, and who is invited."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu, NotFound, Permission, Refused, Role
from utfall.portal.look.forms import blame, say_why
from utfall.portal.people import facade
from utfall.portal.people.forms import InviteForm
from utfall.portal.people.listed import back_to, pages


@pages.page("people/", name="members", menu=Menu(gettext_lazy("People"), "users", 80))
def members(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Everybody, and who is on the way."""
    return _shown(request, caller, InviteForm())


@pages.page("people/invite/", name="invite", needs=Permission.PEOPLE, methods=("POST",))
def invite(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            invited = facade.invite(caller, form.cleaned_data["email"], Role(form.cleaned_data["role"]))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(
                request, _("We wrote to %(email)s. The link is good for a week.") % {"email": invited.email}
            )
            return back_to("members", caller)
    return _shown(request, caller, form, status=422)


@pages.page("people/<int:user>/role/", name="role", needs=Permission.PEOPLE, methods=("POST",))
def role(request: HttpRequest, caller: Caller, user: int) -> HttpResponse:
    """Give a member another role."""
    wanted = request.POST.get("role", "")
    if wanted not in list(Role):
        raise NotFound
    try:
        facade.change_role(caller, user, Role(wanted))
        messages.success(request, _("The role is changed."))
    except Refused as refused:
        say_why(request, refused)
    return back_to("members", caller)


@pages.page("people/<int:user>/remove/", name="remove", methods=("POST",))
def remove(request: HttpRequest, caller: Caller, user: int) -> HttpResponse:
    """End a membership; one's own as well."""
    try:
        facade.remove(caller, user)
    except Refused as refused:
        say_why(request, refused)
        return back_to("members", caller)
    if user == caller.user:
        messages.success(request, _("You left %(name)s.") % {"name": caller.name})
        return redirect("/?choose")
    messages.success(request, _("Removed. Keys they made go on working; see to them under API keys."))
    return back_to("members", caller)


@pages.page(
    "people/invitations/<int:invitation>/resend/",
    name="resend",
    needs=Permission.PEOPLE,
    methods=("POST",),
)
def resend(request: HttpRequest, caller: Caller, invitation: int) -> HttpResponse:
    """Send an invitation again."""
    invited = facade.resend(caller, invitation)
    messages.success(request, _("We wrote to %(email)s again.") % {"email": invited.email})
    return back_to("members", caller)


@pages.page(
    "people/invitations/<int:invitation>/withdraw/",
    name="withdraw",
    needs=Permission.PEOPLE,
    methods=("POST",),
)
def withdraw(request: HttpRequest, caller: Caller, invitation: int) -> HttpResponse:
    """Make an invitation's link void."""
    facade.withdraw(caller, invitation)
    messages.success(request, _("The invitation is withdrawn."))
    return back_to("members", caller)


def _shown(request: HttpRequest, caller: Caller, form: InviteForm, status: int = 200) -> HttpResponse:
    found: dict[str, Any] = {"members": facade.members(caller), "form": form, "roles": list(Role)}
    if caller.may(Permission.PEOPLE):
        found["invitations"] = facade.invitations(caller)
    return render(request, "people/members.html", found, status=status)
