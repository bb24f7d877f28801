"""What a program says of itself, who may take part, its goal: all that is no term and changes at once."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from utfall.events import Outcome
from utfall.portal.access import Caller, Permission, Refused, refuse
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import blame
from utfall.portal.programs import facade, sentences, words
from utfall.portal.programs.contracts import GoalDraft, QuestionKind, Visibility
from utfall.portal.programs.forms import GoalForm, OutcomeForm, PartnersForm, ProfileForm
from utfall.portal.programs.pages.registry import DOERS, go, pages, show
from utfall.portal.programs.pages.steps import profile_initial, profile_of, questions_typed


@pages.page("programs/<int:program>/about/", name="about", kinds=BUYERS, methods=("GET", "POST"))
def about(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The presentation, and who may take part."""
    view = facade.program(caller, program)
    data = request.POST if request.method == "POST" else None
    if data is not None:
        caller.require(Permission.MANAGE)
    partners = {"visibility": view.visibility.value, "auto_approve": view.auto_approve}
    profile = ProfileForm(data, initial=profile_initial(view.profile))
    taking = PartnersForm(data, initial=partners)
    if data is not None and profile.is_valid() and taking.is_valid():
        wanted = replace(
            profile_of(profile, view.profile),
            visibility=Visibility(taking.cleaned_data["visibility"]),
            auto_approve=taking.cleaned_data["auto_approve"],
            questions=questions_typed(data),
        )
        try:
            facade.describe(caller, program, wanted)
            messages.success(request, _("Saved. Publishers see it from now on."))
            return go(caller, "about", program=program)
        except Refused as refused:
            for problem in refused.problems:
                blame(taking if problem.field in taking.fields else profile, Refused([problem]))
    context = {
        "profile": profile,
        "partners": taking,
        "visibilities": [
            (one.value, label, words.ABOUT_VISIBILITIES[one]) for one, label in words.VISIBILITIES.items()
        ],
        "questions": [*view.questions, None, None],
        "question_kinds": [(kind.value, sentences.QUESTION_KINDS[kind]) for kind in QuestionKind],
        "may_change": caller.may(Permission.MANAGE) and caller.kind in DOERS,
    }
    wrong = profile.errors or taking.errors
    return show(request, caller, "about", view, tab="about", status=422 if wrong else 200, **context)


@pages.page(
    "programs/<int:program>/goal/", name="goal", needs=Permission.MANAGE, kinds=DOERS, methods=("GET", "POST")
)
def goal(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Set, change or give up the goal."""
    view = facade.program(caller, program)
    data = request.POST if request.method == "POST" else None
    standing = view.goal
    start = {
        "target": standing.target if standing else None,
        "max_cost": standing.max_cost_micros if standing else None,
        "starts_on": standing.starts_on if standing else None,
        "ends_on": standing.ends_on if standing else None,
    }
    kind = OutcomeForm(data, initial={"outcome": (standing.outcome if standing else view.outcome).value})
    form = GoalForm(data, currency=view.currency, initial=start)
    if data is not None and kind.is_valid() and form.is_valid():
        try:
            with transaction.atomic():
                _keep(caller, program, form.cleaned_data, Outcome(kind.cleaned_data["outcome"]))
            messages.success(request, _("Saved."))
            return go(caller, "program", program=program)
        except Refused as refused:
            blame(form, refused)
    context = {"outcome": kind, "goal": form, "many": words.MANY}
    wrong = kind.errors or form.errors
    return show(request, caller, "goal", view, tab="overview", status=422 if wrong else 200, **context)


def _keep(caller: Caller, program: int, given: dict[str, Any], outcome: Outcome) -> None:
    standing = facade.goal(caller, program)
    if not given["target"]:
        if standing is not None:
            facade.remove_goal(caller, program, standing.id)
        return
    if given["starts_on"] is None or given["ends_on"] is None:
        refuse("days_needed", _("Say from when until when."), "ends_on")
    draft = GoalDraft(
        outcome=outcome,
        target=given["target"],
        starts_on=given["starts_on"],
        ends_on=given["ends_on"],
        max_cost_micros=given["max_cost"],
    )
    facade.set_goal(caller, program, draft)
