"""Budgets and caps of a program: added, raised or lowered, taken away; what that does is said before."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Problem, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import blame
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import LimitDraft, LimitView, ProgramView
from utfall.portal.programs.forms import HeightForm, LimitForm
from utfall.portal.programs.pages.registry import DOERS, go, pages, show
from utfall.portal.programs.pages.showing import budgets_shown, limit_shown
from utfall.portal.programs.sentences import named_in
from utfall.terms import Measure, Over, Period

MICROS = 1_000_000


@pages.page("programs/<int:program>/limits/", name="limits", kinds=BUYERS)
def limits(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Every budget and cap, and how much of it is used."""
    view = facade.program(caller, program)
    context: dict[str, Any] = {"budgets": budgets_shown(caller, view), "form": _form(caller, view, None)}
    return show(request, caller, "limits", view, tab="limits", **context)


def _form(caller: Caller, view: ProgramView, data: QueryDict | None) -> LimitForm:
    groups = [(str(one.id), one.name) for one in facade.groups(caller, view.id)]
    offered = {"group": groups, "publisher": _publishers(caller, view)}
    return LimitForm(data, currency=view.currency, offered=offered)


def _publishers(caller: Caller, view: ProgramView) -> list[tuple[str, str]]:
    from utfall.portal.commission import facade as commission  # which prices programs, and knows them first

    return [(str(number), name) for number, name in commission.choices_of(caller, view.id)]


@pages.page(
    "programs/<int:program>/limits/new/",
    name="add_limit",
    needs=Permission.PRICE,
    kinds=DOERS,
    methods=("GET", "POST"),
)
def add_limit(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """One more budget or cap."""
    view = facade.program(caller, program)
    form = _form(caller, view, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            answer = facade.add_limit(caller, program, _draft(form.cleaned_data))
            _say(request, answer, _("The limit holds from the next outcome on."))
            return go(caller, "limits", program=program)
        except Refused as refused:
            blame(form, refused)
    return show(
        request, caller, "limit_new", view, tab="limits", status=422 if form.errors else 200, form=form
    )


def _draft(given: dict[str, Any]) -> LimitDraft:
    measure = Measure(given["measure"])
    return LimitDraft(
        measure=measure,
        period=Period(given["period"]),
        cap=_height(given["cap"], measure),
        name=given["name"],
        over=Over(given["over"]),
        outcome=given["outcome"] or None,
        group=int(given["group"]) if given["group"] else None,
        publisher=int(given["publisher"]) if given["publisher"] else None,
        per_publisher=given["per_publisher"],
        per_customer=given["per_customer"],
        is_budget=measure is Measure.COST,
    )


def _height(micros: int, measure: Measure) -> int:
    """A number typed as money is a number of outcomes where those are counted."""
    if measure is not Measure.COUNT:
        return micros
    if micros % MICROS:
        raise Refused([Problem("whole_number", _("A number of outcomes is a whole number."), "cap")])
    return micros // MICROS


def _say(request: HttpRequest, answer: object, done: str) -> None:
    if isinstance(answer, int):
        messages.info(request, _("A second person has to approve this. Until then nothing changes."))
    else:
        messages.success(request, done)


@pages.page(
    "programs/<int:program>/limits/<int:limit>/",
    name="limit",
    needs=Permission.PRICE,
    kinds=DOERS,
    methods=("GET", "POST"),
)
def limit(request: HttpRequest, caller: Caller, program: int, limit: int) -> HttpResponse:
    """Another height for a limit that stands."""
    view, standing = facade.program(caller, program), facade.limit(caller, program, limit)
    form = _height_form(view, standing, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            answer = facade.change_limit(
                caller,
                program,
                limit,
                cap=_height(given["cap"], standing.measure),
                over=Over(given["over"]),
                name=given["name"],
                why=given["why"],
            )
            _say(request, answer, _("The new limit holds from the next outcome on."))
            return go(caller, "limits", program=program)
        except Refused as refused:
            blame(form, refused)
    shown = limit_shown(view, standing, facade.uses(caller, program)[limit], named_in([standing]))
    return show(
        request, caller, "limit", view, tab="limits", status=422 if form.errors else 200, form=form, one=shown
    )


def _height_form(view: ProgramView, standing: LimitView, data: QueryDict | None) -> HeightForm:
    counts = standing.measure is Measure.COUNT
    start = {
        "cap": standing.cap * MICROS if counts else standing.cap,
        "over": standing.over.value,
        "name": standing.name,
    }
    return HeightForm(data, suffix="" if counts else view.currency, initial=start)


@pages.page(
    "programs/<int:program>/limits/<int:limit>/remove/",
    name="remove_limit",
    needs=Permission.PRICE,
    kinds=DOERS,
    methods=("POST",),
)
def remove_limit(request: HttpRequest, caller: Caller, program: int, limit: int) -> HttpResponse:
    """Take a limit away."""
    answer = facade.remove_limit(caller, program, limit, why=request.POST.get("why", "")[:1000])
    _say(request, answer, _("The limit is gone: nothing stops there any more."))
    return go(caller, "limits", program=program)
