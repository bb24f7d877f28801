"""Bonuses of a program: what was granted, one more, and taking one back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.bonuses import facade
from utfall.portal.bonuses.chapter import DOERS, DOING, pages
from utfall.portal.bonuses.contracts import GrantDraft, GrantView, Kind
from utfall.portal.bonuses.forms import GrantForm, TakeBackForm
from utfall.portal.bonuses.granting import LIVE
from utfall.portal.commission import facade as commission
from utfall.portal.look.forms import blame
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.programs.tabs import tabs_of

ROUTE = "programs/<int:program>/bonuses/"


@pages.page(ROUTE, name="index", kinds=BUYERS)
def index(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """What the program granted, newest first."""
    view = programs.program(caller, program)
    found = facade.grants(caller, program=program, after=whole(request.GET.get("after", "")))
    return _show(request, caller, "index", view, grants=found)


def _show(
    request: HttpRequest, caller: Caller, template: str, view: ProgramView, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "program": view,
        "tabs": tabs_of(caller, view, "bonuses"),
        "may_grant": caller.kind in DOERS and caller.may(Permission.PRICE) and view.state in LIVE,
        **more,
    }
    return render(request, f"bonuses/{template}.html", context, status=status)


@pages.page(f"{ROUTE}new/", name="grant", methods=("GET", "POST"), **DOING)
def grant(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Grant one more."""
    view = programs.program(caller, program)
    form = GrantForm(
        request.POST or None, currency=view.currency, publishers=commission.choices_of(caller, program)
    )
    if form.is_bound and form.is_valid():
        given = {**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])}
        try:
            answer = facade.grant(caller, GrantDraft(program=program, **given))
        except Refused as refused:
            blame(form, refused)
        else:
            _say(request, answer)
            return _back(caller, program)
    return _show(request, caller, "grant", view, status=422 if form.errors else 200, form=form)


def _say(request: HttpRequest, answer: GrantView | int) -> None:
    if isinstance(answer, int):
        messages.info(request, _("A second person has to approve this. Until then nothing is granted."))
    else:
        messages.success(request, _("Granted. It is in the book within a moment."))


def _back(caller: Caller, program: int) -> HttpResponse:
    return redirect("bonuses:index", caller.slug, program)


@pages.page("bonuses/<int:grant>/take-back/", name="take_back", methods=("GET", "POST"), **DOING)
def take_back(request: HttpRequest, caller: Caller, grant: int) -> HttpResponse:
    """Take back what was granted, or a part of it."""
    found = facade.granted(caller, grant)
    view = programs.program(caller, found.program)
    form = TakeBackForm(request.POST or None, currency=view.currency, left_micros=found.left_micros)
    if form.is_bound and form.is_valid():
        try:
            facade.take_back(caller, grant, **form.cleaned_data)
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Taken back. It is in the book within a moment."))
            return _back(caller, found.program)
    return _show(request, caller, "take_back", view, status=422 if form.errors else 200, form=form, one=found)
