"""The orders that rows are about, as the book has them now."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from utfall.engine import OrderState
from utfall.portal.access import Caller, NotFound, Permission
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.validation.contracts import Asked, LineView, Standing
from utfall.portal.validation.holds import held
from utfall.portal.validation.judging import USUAL_EVIDENCE, Wrong, placed_on, possible, reverse_of
from utfall.portal.validation.policies import ground_of

Referred = dict[str, list[tuple[str, int]]]


def owned(caller: Caller, number: int) -> OrderState:
    """One order of the caller's own, or NotFound."""
    with book.opened() as found:
        order = book.orders_numbered(found, [number]).get(number) if found else None
    if order is None or not (caller.sees_all or order.advertiser in caller.advertisers):
        raise NotFound
    return order


def found_for(
    advertiser: int, rows: Sequence[Asked], zones: Mapping[int, ZoneInfo]
) -> list[OrderState | str]:
    """The order of each row, or the code of why there is none; only this advertiser's.

    Of several with one reference the day decides, by their programs' clocks.
    """
    with book.opened() as found:
        if found is None:
            return ["unknown_order" for _ in rows]
        called = {row.reference for row in rows if row.order is None and row.reference}
        referred = book.orders_referred(found, advertiser, called)
        named = [_named(referred, row) for row in rows]
        numbers = sorted({one for some in named if not isinstance(some, str) for one in some})
        known = book.orders_numbered(found, numbers)
    return [
        _of(known, advertiser, _one(known, row, some, zones)) for row, some in zip(rows, named, strict=True)
    ]


def _one(
    known: dict[int, OrderState], row: Asked, named: Sequence[int] | str, zones: Mapping[int, ZoneInfo]
) -> int | str:
    """The one order that a row can mean, or the code of why it is none."""
    if isinstance(named, str) or len(named) == 1:
        return named if isinstance(named, str) else named[0]
    if not row.day:
        return "ambiguous_order"
    try:
        fitting = [one for one in named if one in known and placed_on(row.day, known[one], zones)]
    except Wrong as wrong:
        return wrong.code
    return fitting[0] if len(fitting) == 1 else "ambiguous_order" if fitting else "date_differs"


def _of(known: dict[int, OrderState], advertiser: int, number: int | str) -> OrderState | str:
    if isinstance(number, str):
        return number
    order = known.get(number)
    return order if order is not None and order.advertiser == advertiser else "unknown_order"


def _named(referred: Referred, row: Asked) -> Sequence[int] | str:
    """The orders that a row could mean, or the code of why there is none."""
    if row.trouble:
        return row.trouble
    if row.order is not None:
        return [row.order]
    if not row.reference:
        return "order_missing"
    told = referred.get(row.reference, [])
    numbers = [number for outcome, number in told if row.outcome in ("", outcome)]
    return numbers or "unknown_order"


def _when(at_ms: int | None) -> datetime | None:
    return None if at_ms is None else from_ms(at_ms)


def standing(caller: Caller, number: int, now_ms: int) -> Standing:
    """Where an order stands, and what the caller can decide about it now."""
    caller.require(Permission.LOOK)
    order = owned(caller, number)
    ground = ground_of(caller, order.advertiser, now_ms)
    may = caller.may(Permission.MONEY)
    return Standing(
        order=order.id,
        advertiser=order.advertiser,
        program=order.program,
        publisher=order.publisher,
        reference=order.order,
        outcome=order.outcome.value,
        status=order.status,
        reason=order.reason or "",
        currency=order.currency,
        amount_micros=sum(line.amount_micros - line.refunded_micros for line in order.lines),
        commission_micros=order.commission_micros,
        fee_micros=order.fee_micros,
        occurred_at=from_ms(order.occurred_at),
        approve_at=_when(order.approve_at),
        payable_at=_when(order.payable_at),
        locks_at=_when(order.locks_at),
        is_locked=order.locks_at is not None and order.locks_at <= now_ms,
        lines=tuple(
            LineView(
                line=place,
                sku=line.sku or "",
                category=line.category or "",
                quantity=line.quantity,
                amount_micros=line.amount_micros,
                refunded_micros=line.refunded_micros,
                commission_micros=line.left_micros,
            )
            for place, line in enumerate(order.lines, 1)
        ),
        actions=possible(order, now_ms) if may else (),
        hold=held(caller, [order.id]).get(order.id),
        evidence_for=frozenset(ground.evidence.get(order.program or 0, USUAL_EVIDENCE)),
        reverse=reverse_of(order) if may else None,
    )
