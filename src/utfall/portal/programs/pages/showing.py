"""One program: its goal and budgets on screen, its state, and what leads on."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.people import facade as people
from utfall.portal.programs import facade, sentences, words
from utfall.portal.programs.contracts import GoalProgress, LimitUse, LimitView, ProgramView, State
from utfall.portal.programs.forms import FeeForm
from utfall.portal.programs.pages.registry import pages, show
from utfall.terms import Measure

ROUND: Final = 339.292
"""The length of the ring's line: a circle of radius 54."""
TONES: Final = {
    "reached": "good",
    "on_track": "good",
    "at_risk": "warn",
    "out_of_reach": "bad",
    "too_early": "calm",
}


@pages.page("programs/<int:program>/", name="program", kinds=BUYERS)
def program(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The program at a glance."""
    view = facade.program(caller, program)
    context: dict[str, Any] = {
        "clauses": [clause for clause in words.clauses(view.terms) if clause.key not in ("text", "status")],
        "advertiser": people.parties(Kind.ADVERTISER, [view.advertiser]).get(view.advertiser),
        "consequence": words.CONSEQUENCES[view.state],
        "gaps": facade.gaps(view) if view.state in (State.DRAFT, State.IN_REVIEW) else [],
    }
    if view.state in (State.DRAFT, State.IN_REVIEW):
        context["sections"] = sentences.sections(caller, view)
        context["editable"] = view.state is State.DRAFT and bool(facade.ways_on(caller, view))
        context["fee"] = FeeForm(initial={"fee": view.terms.fee_ppm})
    return show(request, caller, "program", view, tab="overview", **context)


@pages.page("programs/<int:program>/progress/", name="progress", kinds=BUYERS)
def progress(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The goal's ring and forecast and what is left of budgets, as a part of the page that renews itself."""
    view = facade.program(caller, program)
    told = facade.progress(caller, program)
    context = {
        "program": view,
        "goal": told and goal_shown(view, told),
        "budgets": budgets_shown(caller, view),
    }
    return render(request, "programs/parts/progress.html", context)


def goal_shown(view: ProgramView, told: GoalProgress) -> dict[str, Any]:
    """A goal's progress as the ring and the sentences show it."""
    goal = told.goal
    part = min(told.done / goal.target, 1)
    recent = [one.count for one in told.days][-28:]
    return {
        "told": told,
        "percent": told.done * 100 // goal.target,
        "dash": f"{part * ROUND:.2f} {ROUND}",
        "tone": TONES[told.verdict],
        "verdict": words.VERDICTS[told.verdict],
        "ceiling": words.CEILINGS.get(told.ceiling),
        "ceiling_tone": {"within": "good", "at_risk": "warn", "over": "bad"}.get(told.ceiling, "calm"),
        # An average has no end; nobody reads more than hundredths of it.
        "each": None if told.cost_per_outcome_micros is None else round(told.cost_per_outcome_micros, -4),
        "says": sentences.goal_says(goal, view.currency),
        "outcomes": words.MANY[goal.outcome],
        "spark": recent,
    }


def budgets_shown(caller: Caller, view: ProgramView) -> list[dict[str, Any]]:
    """Each budget and cap with how much of its period is used."""
    used, standing = facade.uses(caller, view.id), facade.limits(caller, view.id)
    names = sentences.named_in(standing)
    return [limit_shown(view, one, used[one.id], names) for one in standing]


def limit_shown(view: ProgramView, limit: LimitView, use: LimitUse, names: sentences.Named) -> dict[str, Any]:
    """A limit, what it says, and its bar."""
    spent = use.reserved + use.settled
    share = spent / limit.cap if limit.cap else 1
    return {
        "limit": limit,
        "says": sentences.limit_says(limit, view.currency, names),
        "used": spent,
        "left": use.left,
        "tone": "bad" if share >= 1 else "warn" if share >= 0.9 else "",
        "is_count": limit.measure is Measure.COUNT,
        "is_full": use.left == 0,
        "period": words.NOW[limit.period],
    }


@pages.page("programs/<int:program>/needs/", name="needs", needs=Permission.LOOK, kinds=BUYERS)
def needs(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """What is missing before a draft can be handed in, as a part of other pages."""
    view = facade.program(caller, program)
    return render(request, "programs/parts/gaps.html", {"program": view, "gaps": facade.gaps(view)})
