"""The correction of a retroactive tier: what its orders would have earned at the step reached, less what
they earned, as far as the limits have room.
"""

from utfall.engine.capping import Scope, amount, covering, refusal, row
from utfall.engine.draft import Draft
from utfall.engine.posting import standing
from utfall.engine.pricing import fee_of, largest_commission
from utfall.engine.state import Hold, LimitKey, OrderState, OrderStatus, Pool
from utfall.engine.tier_clock import advance, post
from utfall.engine.tier_receipts import Worked, pool_receipt, tell
from utfall.terms import Limit, Measure

Covers = list[tuple[Limit, LimitKey]]


def correct(draft: Draft, pool: Pool, step: int, position: int, order: OrderState) -> None:
    """Post the difference to the correction that a pool has at a step, because of what became of an order."""
    wanted = pool.counted.at_steps[step] - pool.counted.commission_micros
    covers = _covers(draft, pool, order)
    allowed, reached = _fitting(draft, pool, wanted, covers)
    if (allowed, wanted) == (pool.correction_micros, pool.wanted_micros):
        return
    advance(draft, pool, pool.decided_at, even_nothing=True)
    fee = fee_of(allowed, pool.fee_ppm)
    commission_moved, fee_moved = allowed - pool.correction_micros, fee - pool.fee_micros
    _hold(draft, pool, allowed, covers)
    pool.correction_micros, pool.fee_micros, pool.wanted_micros = allowed, fee, wanted
    if pool.ends_at is None:
        pool.ends_at = order.occurred_at
    draft.keep_pool(pool)
    entries = standing(
        pool.status,
        advertiser=pool.advertiser,
        publisher=pool.publisher,
        commission_micros=commission_moved,
        fee_micros=fee_moved,
    )
    transaction = post(draft, pool, "tier", entries, order.occurred_at) if entries else None
    reason = refusal(reached).value if reached is not None else None
    worked = Worked(step, position, reason)
    pool_receipt(draft, pool, "tier", order.occurred_at, worked, transaction)
    if transaction is not None:
        is_pending = pool.status is OrderStatus.PENDING
        tell(
            draft,
            pool,
            "tier",
            order.occurred_at,
            transaction,
            reason=reason,
            pending=commission_moved if is_pending else 0,
            approved=0 if is_pending else commission_moved,
            fee=fee_moved,
        )


def _covers(draft: Draft, pool: Pool, order: OrderState) -> Covers:
    """The limits that cover a correction: those of its publisher at the time of the order that raised it.

    A correction is no outcome: it takes no number.
    """
    scope = Scope(pool.program, pool.publisher, pool.group, pool.outcome, order.occurred_at)
    return [one for one in covering(scope, draft.terms) if one[0].measure is not Measure.COUNT]


def _fitting(draft: Draft, pool: Pool, wanted: int, covers: Covers) -> tuple[int, Limit | None]:
    """As much of a correction as all limits have room for, and which of them has too little."""
    held = max(pool.correction_micros, 0)
    if wanted <= held:
        return wanted, None
    allowed, reached = wanted, None
    for limit, key in covers:
        room = _taken(limit, held, pool.fee_ppm) + row(draft.book.limits, limit, key).room
        most = room if limit.measure is Measure.COMMISSION else largest_commission(room, pool.fee_ppm)
        if most < allowed:
            allowed, reached = most, limit
    return max(allowed, held), reached


def _taken(limit: Limit, commission_micros: int, fee_ppm: int) -> int:
    return amount(limit, commission_micros, fee_of(commission_micros, fee_ppm))


def _hold(draft: Draft, pool: Pool, correction: int, covers: Covers) -> None:
    """Take of every limit what a correction needs more than before, or give back what it needs less."""
    before, after = max(pool.correction_micros, 0), max(correction, 0)
    if after > before:
        for limit, key in covers:
            more = _taken(limit, after, pool.fee_ppm) - _taken(limit, before, pool.fee_ppm)
            _take(draft, pool, key, more)
    elif not after:
        for hold in pool.holds:
            _give_back(draft, pool, hold, hold.amount)
    else:
        limits = {limit.id: limit for limit in draft.terms.limits_for(pool.program)}
        for number in {hold.limit for hold in pool.holds} & limits.keys():
            limit = limits[number]
            less = _taken(limit, before, pool.fee_ppm) - _taken(limit, after, pool.fee_ppm)
            _give_back_of(draft, pool, number, less)
    pool.holds = [hold for hold in pool.holds if hold.amount]


def _take(draft: Draft, pool: Pool, key: LimitKey, more: int) -> None:
    state = draft.book.limits[key]
    if pool.status is OrderStatus.PENDING:
        state.reserved += more
    else:
        state.settled += more
    assert state.reserved + state.settled <= state.cap, "a correction beyond a cap"
    hold = next((one for one in pool.holds if one.key == key), None)
    if hold is None:
        pool.holds.append(Hold(key.limit, key.publisher, key.period, more))
    else:
        hold.amount += more


def _give_back_of(draft: Draft, pool: Pool, limit: int, less: int) -> None:
    """Give back what was taken last first, to the period it was taken from."""
    for hold in reversed(pool.holds):
        if hold.limit == limit:
            part = min(less, hold.amount)
            _give_back(draft, pool, hold, part)
            less -= part


def _give_back(draft: Draft, pool: Pool, hold: Hold, micros: int) -> None:
    state = draft.book.limits[hold.key]
    if pool.status is OrderStatus.PENDING:
        state.reserved -= micros
    else:
        state.settled -= micros
    hold.amount -= micros
