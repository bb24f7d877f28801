"""Finding publishers and inviting them: those who are here, and anybody by e-mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.choosing import typed
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade
from utfall.portal.partners.chapter import BUYING, go, pages
from utfall.portal.partners.forms import InviteForm, MailInviteForm, country_choices, type_choices
from utfall.portal.partners.rows import named, own_programs, programs_named, rows_of, types_words
from utfall.portal.programs.words import CATEGORIES


@pages.page("partners/find/", name="find", kinds=BUYERS)
def find(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Listed publishers, and invitations by e-mail."""
    return _listed(request, caller)


def _listed(
    request: HttpRequest, caller: Caller, form: MailInviteForm | None = None, status: int = 200
) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("q", "type", "country", "category")}
    found = facade.find_publishers(
        caller,
        asked["q"],
        promotion_type=asked["type"],
        country=asked["country"],
        category=asked["category"],
    )
    sent = facade.mail_invitations(caller)
    into = programs_named(caller, {one.program for one in sent})
    own = own_programs(caller)
    context = {
        "found": [(one, types_words(one.promotion_types)) for one in found],
        "asked": asked,
        "types": type_choices(),
        "countries": country_choices(),
        "categories": list(CATEGORIES.items()),
        "sent": [(one, into.get(one.program)) for one in sent],
        "form": form or MailInviteForm(programs=own),
        "programs": own,
        "may_decide": caller.kind in BUYING and caller.may(Permission.MANAGE),
    }
    return render(request, "partners/find.html", context, status=status)


@pages.page("partners/proposed/", name="proposed", kinds=BUYERS)
def proposed(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What is proposed to whoever types a partner: options of a list."""
    found = facade.publishers_proposed(caller, request.GET.get("publisher", ""))
    return render(request, "people/proposed.html", {"proposed": [typed(one) for one in found]})


@pages.page(
    "partners/find/mail/", name="invite_by_mail", needs=Permission.MANAGE, kinds=BUYING, methods=("POST",)
)
def invite_by_mail(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Invite somebody by e-mail."""
    form = MailInviteForm(request.POST, programs=own_programs(caller))
    if form.is_valid():
        given = form.cleaned_data
        try:
            sent = facade.invite_by_mail(caller, given["program"], given["email"], note=given["note"])
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(
                request, _("We wrote to %(email)s. The link is good for thirty days.") % {"email": sent.email}
            )
            return go(caller, "find")
    return _listed(request, caller, form, 422)


@pages.page(
    "partners/mail-invitations/<int:mail_invitation>/withdraw/",
    name="withdraw_mail",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def withdraw_mail(request: HttpRequest, caller: Caller, mail_invitation: int) -> HttpResponse:
    """Make the link of an invitation void."""
    try:
        facade.withdraw_mail_invitation(caller, mail_invitation)
        messages.success(request, _("The invitation is withdrawn."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "find")


@pages.page("partners/publishers/<int:publisher>/", name="publisher", kinds=BUYERS)
def publisher(request: HttpRequest, caller: Caller, publisher: int) -> HttpResponse:
    """A publisher as advertisers see it, with a way to invite it."""
    return _shown(request, caller, publisher)


@pages.page(
    "partners/publishers/<int:publisher>/invite/",
    name="invite",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def invite(request: HttpRequest, caller: Caller, publisher: int) -> HttpResponse:
    """Invite a publisher into a program."""
    facade.showcase(caller, publisher)
    form = InviteForm(request.POST, programs=own_programs(caller))
    if form.is_valid():
        given = form.cleaned_data
        try:
            view = facade.invite(caller, given["program"], publisher, note=given["note"])
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Invited. You hear as soon as they answer."))
            return go(caller, "partner", partnership=view.id)
    return _shown(request, caller, publisher, form, 422)


def _shown(
    request: HttpRequest,
    caller: Caller,
    publisher: int,
    form: InviteForm | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = facade.showcase(caller, publisher)
    standing = facade.partnerships(caller, publisher=publisher).items
    taken = {one.program for one in standing if not one.is_ended}
    free = [one for one in own_programs(caller) if one.id not in taken]
    context: dict[str, Any] = {
        "shown": shown,
        "types": types_words(shown.promotion_types),
        "rows": rows_of(caller, standing),
        "form": form or InviteForm(programs=free),
        "free": free,
        "may_decide": caller.kind in BUYING and caller.may(Permission.MANAGE),
        **named(shown.profile),
    }
    return render(request, "partners/publisher.html", context, status=status)
