"""Caps and budgets: reserve before paying, commit when it is certain, release when it is not.

`settled + reserved <= cap` holds after every call; the database refuses anything else.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from utfall.engine.pricing import fee_of, largest_commission
from utfall.engine.state import Hold, LimitKey, LimitState, OrderState
from utfall.events import Outcome, Reason
from utfall.terms import Limit, Measure, Over, Period, Snapshot

Limits = dict[LimitKey, LimitState]


class Scope(NamedTuple):
    """What a limit may cover: one outcome of one publisher at one time."""

    program: int
    publisher: int
    group: int | None
    outcome: Outcome
    at: int
    customer: str | None = None


def scope_of(order: OrderState) -> Scope:
    """Where and when an attributed order counts."""
    assert order.program is not None, "only an attributed order is limited"
    assert order.publisher is not None, "only an attributed order is limited"
    return Scope(
        order.program, order.publisher, order.group, order.outcome, order.occurred_at, order.customer
    )


class Fitted(Struct, frozen=True, gc=False):
    """How much commission fits with its fee, and which limit took something away (None: all of it fits)."""

    commission_micros: int
    fee_micros: int
    reached: Limit | None


def covering(scope: Scope, terms: Snapshot) -> list[tuple[Limit, LimitKey]]:
    """The limits that cover an outcome, with the row each counts it in."""
    limits = terms.limits_for(scope.program)
    if not limits:
        return []
    day = terms.day_of(scope.program, scope.at)
    return [
        (
            limit,
            LimitKey(
                limit.id,
                scope.publisher if limit.per_publisher else 0,
                period_of(limit, day),
                (scope.customer or "") if limit.per_customer else "",
            ),
        )
        for limit in limits
        if limit.outcome in (None, scope.outcome)
        and limit.group in (None, scope.group)
        and limit.publisher in (None, scope.publisher)
        and not (limit.per_customer and not scope.customer)
    ]


def period_of(limit: Limit, day: date) -> str:
    """The name of a limit's calendar period: `2026-11-21`, `2026-W47`, `2026-11` or `total`."""
    if limit.period is Period.TOTAL:
        return "total"
    match limit.period:
        case Period.DAY:
            return day.isoformat()
        case Period.WEEK:
            year, week, _ = day.isocalendar()
            return f"{year}-W{week:02}"
        case Period.MONTH:
            return f"{day.year}-{day.month:02}"


def row(limits: Limits, limit: Limit, key: LimitKey) -> LimitState:
    """The state of a row, opened empty when it is met for the first time; its cap is the one now agreed."""
    state = limits.get(key)
    if state is None:
        state = limits[key] = LimitState(limit.cap)
    used = state.reserved + state.settled
    state.cap = limit.cap if limit.cap > used else used
    return state


def fit(
    commission_micros: int, fee_ppm: int, covers: Iterable[tuple[Limit, LimitKey]], limits: Limits
) -> Fitted:
    """How much of a commission all covering limits have room for. Nothing is reserved yet."""
    allowed, fee = commission_micros, fee_of(commission_micros, fee_ppm)
    reached = None
    for limit, key in covers:
        state = row(limits, limit, key)
        # An outcome that costs nothing still counts, so a full number refuses it too.
        if amount(limit, allowed, fee) > state.cap - state.reserved - state.settled:
            reached = limit
            allowed = _most(limit, state.room, fee_ppm) if limit.over is Over.CLAMP else 0
            fee = fee_of(allowed, fee_ppm)
    return Fitted(allowed, fee, reached)


def _most(limit: Limit, room: int, fee_ppm: int) -> int:
    """The largest commission that fits in what is left of a limit too small for the whole."""
    match limit.measure:
        case Measure.COUNT:
            return 0
        case Measure.COMMISSION:
            return room
        case Measure.COST:
            return largest_commission(room, fee_ppm)


def refusal(limit: Limit) -> Reason:
    """The words for a limit that took something away."""
    return Reason.BUDGET_EXHAUSTED if limit.is_budget else Reason.CAP_REACHED


def amount(limit: Limit, commission_micros: int, fee_micros: int) -> int:
    """What an outcome takes of a limit, in its measure."""
    measure = limit.measure
    if measure is Measure.COST:
        return commission_micros + fee_micros
    return commission_micros if measure is Measure.COMMISSION else 1


def reserve(
    covers: Iterable[tuple[Limit, LimitKey]], commission_micros: int, fee_micros: int, limits: Limits
) -> list[Hold]:
    """Take what an outcome needs of every covering limit; `fit` opened their rows and found the room."""
    holds = []
    for limit, key in covers:
        state, taken = limits[key], amount(limit, commission_micros, fee_micros)
        if not taken:
            continue  # a row that holds nothing is not kept, so nothing may refer to it
        state.reserved += taken
        assert state.reserved + state.settled <= state.cap, "reserved beyond a cap"
        number, publisher, period, customer = key
        holds.append(Hold(number, publisher, period, taken, customer))
    return holds


def commit(holds: Sequence[Hold], limits: Limits) -> None:
    """What was reserved is now certain."""
    for hold in holds:
        state = limits[hold.key]
        state.reserved -= hold.amount
        state.settled += hold.amount


def release(holds: Sequence[Hold], limits: Limits, *, settled: bool) -> None:
    """Give back what is no longer owed, to the period it was taken from."""
    for hold in holds:
        state = limits[hold.key]
        if settled:
            state.settled -= hold.amount
        else:
            state.reserved -= hold.amount
