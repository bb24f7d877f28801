"""What tiers count: the pools of rules, publishers and periods, kept by what their orders become."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from utfall.engine.corrections import correct
from utfall.engine.draft import Draft
from utfall.engine.refunds import left_of
from utfall.engine.state import Counted, LineState, OrderState, OrderStatus, Pool, PoolKey, TierShare
from utfall.engine.tier_clock import advance
from utfall.engine.tiers import NOTHING, at_step, counting_with, following, position
from utfall.terms import Tiered
from utfall.terms.zones import DAY_MS

_EPOCH: Final = date(1970, 1, 1).toordinal()
_COUNTING: Final = frozenset({OrderStatus.PENDING, OrderStatus.APPROVED, OrderStatus.PAYABLE})


def recount(draft: Draft, order: OrderState, event: str, at: int) -> None:
    """Bring the pools of an order to what it is now, and the corrections to what the pools hold now.

    `at`: when what happened reached us; what was due on a pool before is decided first.
    """
    for share in order.tiers:
        pool = _pool(draft, order, share, event)
        if pool is None:
            continue
        counted = counted_of(order, share, pool.price)
        if counted != share.counted:
            _move(draft, order, pool, counted, share, event, at)
    order.tiers = tuple(one for one in order.tiers if any(line.rule == one.rule for line in order.lines))


def counted_of(order: OrderState, share: TierShare, price: Tiered) -> Counted:
    """What an order counts of itself in a pool; nothing once it is declined or taken back whole."""
    lines = [line for line in order.lines if line.rule == share.rule]
    if order.status not in _COUNTING or not any(map(_stands, lines)):
        return NOTHING
    at_steps = tuple(_left_at(price, step, lines) for step in range(len(price.steps) * price.retroactive))
    return Counted(
        orders=1,
        amount_micros=sum(line.amount_micros - line.refunded_micros for line in lines),
        commission_micros=at_steps[share.step] if at_steps else sum(line.left_micros for line in lines),
        pending=int(order.status is OrderStatus.PENDING),
        at_steps=at_steps,
    )


def _stands(line: LineState) -> bool:
    return line.amount_micros > line.refunded_micros or _is_bare(line)


def _is_bare(line: LineState) -> bool:
    """A line of no amount (a lead) stands until what it earned was taken back."""
    return not line.amount_micros and (line.left_micros > 0 or not line.commission_micros)


def _left_at(price: Tiered, step: int, lines: list[LineState]) -> int:
    """What would be left of the lines' commission, had they been priced at a step."""
    first = at_step(price.steps[step].price, lines)
    return sum(
        left_of(line, micros, line.refunded_micros) if line.amount_micros else micros * _is_bare(line)
        for line, micros in zip(lines, first, strict=True)
    )


def _pool(draft: Draft, order: OrderState, share: TierShare, event: str) -> Pool | None:
    """The pool of an order's share; opened when its first order begins to count."""
    assert order.publisher is not None, "only an attributed order is counted"
    key = PoolKey(share.rule, order.publisher, share.period)
    pool = draft.book.pools.get(key)
    if pool is None and order.status in _COUNTING:
        pool = draft.book.pools[key] = _opened(draft, order, key, event)
    return pool


def _opened(draft: Draft, order: OrderState, key: PoolKey, event: str) -> Pool:
    assert order.program is not None, "only an attributed order is counted"
    rule = draft.terms.rules[key.rule]
    version = draft.terms.programs[order.program].terms_at(order.occurred_at)
    assert isinstance(rule.price, Tiered)
    assert version is not None, "an order is attributed only to an active program"
    together = counting_with(draft.book.pools, rule.price, key)
    return Pool(
        rule=key.rule,
        publisher=key.publisher,
        period=key.period,
        program=order.program,
        advertiser=order.advertiser,
        currency=order.currency,
        outcome=order.outcome,
        price=together[0].price if together else rule.price,
        terms_version=version.version,
        fee_ppm=version.fee_ppm,
        hold_days=version.hold_days,
        auto_approval_days=version.auto_approval_days,
        ends_at=_end(draft, rule.price, order),
        event=event,
        counted=Counted(at_steps=(0,) * len(rule.price.steps) if rule.price.retroactive else ()),
    )


def _end(draft: Draft, price: Tiered, order: OrderState) -> int | None:
    """When the period of an order ends, in UTC milliseconds; None where it has no end."""
    assert order.program is not None
    day = following(price.period, draft.terms.day_of(order.program, order.occurred_at))
    if day is None:
        return None
    return draft.terms.zone_of(order.program).to_utc_ms((day.toordinal() - _EPOCH) * DAY_MS)


def _move(
    draft: Draft, order: OrderState, pool: Pool, counted: Counted, share: TierShare, event: str, at: int
) -> None:
    """Count an order otherwise than before, and correct everybody for whom another step holds now."""
    together = counting_with(draft.book.pools, pool.price, pool.key)
    for one in together if pool.price.retroactive else ():
        advance(draft, one, at)
    before = _step(pool.price, together)
    pool.counted = recounted(pool.counted, share.counted, counted)
    pool.event, pool.group = event, order.group
    share.counted = counted
    draft.keep_pool(pool)
    if not pool.price.retroactive:
        return
    after = _step(pool.price, together)
    for one in together if after != before else (pool,):
        one.decided_at, one.event = at, event
        correct(draft, one, after, sum(position(pool.price, each.counted) for each in together), order)
        advance(draft, one, at)


def _step(price: Tiered, together: Iterable[Pool]) -> int:
    return price.step_at(sum(position(price, one.counted) for one in together))


def recounted(held: Counted, old: Counted, new: Counted) -> Counted:
    """What a pool holds once one of its orders counts otherwise than before."""
    steps = tuple(
        stood - (old.at_steps[step] if old.at_steps else 0) + (new.at_steps[step] if new.at_steps else 0)
        for step, stood in enumerate(held.at_steps)
    )
    return Counted(
        held.orders - old.orders + new.orders,
        held.amount_micros - old.amount_micros + new.amount_micros,
        held.commission_micros - old.commission_micros + new.commission_micros,
        held.pending - old.pending + new.pending,
        steps,
    )
