"""Deciding about blamed orders: hold, release, decline, and take it back; dismissing a finding.

The engine knows no hold: an order is approved by silence on its day whatever stands here. So a held order
stands in a queue with that day as its deadline, and whoever holds it says what happens the day before:
nothing, or it is declined then (`deadlines`). Declining goes through validation, and is final.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.engine import OrderStatus
from utfall.events import Action, DeclineReason
from utfall.events.limits import EVIDENCE_CHARS
from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.audit.facade import record
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.quality.contracts import Ends, Handling, Result, State
from utfall.portal.quality.findings import orders_of
from utfall.portal.quality.keeping import weigh
from utfall.portal.quality.models import Blamed, Finding, Handled
from utfall.portal.quality.words import DETECTORS
from utfall.portal.validation import facade as validation
from utfall.portal.validation.contracts import Decision, RowState, Way
from utfall.science.quality import Detector

AT_ONCE: Final = 1000
TOLD_MOST: Final = 200
WHY_CHARS: Final = 500
_DECIDED: Final = frozenset({Handling.DECLINED.value, Handling.LAPSED.value})


def hold(
    caller: Caller,
    number: int,
    orders: Collection[int] | None = None,
    *,
    ends: Ends = Ends.NOTHING,
    reason: DeclineReason | None = None,
    evidence: str = "",
    why: str = "",
) -> Result:
    """Put blamed orders into the review queue; without `orders` all that are undecided."""
    row = _open(caller, number)
    if ends is Ends.DECLINE and (reason is None or not evidence.strip()):
        refuse("reason_needed", _("Say why they are to be declined: a reason, and what happened."), "reason")
    left: Counter[str] = Counter()
    with transaction.atomic():
        chosen = list(_pending(caller, row, orders, left))
        standing = orders_of(caller, chosen)
        for one in chosen:
            said = {"ends": ends.value, "deadline": standing[one.order].approve_at, "why": why}
            told = {"reason": reason.value if reason else "", "evidence": evidence[:EVIDENCE_CHARS]}
            _handle(caller, row, one.order, Handling.HELD, **said, **told)
        _done(caller, "quality.hold", row, chosen, why, {"ends": ends.value})
    return Result(done=len(chosen), left=dict(left))


def release(caller: Caller, number: int, orders: Collection[int] | None = None, *, why: str = "") -> Result:
    """Say that orders are fine. They wait for their approval like any other; nothing else is decided."""
    row = _mine(caller, number)
    left: Counter[str] = Counter()
    with transaction.atomic():
        chosen = list(_undecided(caller, row, orders, left, but=Handling.RELEASED))
        for one in chosen:
            _handle(caller, row, one.order, Handling.RELEASED, why=why)
        _done(caller, "quality.release", row, chosen, why, {})
    return Result(done=len(chosen), left=dict(left))


def decline(
    caller: Caller,
    number: int,
    orders: Collection[int] | None = None,
    *,
    reason: DeclineReason,
    evidence: str,
) -> Result:
    """Decline blamed orders through validation; what it refuses stays as it is."""
    row = _mine(caller, number)
    left: Counter[str] = Counter()
    with transaction.atomic():
        chosen = list(_pending(caller, row, orders, left))
        if not chosen:
            return Result(done=0, left=dict(left))
        decision = Decision(action=Action.DECLINE, reason=reason, evidence=evidence[:EVIDENCE_CHARS])
        batch = validation.decide(
            caller,
            [validation.asked_of(one.order, decision) for one in chosen],
            advertiser=row.advertiser,
            way=Way.SELECTION,
            name=str(DETECTORS[Detector(row.detector)]),
        )
        refused = set(_refused(caller, batch.id, left))
        taken = [one for one in chosen if one.order not in refused]
        for one in taken:
            _handle(caller, row, one.order, Handling.DECLINED, reason=reason.value, batch=batch.id)
        _done(caller, "quality.decline", row, taken, evidence, {"reason": reason.value, "batch": batch.id})
    return Result(done=len(taken), left=dict(left), batch=batch.id)


def undo(caller: Caller, order: int) -> None:
    """Take back that an order was held or released; it is undecided again."""
    caller.require(Permission.MONEY)
    with transaction.atomic():
        row = Handled.objects.one(caller, order=order)
        if row.state in _DECIDED:
            refuse("is_final", _("A declined order stays declined: the book takes nothing back."), status=409)
        about, was = row.finding, row.state
        row.delete()
        _weigh(caller, [order])
        _record(caller, "quality.undo", about, "", {"order": order, "state": was}, {"order": order})


def dismiss(caller: Caller, number: int, why: str) -> None:
    """Say that a finding is none. What is like it is not told again for 90 days."""
    row = _open(caller, number)
    if not why.strip():
        refuse("why_needed", _("Say why it is none: whoever comes after you wants to know."), "why")
    _turn(caller, row, State.DISMISSED, why.strip()[:WHY_CHARS], "quality.dismiss")


def reopen(caller: Caller, number: int) -> None:
    """Take back a dismissal."""
    row = _mine(caller, number)
    if row.state != State.DISMISSED:
        refuse("not_dismissed", _("This finding is not dismissed."), status=409)
    _turn(caller, row, State.OPEN, "", "quality.reopen")


def _turn(caller: Caller, row: Finding, state: State, why: str, action: str) -> None:
    before = {"state": row.state}
    with transaction.atomic():
        row.state, row.why, row.actor, row.decided_at = state.value, why, caller.actor, timezone.now()
        row.save(update_fields=["state", "why", "actor", "decided_at"])
        _record(caller, action, row, why, before, {"state": row.state})


def _mine(caller: Caller, number: int) -> Finding:
    caller.require(Permission.MONEY)
    return Finding.objects.one(caller, pk=number)


def _open(caller: Caller, number: int) -> Finding:
    row = _mine(caller, number)
    if row.state != State.OPEN:
        refuse("not_open", _("This finding is not open any more. Open it again first."), status=409)
    return row


def _undecided(
    caller: Caller,
    row: Finding,
    orders: Collection[int] | None,
    left: Counter[str],
    but: Handling | None = None,
) -> Iterator[Blamed]:
    """The blamed orders that were chosen and can still be decided about; why others cannot is counted."""
    rows = Blamed.objects.of(caller).filter(finding=row)
    if orders is not None:
        rows = rows.filter(order__in=list(orders))
    found = list(rows.order_by("placed_at")[: AT_ONCE + 1])
    if len(found) > AT_ONCE:
        refuse("too_many", _("Decide about at most 1,000 orders at once: pick some of them."), "orders")
    if orders is not None and (missing := len(set(orders)) - len(found)):
        left["not_blamed"] += missing
    states = dict(
        Handled.objects.of(caller)
        .filter(order__in=[one.order for one in found])
        .values_list("order", "state")
    )
    for one in found:
        state = states.get(one.order, "")
        if (
            state in _DECIDED
            or (but is not None and state == but)
            or (orders is None and state == Handling.RELEASED)
        ):
            left["decided"] += 1
        else:
            yield one


def _pending(
    caller: Caller, row: Finding, orders: Collection[int] | None, left: Counter[str]
) -> Iterator[Blamed]:
    """Of these, those that wait for a decision and would pay the blamed publisher."""
    chosen = list(_undecided(caller, row, orders, left))
    standing = orders_of(caller, chosen)
    for one in chosen:
        order = standing.get(one.order)
        if not one.is_theirs or (order is not None and order.publisher != row.publisher):
            left["not_theirs"] += 1
        elif order is None or order.status is not OrderStatus.PENDING:
            left["not_pending"] += 1
        else:
            yield one


def _handle(caller: Caller, row: Finding, order: int, state: Handling, **said: Any) -> None:
    usual = {"ends": "", "deadline": None, "reason": "", "evidence": "", "why": "", "batch": None}
    Handled.objects.system().update_or_create(
        order=order,
        defaults={
            **usual,
            **said,
            "finding": row,
            "advertiser": row.advertiser,
            "program": row.program,
            "publisher": row.publisher,
            "organisation": caller.organisation,
            "state": state.value,
            "actor": caller.actor,
            "at": timezone.now(),
        },
    )


def _refused(caller: Caller, batch: int, left: Counter[str]) -> Iterator[int]:
    """The orders of a batch that validation refused, with its reasons."""
    after: int | None = None
    while True:
        part = validation.rows(caller, batch, state=RowState.REFUSED, after=after, limit=200)
        for one in part.items:
            left[one.code or "refused"] += 1
            if one.order is not None:
                yield one.order
        after = part.following
        if after is None:
            return


def _weigh(caller: Caller, orders: Sequence[int]) -> None:
    """Every finding that blames one of these orders has another sum at stake now."""
    for row in Finding.objects.of(caller).filter(blamed__order__in=orders).distinct():
        weigh(row)


def _done(
    caller: Caller, action: str, row: Finding, chosen: Sequence[Blamed], why: str, said: dict[str, Any]
) -> None:
    """Record what was done and tell the advertiser's side, where anything was."""
    if not chosen:
        return
    numbers = [one.order for one in chosen]
    _weigh(caller, numbers)
    _record(caller, action, row, why, None, {"orders": numbers[:TOLD_MOST], "count": len(numbers), **said})
    changes.tell(
        Change.QUALITY_HELD if action == "quality.hold" else Change.QUALITY_RELEASED,
        subject=f"finding:{row.pk}",
        advertiser=row.advertiser,
        program=row.program,
        body={"finding": row.pk, "orders": numbers[:TOLD_MOST], "count": len(numbers), "did": action, **said},
    )


def _record(
    caller: Caller, action: str, row: Finding, why: str, before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    record(
        caller,
        action=action,
        subject=f"finding:{row.pk}",
        before=before,
        after=after,
        why=why,
        advertiser=row.advertiser,
    )
