"""Deadlines of an order: until when silence waits for a return window, and from when nobody changes it.

The dates worked by hand stand in `docs/algorithms/deadlines.md`.
"""

from datetime import date, timedelta
from typing import Final

from utfall.engine.state import Deferral, LineState, OrderState, OrderStatus
from utfall.engine.validity import DAY_MS
from utfall.events import Action, Amendment, Reason
from utfall.events.limits import RETURN_DAYS, TEXT_CHARS
from utfall.terms import Program, ProgramTerms, Zone

_EPOCH: Final = date(1970, 1, 1)
_SAYS_WHY: Final = frozenset({Action.DECLINE, Action.AMEND, Action.REFUND})


def window_ends(at: int, zone: Zone, days: int) -> int:
    """The first moment (UTC milliseconds) after the calendar day that is `days` after the day of `at`."""
    last = zone.day(at) + timedelta(days=days + 1)
    return zone.to_utc_ms((last - _EPOCH).days * DAY_MS)


def silence_ends(order: OrderState, version: ProgramTerms) -> int | None:
    """When silence approves an order: by its terms, and never before its deferred day. None: never."""
    if version.auto_approval_days is None:
        return None
    usual = order.occurred_at + version.auto_approval_days * DAY_MS
    return usual if order.deferred is None else max(usual, order.deferred.until)


def defer(order: OrderState, event: Amendment, version: ProgramTerms, zone: Zone) -> Reason | None:
    """Let silence wait for an item's return window; a reason where it does not."""
    if order.status is not OrderStatus.PENDING:
        return Reason.NOT_PENDING
    if version.delivery_days is None:
        return Reason.NOT_AGREED
    days, sku = (event.lines[0].return_days, event.lines[0].sku) if len(event.lines) == 1 else (None, None)
    if days is None or not 1 <= days <= RETURN_DAYS or not sku or len(sku) > TEXT_CHARS:
        return Reason.INVALID_FIELD
    if not any(_is_of(line, sku) for line in order.lines):
        return Reason.UNKNOWN_ITEM
    until = window_ends(order.occurred_at, zone, version.delivery_days + days)
    if order.approve_at is None or until <= order.approve_at:
        return Reason.NOT_LATER
    order.deferred = Deferral(until, sku, days, version.delivery_days)
    order.approve_at = until
    return None


def _is_of(line: LineState, sku: str) -> bool:
    """Whether a line is of the item, and was not given back whole."""
    return line.sku == sku and (line.refunded_micros < line.amount_micros or not line.amount_micros)


def locked(order: OrderState, event: Amendment, now: int) -> bool:
    """Whether the order was locked when word of this amendment reached us; a refund is never kept out."""
    if order.locks_at is None or event.action is Action.REFUND:
        return False
    return order.locks_at <= min(event.received_at, now)


def lacks_evidence(event: Amendment, program: Program | None) -> bool:
    """Whether the program asks for evidence with this reason, and none was given."""
    if program is None or not program.evidence_for or event.reason is None:
        return False
    asked = event.action in _SAYS_WHY and event.reason in program.evidence_for
    return asked and not (event.evidence or "").strip()
