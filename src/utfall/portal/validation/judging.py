"""Judging one row by reading: pure functions of what is asked and where its order stands.

The engine decides at settlement; what is known to be wrong before is said at once, with the engine's rules.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo

from utfall.engine import OrderState, OrderStatus
from utfall.engine.state import LineState
from utfall.events import Action, DeclineReason
from utfall.events.limits import AMOUNT_MICROS, EVIDENCE_CHARS
from utfall.money import Money, allocate
from utfall.money.amount import InvalidMoney
from utfall.portal.validation.contracts import Asked, AskedLine, Judged, Plan, Sum

OPEN: Final = frozenset({OrderStatus.PENDING, OrderStatus.UNPAID})
STANDING: Final = frozenset({OrderStatus.APPROVED, OrderStatus.PAYABLE})
DECIDED: Final = tuple(one for one in Action if one is not Action.DEFER)
"""What people decide; a deferral is the platform's own."""
WITH_REASON: Final = frozenset({Action.DECLINE, Action.REFUND})
MONTHS: Final = 12
_BY_HAND: Final = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-][0-9]{2,4}")
USUAL_EVIDENCE: Final = frozenset({DeclineReason.BREACH_OF_TERMS, DeclineReason.FRAUD, DeclineReason.OTHER})
"""Reasons that accuse somebody or say nothing: evidence is asked for unless a program says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What rows are judged by, beside their orders: the moment, the programs' policies and zones, and which
    of the orders are held."""

    now_ms: int
    evidence: Mapping[int, Collection[DeclineReason]]
    zones: Mapping[int, ZoneInfo]
    held: Collection[int] = ()


class Wrong(Exception):
    """What is wrong with a row: a code of `words.VERDICTS`, and the field to blame."""

    def __init__(self, code: str, field: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.field = field


def judge(asked: Asked, order: OrderState, ground: Ground) -> Judged:
    """What a row would write, or what is wrong with it."""
    try:
        return Judged(plan=_plan(asked, order, ground))
    except Wrong as wrong:
        return Judged(code=wrong.code, field=wrong.field)


def _plan(asked: Asked, order: OrderState, ground: Ground) -> Plan:
    action = _action(asked)
    _check_day(asked, order, ground)
    if asked.currency and asked.currency.upper() != order.currency:
        raise Wrong("currency_differs", "currency")
    reason = _reason(asked, action)
    evidence = _evidence(asked, action, reason, order, ground)
    _check_standing(action, order, ground)
    if action in (Action.APPROVE, Action.DECLINE):
        if asked.amount is not None or asked.lines:
            raise Wrong("amount_unwanted", "amount")
        return Plan(
            action=action,
            reason=reason,
            evidence=evidence,
            despite_hold=_despite_hold(asked, action, order, ground),
            amount_micros=_left(order),
            commission_micros=order.commission_micros,
        )
    if asked.amount is not None and asked.lines:
        raise Wrong("amount_and_lines", "lines")
    return (_amended if action is Action.AMEND else _refunded)(asked, order, reason, evidence)


def _action(asked: Asked) -> Action:
    wanted = asked.action.strip().lower()
    if wanted not in DECIDED:
        raise Wrong("action_unknown", "action")
    return Action(wanted)


def _reason(asked: Asked, action: Action) -> DeclineReason | None:
    if not asked.reason:
        if action in WITH_REASON:
            raise Wrong("reason_missing", "reason")
        return None
    try:
        return DeclineReason(asked.reason.strip().lower())
    except ValueError:
        raise Wrong("reason_unknown", "reason") from None


def _evidence(
    asked: Asked, action: Action, reason: DeclineReason | None, order: OrderState, ground: Ground
) -> str | None:
    text = asked.evidence.strip()
    if len(text) > EVIDENCE_CHARS:
        raise Wrong("evidence_too_long", "evidence")
    needing = ground.evidence.get(order.program or 0, USUAL_EVIDENCE)
    if not text and action is not Action.APPROVE and reason in needing:
        raise Wrong("evidence_missing", "evidence")
    return text or None


def _despite_hold(asked: Asked, action: Action, order: OrderState, ground: Ground) -> str:
    """Why a held order is approved all the same; nothing where it is not held."""
    if action is not Action.APPROVE or order.id not in ground.held:
        return ""
    why = asked.despite_hold.strip()
    if not why:
        raise Wrong("order_is_held", "despite_hold")
    if len(why) > EVIDENCE_CHARS:
        raise Wrong("despite_hold_too_long", "despite_hold")
    return why


def _check_day(asked: Asked, order: OrderState, ground: Ground) -> None:
    if asked.day and not placed_on(asked.day, order, ground.zones):
        raise Wrong("date_differs", "date")


def placed_on(text: str, order: OrderState, zones: Mapping[int, ZoneInfo]) -> bool:
    """Whether an order was placed on a day by its program's clock; of an order of none, by any program's."""
    zone = zones.get(order.program or 0)
    placed = datetime.fromtimestamp(order.occurred_at / 1000, UTC)
    return any(
        day_of(text, one) == placed.astimezone(one).date()
        for one in ([zone] if zone else {*zones.values()} or {ZoneInfo("UTC")})
    )


def day_of(text: str, zone: tzinfo) -> date:
    """The day that a cell names, by a clock: a date, or a time (without an offset by that very clock)."""
    plain = text.strip()
    try:
        if len(plain) == len("2026-01-31"):
            return date.fromisoformat(plain)
        when = datetime.fromisoformat(plain)
    except ValueError:
        raise Wrong("date_ambiguous" if _could_be_two(plain) else "date_invalid", "date") from None
    return when.astimezone(zone).date() if when.tzinfo else when.date()


def _could_be_two(text: str) -> bool:
    """Whether day and month could change places: 03/04/2026."""
    found = _BY_HAND.fullmatch(text)
    return found is not None and found[1] != found[2] and max(int(found[1]), int(found[2])) <= MONTHS


def _check_standing(action: Action, order: OrderState, ground: Ground) -> None:
    """Whether the engine takes this action where the order stands by now."""
    status = order.status
    if status is OrderStatus.DECLINED:
        raise Wrong("already_declined")
    if status is OrderStatus.REVERSED:
        raise Wrong("already_reversed")
    if action is Action.REFUND:
        return
    if order.locks_at is not None and order.locks_at <= ground.now_ms:
        raise Wrong("locked")
    is_due = status is OrderStatus.PENDING and order.approve_at is not None
    if is_due and order.approve_at is not None and order.approve_at <= ground.now_ms:
        raise Wrong("already_approved" if action is Action.APPROVE else "deadline_passed")
    if action is Action.APPROVE:
        if status is OrderStatus.UNPAID:
            raise Wrong("owes_nothing")
        if status is not OrderStatus.PENDING:
            raise Wrong("already_approved")
    elif status not in OPEN:
        raise Wrong("not_pending")
    elif action is Action.AMEND and any(line.refunded_micros for line in order.lines):
        raise Wrong("was_refunded")


def _left(order: OrderState) -> int:
    """What is left of an order after refunds."""
    return sum(line.amount_micros - line.refunded_micros for line in order.lines)


def _amended(asked: Asked, order: OrderState, reason: DeclineReason | None, evidence: str | None) -> Plan:
    before = [line.amount_micros for line in order.lines]
    after = _amounts_after(asked, order, before)
    if after == before:
        raise Wrong("nothing_changed")
    taken = sum(before) - sum(after)
    return Plan(
        action=Action.AMEND,
        reason=reason,
        evidence=evidence,
        lines=tuple(_line(line, amount) for line, amount in zip(order.lines, after, strict=True)),
        amount_micros=taken,
        commission_micros=_part(order.commission_micros, taken, sum(before)),
    )


def _amounts_after(asked: Asked, order: OrderState, before: Sequence[int]) -> list[int]:
    """What each line amounts to: as said, or a new sum divided as the old one was."""
    if asked.amount is not None:
        wanted = _micros(asked.amount, order.currency)
        return (
            [wanted]
            if len(before) == 1
            else list(allocate(wanted, before if any(before) else [1] * len(before)))
        )
    if not asked.lines:
        raise Wrong("amount_missing", "amount")
    after = list(before)
    for one in asked.lines:
        if one.amount is None:
            raise Wrong("amount_missing", "lines")
        after[_place(one, order)] = _micros(one.amount, order.currency)
    return after


def _line(line: LineState, amount_micros: int) -> dict[str, Any]:
    told = {"amount_micros": amount_micros, "sku": line.sku, "category": line.category}
    return told | {"quantity": line.quantity}


def _refunded(asked: Asked, order: OrderState, reason: DeclineReason | None, evidence: str | None) -> Plan:
    rest = [line.amount_micros - line.refunded_micros for line in order.lines]
    changes: list[dict[str, Any]] = []
    taken = sum(rest)
    if asked.amount is not None:
        taken = _micros(asked.amount, order.currency)
        if not 0 < taken <= sum(rest):
            raise Wrong("amount_too_large", "amount")
    elif asked.lines:
        changes = [_change(one, order, rest) for one in asked.lines]
        taken = sum(each["taken"] for each in changes)
    elif not any(rest) and not any(line.left_micros for line in order.lines):
        raise Wrong("nothing_changed")
    return Plan(
        action=Action.REFUND,
        reason=reason,
        evidence=evidence,
        changes=tuple({"line": each["line"], "amount_micros": each["amount_micros"]} for each in changes),
        refund_micros=taken if asked.amount is not None else None,
        amount_micros=taken,
        commission_micros=_part(order.commission_micros, taken, sum(rest)),
    )


def _change(one: AskedLine, order: OrderState, rest: Sequence[int]) -> dict[str, Any]:
    place = _place(one, order)
    amount = None if one.amount is None else _micros(one.amount, order.currency)
    if amount is not None and not 0 < amount <= rest[place]:
        raise Wrong("amount_too_large", "lines")
    return {"line": place, "amount_micros": amount, "taken": rest[place] if amount is None else amount}


def _place(one: AskedLine, order: OrderState) -> int:
    """A line's place from 0, as events count."""
    if not 1 <= one.line <= len(order.lines):
        raise Wrong("line_unknown", "lines")
    return one.line - 1


def _micros(amount: Sum, currency: str) -> int:
    """An amount in micros, from micros or from a decimal."""
    try:
        micros = amount if isinstance(amount, int) else Money.parse((amount or "").strip(), currency).micros
    except InvalidMoney:
        raise Wrong("amount_invalid", "amount") from None
    if not 0 <= micros <= AMOUNT_MICROS:
        raise Wrong("amount_invalid", "amount")
    return micros


def _part(commission_micros: int, taken: int, whole: int) -> int:
    """About how much commission goes with a part of an order: for the sum of a preview."""
    return commission_micros if taken == whole else commission_micros * taken // whole if whole else 0


def possible(order: OrderState, now_ms: int) -> tuple[Action, ...]:
    """What can be decided about an order now."""
    ground = Ground(now_ms=now_ms, evidence={}, zones={})
    found = []
    for action in DECIDED:
        try:
            _check_standing(action, order, ground)
        except Wrong:
            continue
        found.append(action)
    return tuple(found)


def reverse_of(order: OrderState) -> Action | None:
    """The decision that takes back where an order stands; a declined order cannot be brought back."""
    return Action.REFUND if order.status in STANDING else None
