"""The terms: what holds, what held when, what changed from version to version; and new versions."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from utfall.portal.access import EVERYBODY, Caller, Kind, NotFound, Permission, Refused
from utfall.portal.look.forms import blame
from utfall.portal.programs import facade, words
from utfall.portal.programs.contracts import Change, ProgramView, State, TermsDraft, TermsView
from utfall.portal.programs.differing import paragraphs
from utfall.portal.programs.forms import PublishForm, SettlingForm, TextForm, TrackingForm
from utfall.portal.programs.pages.registry import DOERS, go, pages, show
from utfall.portal.programs.pages.steps import tracking_initial, tracking_typed
from utfall.terms import PromotionType


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A version with what it changed."""

    terms: TermsView
    changes: Sequence[Change]
    is_now: bool
    is_coming: bool


@pages.page("programs/<int:program>/terms/", name="terms", kinds=EVERYBODY)
def terms(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """The terms in force, every version with what it changed, and what was in force at a time one names."""
    view = facade.program(caller, program)
    found = facade.versions(caller, program)
    asked, then = _asked(request, caller, view)
    context: dict[str, Any] = {
        "shown": then or view.terms,
        "clauses": [one for one in words.clauses(then or view.terms) if one.key != "text"],
        "paragraphs": paragraphs((then or view.terms).text),
        "history": history(found),
        "asked": asked,
        "then": then,
        "was_nothing": asked is not None and then is None,
        "is_publisher": caller.kind is Kind.PUBLISHER,
        "may_change": _may_change(caller, view),
    }
    return show(request, caller, "terms", view, tab="terms", **context)


def _may_change(caller: Caller, view: ProgramView) -> bool:
    live = view.state in (State.ACTIVE, State.PAUSED)
    return live and caller.may(Permission.MANAGE) and caller.kind in DOERS


def _asked(request: HttpRequest, caller: Caller, view: ProgramView) -> tuple[str | None, TermsView | None]:
    """The moment that was asked for, in the program's own zone, and the version in force then."""
    text = request.GET.get("at", "")
    if not text:
        return None, None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None, None
    at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(view.zone))
    try:
        return text, facade.terms_in_force(caller, view.id, at.astimezone(UTC))
    except NotFound:
        return text, None


def history(found: list[TermsView]) -> list[Told]:
    """Versions, newest first, each compared with the one in force before it."""
    now = timezone.now()
    dated = [one for one in found if one.effective_from is not None and one.withdrawn_at is None]
    dated.sort(key=lambda one: (one.effective_from, one.number))
    before = {after.number: one for one, after in pairwise(dated)}
    told = []
    for one in found:
        prior = before.get(one.number)
        starts, ends = one.effective_from, one.effective_until
        coming = starts is not None and starts > now and one.withdrawn_at is None
        current = starts is not None and starts <= now and (ends is None or ends > now)
        told.append(
            Told(
                terms=one,
                changes=facade.difference(prior, one) if prior else (),
                is_now=current and one.withdrawn_at is None,
                is_coming=coming,
            )
        )
    return told


@pages.page(
    "programs/<int:program>/terms/change/",
    name="change",
    needs=Permission.MANAGE,
    kinds=DOERS,
    methods=("GET", "POST"),
)
def change(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """New terms: written, compared with the old, and then published from a moment on."""
    view = facade.program(caller, program)
    if not _may_change(caller, view):
        return go(caller, "terms", program=program)
    last = facade.versions(caller, program)
    standing = next((one for one in last if one.withdrawn_at is None), view.terms)
    data = request.POST if request.method == "POST" else None
    before = facade.draft_of(standing)
    forms = _forms(before, data)
    wanted = _wanted(forms, data, before) if data is not None else None
    if wanted is not None and "publish" in request.POST:
        answer = _publish(request, caller, view, forms, wanted)
        if answer is not None:
            return answer
    context = {
        **forms,
        "channels": _channels(data, standing),
        "policies": [(one.value, label) for one, label in words.CHANNEL_POLICIES.items()],
        "standing": standing,
        "changes": facade.difference(before, wanted) if wanted else None,
    }
    wrong = any(form.errors for form in forms.values())
    return show(request, caller, "change", view, tab="terms", status=422 if wrong else 200, **context)


def _forms(before: TermsDraft, data: QueryDict | None) -> dict[str, Any]:
    start = {
        "auto_approval_days": before.auto_approval_days,
        "hold_days": before.hold_days,
        "delivery_days": before.delivery_days,
        "lock_days": before.lock_days,
        "promotion_types": [one.value for one in before.promotion_types],
    }
    return {
        "tracking": TrackingForm(data, own=before.attribution, initial=tracking_initial(before)),
        "settling": SettlingForm(data, initial=start),
        "text": TextForm(data, initial={"text": before.text}),
        "publishing": PublishForm(data),
    }


def _wanted(forms: dict[str, Any], data: QueryDict, before: TermsDraft) -> TermsDraft | None:
    """The terms that were typed; None where a form says what is wrong."""
    if not all([form.is_valid() for form in forms.values()]):  # noqa: C419  # every form says what is wrong
        return None
    settling = forms["settling"].cleaned_data
    return replace(
        tracking_typed(forms["tracking"], data, before),
        auto_approval_days=settling["auto_approval_days"],
        hold_days=settling["hold_days"],
        delivery_days=settling["delivery_days"],
        lock_days=settling["lock_days"],
        promotion_types=tuple(PromotionType(one) for one in settling["promotion_types"]),
        text=forms["text"].cleaned_data["text"],
    )


def _channels(data: QueryDict | None, standing: TermsView) -> list[tuple[str, str]]:
    if data is not None:
        rows = list(zip(data.getlist("channel"), data.getlist("policy"), strict=False))
    else:
        rows = [(name, policy.value) for name, policy in standing.channels.items()]
    return [*[row for row in rows if row[0]], *[("", "none")] * 2]


def _publish(
    request: HttpRequest, caller: Caller, view: ProgramView, forms: dict[str, Any], wanted: TermsDraft
) -> HttpResponse | None:
    """The answer when it worked; None when what is wrong stands in the forms now."""
    given = forms["publishing"].cleaned_data
    starts = given["effective_from"]
    if starts is not None:
        # What is typed is the clock of the program, not that of the server.
        starts = starts.replace(tzinfo=ZoneInfo(view.zone))
    try:
        answer = facade.publish_terms(caller, view.id, wanted, effective_from=starts, note=given["note"])
    except Refused as refused:
        for problem in refused.problems:
            fitting = next((form for form in forms.values() if problem.field in form.fields), None)
            blame(fitting or forms["publishing"], Refused([problem]))
        return None
    if isinstance(answer, int):
        messages.info(request, _("A second person has to approve this. Until then the old terms hold."))
    else:
        messages.success(request, _("Version %(number)s is published.") % {"number": answer.number})
    return go(caller, "terms", program=view.id)


@pages.page(
    "programs/<int:program>/terms/<int:number>/withdraw/",
    name="withdraw",
    needs=Permission.MANAGE,
    kinds=DOERS,
    methods=("POST",),
)
def withdraw(request: HttpRequest, caller: Caller, program: int, number: int) -> HttpResponse:
    """Take back a version before it is in force."""
    try:
        facade.withdraw_terms(caller, program, number, why=request.POST.get("why", "")[:1000])
        messages.success(request, _("Version %(number)s is withdrawn.") % {"number": number})
    except Refused as refused:
        for problem in refused.problems:
            messages.error(request, str(problem.sentence))
    return go(caller, "terms", program=program)
