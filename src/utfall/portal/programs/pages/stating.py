"""Changes of state, each with its consequence before it is made; and the operator's decision."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, NotFound, Permission, Refused
from utfall.portal.access.errors import Words
from utfall.portal.look.forms import blame
from utfall.portal.programs import facade, words
from utfall.portal.programs.contracts import ProgramView, State
from utfall.portal.programs.forms import FeeForm, StateForm
from utfall.portal.programs.pages.registry import DOERS, go, pages, show

TITLES: dict[tuple[State, State], Words] = {
    (State.DRAFT, State.IN_REVIEW): gettext_lazy("Hand in for review"),
    (State.DRAFT, State.ACTIVE): gettext_lazy("Go live"),
    (State.DRAFT, State.CLOSED): gettext_lazy("Discard this draft"),
    (State.IN_REVIEW, State.DRAFT): gettext_lazy("Take it back"),
    (State.IN_REVIEW, State.ACTIVE): gettext_lazy("Approve"),
    (State.ACTIVE, State.PAUSED): gettext_lazy("Pause"),
    (State.ACTIVE, State.CLOSED): gettext_lazy("Close for good"),
    (State.PAUSED, State.ACTIVE): gettext_lazy("Resume"),
    (State.PAUSED, State.CLOSED): gettext_lazy("Close for good"),
}


def title_of(caller: Caller, before: State, after: State) -> Words:
    """What a change of state is called on a button."""
    if (before, after) == (State.IN_REVIEW, State.DRAFT) and caller.kind is Kind.OPERATOR:
        return _("Return with a reason")
    return TITLES[before, after]


@pages.page(
    "programs/<int:program>/state/<slug:state>/",
    name="state",
    needs=Permission.MANAGE,
    kinds=DOERS,
    methods=("GET", "POST"),
)
def state(request: HttpRequest, caller: Caller, program: int, state: str) -> HttpResponse:
    """What will happen, why it is done, and the button that does it."""
    view = facade.program(caller, program)
    if state not in set(State):
        raise NotFound
    after = State(state)
    if request.method == "GET" and after not in facade.ways_on(caller, view):
        return go(caller, "program", program=program)
    form = StateForm({**request.POST.dict(), "state": state} if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            facade.change_state(caller, program, after, form.cleaned_data["why"])
            messages.success(request, _("The program is now: %(state)s.") % {"state": words.STATES[after]})
            return go(caller, "program", program=program)
        except Refused as refused:
            blame(form, refused)
    context: dict[str, Any] = {
        "form": form,
        "after": after,
        "title": title_of(caller, view.state, after)
        if (view.state, after) in TITLES
        else words.STATES[after],
        "consequence": words.CONSEQUENCES[after],
        "why_needed": facade.needs_reason(caller, view.state, after),
    }
    return show(request, caller, "state", view, status=422 if form.errors else 200, **context)


@pages.page(
    "programs/<int:program>/approve/",
    name="approve",
    needs=Permission.OPERATE,
    kinds=frozenset({Kind.OPERATOR}),
    methods=("POST",),
)
def approve(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The operator lets a program go live, at a fee."""
    view = facade.program(caller, program)
    form = FeeForm(request.POST)
    try:
        if form.is_valid():
            _approve(caller, view, form.cleaned_data["fee"])
            messages.success(request, _("%(name)s is live.") % {"name": view.name})
            return go(caller, "review")
        messages.error(request, _("Write the fee as a percentage, such as 20."))
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, str(problem.sentence))
    return go(caller, "program", program=program)


def _approve(caller: Caller, view: ProgramView, fee_ppm: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        if fee_ppm != view.terms.fee_ppm:
            facade.draft_terms(caller, view.id, replace(facade.draft_of(view.terms), fee_ppm=fee_ppm))
        facade.change_state(caller, view.id, State.ACTIVE)
