"""Pages on which something is done about claims: file, answer, withdraw; ask, approve, deny; the clock."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Permission, Refused
from utfall.portal.claims import facade
from utfall.portal.claims.chapter import BUYING, SELLING, go, pages
from utfall.portal.claims.claim_pages import shown
from utfall.portal.claims.contracts import Denial, Upload
from utfall.portal.claims.forms import ApproveForm, AskForm, ClaimForm, ClockForm, DenyForm, MessageForm
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade as partners
from utfall.portal.programs import facade as programs
from utfall.portal.programs.tabs import tabs_of


@pages.page("claims/new/", name="new", needs=Permission.MANAGE, kinds=SELLING, methods=("GET", "POST"))
def new(request: HttpRequest, caller: Caller) -> HttpResponse:
    """File a claim; the answer of the receipts stands on its page at once."""
    taking_part = partners.programs_of(caller)
    listed = programs.choices(caller, taking_part)
    form = ClaimForm(
        request.POST or None,
        request.FILES or None,
        programs=listed,
        initial={"program": request.GET.get("program", "")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return go(caller, "claim", claim=facade.file(caller, form.draft(), _uploads(form)))
        except Refused as refused:
            blame(form, refused)
    names = dict(listed)
    context = {
        "form": form,
        "records": [(names[number], one) for number, one in facade.records(names).items()],
        "is_partner": bool(listed),
    }
    return render(request, "claims/new.html", context, status=422 if form.errors else 200)


def _uploads(form: forms.Form) -> list[Upload]:
    return [Upload(one.name or "", one.file) for one in form.cleaned_data["proofs"]]


def _acted(
    request: HttpRequest,
    caller: Caller,
    claim: int,
    name: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], None],
    said: str,
) -> HttpResponse:
    """Do what a form of a claim's page asks for, or show the page again with what is wrong."""
    view = facade.claim(caller, claim)
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return go(caller, "claim", claim=claim)
        except Refused as refused:
            blame(form, refused)
    return shown(request, caller, view, 422, **{name: form})


@pages.page(
    "claims/<int:claim>/reply/", name="reply", needs=Permission.MANAGE, kinds=SELLING, methods=("POST",)
)
def reply(request: HttpRequest, caller: Caller, claim: int) -> HttpResponse:
    """Answer, or add something."""
    form = MessageForm(request.POST, request.FILES)

    def act(told: dict[str, Any]) -> None:
        facade.reply(caller, claim, told["text"], _uploads(form))

    return _acted(request, caller, claim, "message", form, act, _("Sent."))


@pages.page(
    "claims/<int:claim>/withdraw/", name="withdraw", needs=Permission.MANAGE, kinds=SELLING, methods=("POST",)
)
def withdraw(request: HttpRequest, caller: Caller, claim: int) -> HttpResponse:
    """Take a claim back."""
    try:
        facade.withdraw(caller, claim)
        messages.success(request, _("Withdrawn."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "claim", claim=claim)


@pages.page("claims/<int:claim>/ask/", name="ask", needs=Permission.MONEY, kinds=BUYING, methods=("POST",))
def ask(request: HttpRequest, caller: Caller, claim: int) -> HttpResponse:
    """Ask for more."""

    def act(told: dict[str, Any]) -> None:
        facade.ask(caller, claim, told["text"])

    said = _("Asked. The clock stops until the publisher answers.")
    return _acted(request, caller, claim, "ask", AskForm(request.POST), act, said)


@pages.page(
    "claims/<int:claim>/approve/", name="approve", needs=Permission.MONEY, kinds=BUYING, methods=("POST",)
)
def approve(request: HttpRequest, caller: Caller, claim: int) -> HttpResponse:
    """Approve, and award."""

    def act(told: dict[str, Any]) -> None:
        facade.approve(caller, claim, told["words"])

    said = _("Approved. The award is settled within a moment.")
    return _acted(
        request, caller, claim, "approve", ApproveForm(request.POST, auto_id="approve_%s"), act, said
    )


@pages.page("claims/<int:claim>/deny/", name="deny", needs=Permission.MONEY, kinds=BUYING, methods=("POST",))
def deny(request: HttpRequest, caller: Caller, claim: int) -> HttpResponse:
    """Deny, with a reason."""

    def act(told: dict[str, Any]) -> None:
        facade.deny(caller, claim, Denial(told["reason"]), told["words"])

    said, form = _("Denied, with your reason."), DenyForm(request.POST, auto_id="deny_%s")
    return _acted(request, caller, claim, "deny", form, act, said)


@pages.page(
    "programs/<int:program>/claims/",
    name="clock",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("GET", "POST"),
)
def clock(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """How long a program takes at most, and how it has done."""
    view, standing = programs.program(caller, program), facade.clock(caller, program)
    form = ClockForm(request.POST or None, initial={"days": standing.days})
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_clock(caller, program, form.cleaned_data["days"])
            messages.success(request, _("Saved. It holds for claims that are filed from now on."))
            return go(caller, "clock", program=program)
        except Refused as refused:
            blame(form, refused)
    context = {
        "form": form,
        "program": view,
        "record": facade.records([program]).get(program),
        "tabs": tabs_of(caller, view, "claims"),
        "is_operator": caller.kind is Kind.OPERATOR,
    }
    return render(request, "claims/clock.html", context, status=422 if form.errors else 200)
