"""Findings: the list by what is at stake, one of them, and deciding about the orders it blames."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from utfall.events import DeclineReason
from utfall.events.limits import EVIDENCE_CHARS
from utfall.portal.access import Caller, Menu, NotFound, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.access.roles import BUYERS
from utfall.portal.look.forms import blame, say_why
from utfall.portal.quality import facade
from utfall.portal.quality.chapter import BUYING, MANY, asked, go, own_programs, pages, tabs
from utfall.portal.quality.charting import delays
from utfall.portal.quality.contracts import Ends, FindingView, Result, State
from utfall.portal.quality.findings import held_count, next_deadline
from utfall.portal.quality.forms import DecideForm, DismissForm
from utfall.portal.quality.words import DETECTORS, LEFT, MEANINGS, REASONS, STATES
from utfall.science.quality import Detector

_STATES: Final = {one.value: one for one in State}
_DETECTORS: Final = {one.value: one for one in Detector}
QUALITY: Final = Menu(gettext_lazy("Quality"), "shield-search", 23)


@pages.page("quality/", name="index", kinds=BUYERS, menu=QUALITY)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What looks doubtful, the most at stake first."""
    state = _STATES.get(request.GET.get("state", ""), State.OPEN)
    detector = _DETECTORS.get(request.GET.get("detector", ""))
    program = asked(request, "program")
    found = facade.findings(
        caller, state=state, program=program, detector=detector, after=asked(request, "after")
    )
    looks = facade.looks(caller)
    context = {
        "found": found,
        "state": state,
        "states": [(one.value, words) for one, (words, _tone) in STATES.items()],
        "program": program,
        "programs": own_programs(caller),
        "detector": detector,
        "detectors": [(one.value, words) for one, words in DETECTORS.items()],
        "is_narrowed": bool(program or detector or state is not State.OPEN),
        "stakes": facade.stakes(caller, program),
        "open": facade.open_findings(caller),
        "held": held_count(caller),
        "deadline": next_deadline(caller),
        "last": max((one.at for one in looks), default=None),
        "looked_at": (sum(one.orders for one in looks), sum(one.clicks for one in looks)),
        "left_out": [one for one in looks if one.left_out],
        "tabs": _tabs(caller, "index"),
    }
    return render(request, "quality/index.html", context)


def _tabs(caller: Caller, current: str) -> list[tuple[str, str, bool, int | None]]:
    return tabs(caller, current, findings=facade.open_findings(caller), held=held_count(caller))


@pages.page("quality/findings/<int:finding>/", name="finding", kinds=BUYERS)
def finding(request: HttpRequest, caller: Caller, finding: int) -> HttpResponse:
    """One finding with its orders."""
    view = facade.finding(caller, finding)
    return render(request, "quality/finding.html", _about(request, caller, view))


def _about(request: HttpRequest, caller: Caller, view: FindingView) -> dict[str, Any]:
    return {
        "finding": view,
        "meaning": MEANINGS[view.detector],
        "blamed": facade.blamed(caller, view.id, after=asked(request, "after")),
        "chart": _chart(caller, view),
        "form": DismissForm(),
        "may_decide": caller.kind in BUYING and caller.may(Permission.MONEY),
    }


def _chart(caller: Caller, view: FindingView) -> Any:
    try:
        profile = facade.profile(caller, view.program, view.publisher)
        whole_of = facade.look(caller, view.program)
    except NotFound:
        return None
    return delays(profile.delays, whole_of.delays, view.publisher_name)


@pages.page(
    "quality/findings/<int:finding>/decide/",
    name="decide",
    needs=Permission.MONEY,
    kinds=BUYING,
    methods=("GET", "POST"),
)
def decide(request: HttpRequest, caller: Caller, finding: int) -> HttpResponse:
    """Hold, release or decline the picked orders, or all that are undecided."""
    view = facade.finding(caller, finding)
    do = request.POST.get("do", "")
    if request.method != "POST" or do not in ("hold", "release", "decline"):
        return go(caller, "finding", finding=finding)
    orders = _orders(request)
    if do == "release":
        _release(request, caller, finding, orders)
        return _back(request, caller, finding)
    form = DecideForm(request.POST if request.POST.get("sure") else None, do=do, initial=_initial(view))
    if form.is_valid():
        try:
            _tell(request, do, _decided(caller, finding, orders, form, do))
            return _back(request, caller, finding)
        except Refused as refused:
            blame(form, refused)
    context = {
        "finding": view,
        "form": form,
        "do": do,
        "orders": orders,
        "next": request.POST.get("next", ""),
    }
    return render(request, "quality/decide.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest, caller: Caller, finding: int) -> HttpResponse:
    if request.POST.get("next") == "held":
        return go(caller, "held")
    return go(caller, "finding", finding=finding)


def _orders(request: HttpRequest) -> list[int] | None:
    """The picked orders; None for all."""
    found = [whole(one) for one in request.POST.getlist("order")[:MANY]]
    return [one for one in found if one] or None


def _initial(view: FindingView) -> dict[str, str]:
    """The finding in words, to be changed by whoever decides."""
    reason = REASONS.get(view.detector, DeclineReason.BREACH_OF_TERMS)
    return {"reason": reason.value, "evidence": view.sentence[:EVIDENCE_CHARS], "ends": Ends.NOTHING.value}


def _decided(caller: Caller, finding: int, orders: list[int] | None, form: DecideForm, do: str) -> Result:
    told = form.cleaned_data
    reason = DeclineReason(told["reason"]) if told["reason"] else None
    if do == "hold":
        ends = Ends(told["ends"])
        evidence, why = told["evidence"], told["why"]
        return facade.hold(caller, finding, orders, ends=ends, reason=reason, evidence=evidence, why=why)
    assert reason is not None, "the form asked for it"
    return facade.decline(caller, finding, orders, reason=reason, evidence=told["evidence"])


def _release(request: HttpRequest, caller: Caller, finding: int, orders: list[int] | None) -> None:
    try:
        _tell(request, "release", facade.release(caller, finding, orders))
    except Refused as refused:
        say_why(request, refused)


def _tell(request: HttpRequest, do: str, result: Result) -> None:
    """Say what came of it, and why some orders were left."""
    words = {
        "hold": ngettext("%(n)s order is held.", "%(n)s orders are held.", result.done),
        "release": ngettext("%(n)s order is released.", "%(n)s orders are released.", result.done),
        "decline": ngettext("%(n)s order is declined.", "%(n)s orders are declined.", result.done),
    }[do]
    if result.done:
        messages.success(request, words % {"n": result.done})
    for code, count in result.left.items():
        why = LEFT.get(code, LEFT["refused"])
        messages.warning(request, _("%(n)s left as they are: %(why)s.") % {"n": count, "why": why})


@pages.page(
    "quality/findings/<int:finding>/dismiss/",
    name="dismiss",
    needs=Permission.MONEY,
    kinds=BUYING,
    methods=("GET", "POST"),
)
def dismiss(request: HttpRequest, caller: Caller, finding: int) -> HttpResponse:
    """Say that it is none, or take that back."""
    view = facade.finding(caller, finding)
    if request.method != "POST":
        return go(caller, "finding", finding=finding)
    form = DismissForm(request.POST)
    try:
        if request.POST.get("reopen"):
            facade.reopen(caller, finding)
            messages.success(request, _("It is open again."))
        elif form.is_valid():
            facade.dismiss(caller, finding, form.cleaned_data["why"])
            messages.success(request, _("Dismissed. You can open it again here."))
        else:
            context = {**_about(request, caller, view), "form": form}
            return render(request, "quality/finding.html", context, status=422)
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "finding", finding=finding)
