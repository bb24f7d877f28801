"""Looking at an application: who asks, what it owns and answers, what happened before; and deciding."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import blame
from utfall.portal.partners import facade, words
from utfall.portal.partners.chapter import BUYING, go, pages
from utfall.portal.partners.contracts import ApplicationView, Reapply, Rejection, State
from utfall.portal.partners.forms import ApproveForm, RejectForm
from utfall.portal.partners.rows import row_of, rows_of
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.programs.words import PROMOTION_TYPES
from utfall.terms import PromotionType


@pages.page("partners/applications/<int:application>/", name="application", kinds=BUYERS)
def application(request: HttpRequest, caller: Caller, application: int) -> HttpResponse:
    """One application with everything that helps to decide."""
    return _shown(request, caller, facade.application(caller, application))


@pages.page(
    "partners/applications/<int:application>/decide/",
    name="decide",
    needs=Permission.MANAGE,
    kinds=BUYING,
    methods=("POST",),
)
def decide(request: HttpRequest, caller: Caller, application: int) -> HttpResponse:
    """Approve or reject."""
    view = facade.application(caller, application)
    is_yes = request.POST.get("verdict") == "approve"
    form: Any = (
        ApproveForm(request.POST, groups=programs.groups(caller, view.program))
        if is_yes
        else RejectForm(request.POST)
    )
    if form.is_valid():
        try:
            _decide(caller, view, form.cleaned_data, is_yes)
        except Refused as refused:
            blame(form, refused)
        else:
            said = _("Approved; it earns from now on.") if is_yes else _("Rejected, with your reason.")
            messages.success(request, said)
            return _next(caller, view)
    return _shown(request, caller, view, 422, **{"approve" if is_yes else "reject": form})


def _decide(caller: Caller, view: ApplicationView, given: dict[str, Any], is_yes: bool) -> None:
    if is_yes:
        facade.decide(caller, view.id, State.APPROVED, group=given["group"], note=given["note"])
        return
    facade.decide(
        caller,
        view.id,
        State.REJECTED,
        reason=Rejection(given["reason"]),
        note=given["note"],
        reapply=Reapply(given["reapply"]),
    )


def _next(caller: Caller, view: ApplicationView) -> HttpResponse:
    """On to the application that has waited longest; when none is left, to the partner."""
    waiting = facade.applications(caller, waiting=True, count=200).items
    if waiting:
        return go(caller, "application", application=waiting[-1].id)
    return go(caller, "partner", partnership=view.partnership)


def _shown(
    request: HttpRequest, caller: Caller, view: ApplicationView, status: int = 200, **wrong: Any
) -> HttpResponse:
    program = programs.program(caller, view.program)
    standing = facade.partnership(caller, view.partnership)
    others = [
        one for one in facade.partnerships(caller, publisher=view.publisher).items if one.id != standing.id
    ]
    past = [one for one in facade.applications(caller, publisher=view.publisher).items if one.id != view.id]
    chosen = set(view.properties)
    shown = facade.showcase(caller, view.publisher)
    context: dict[str, Any] = {
        "application": view,
        "row": row_of(caller, standing),
        "program": program,
        "shown": shown,
        "properties": sorted(shown.properties, key=lambda one: one.id not in chosen),
        "chosen": chosen,
        "answers": answered(program, view),
        "types": [
            (PROMOTION_TYPES[PromotionType(one)], program.terms.allows(one)) for one in view.promotion_types
        ],
        "others": rows_of(caller, others),
        "past": past,
        "reasons": words.REASONS,
        "is_waiting": view.decided_at is None,
        "may_decide": caller.kind in BUYING and caller.may(Permission.MANAGE),
        "waiting": facade.counts(caller)[State.PENDING],
        "approve": ApproveForm(groups=programs.groups(caller, view.program)),
        "reject": RejectForm(),
        "has_groups": bool(programs.groups(caller, view.program)),
        **wrong,
    }
    return render(request, "partners/application.html", context, status=status)


def answered(program: ProgramView, view: ApplicationView) -> list[tuple[str, str]]:
    """The questions as they are worded now, with what was answered; questions since removed by their key."""
    asked = {one.key: one.words for one in program.questions}
    return [(asked.get(key, key), answer) for key, answer in view.answers if answer]
