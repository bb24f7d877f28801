"""The price of an order under a rule with steps: docs/algorithms/tiers.md in code.

priced = price_tier(order, rule, [0, 2], pools, terms)      # the lines 0 and 2 of the order
priced.commissions                                          # what each of them earns
priced.share                                                # how that came about; it stands with the order
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from utfall.engine.state import Counted, LineState, OrderState, Pool, PoolKey, TierPart, TierShare
from utfall.money import PPM, allocate, round_ratio
from utfall.terms import Flat, Portion, Rule, Snapshot, Tiered, TierMeasure, TierPeriod

Pools = Mapping[PoolKey, Pool]
NOTHING = Counted()


class Priced(NamedTuple):
    """What the lines of an order earn by one tier, and how."""

    share: TierShare
    commissions: tuple[int, ...]


def period_name(period: TierPeriod, day: date) -> str:
    """The name of a tier's calendar period: `2026-11`, `2026-Q4`, `2026` or `total`.

    >>> period_name(TierPeriod.QUARTER, date(2026, 11, 22))
    '2026-Q4'
    """
    match period:
        case TierPeriod.MONTH:
            return f"{day.year:04}-{day.month:02}"
        case TierPeriod.QUARTER:
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case TierPeriod.YEAR:
            return f"{day.year:04}"
        case TierPeriod.TOTAL:
            return "total"


def following(period: TierPeriod, day: date) -> date | None:
    """The first day after a tier's calendar period; None where it has no end.

    >>> following(TierPeriod.QUARTER, date(2026, 11, 22))
    datetime.date(2027, 1, 1)
    """
    if period is TierPeriod.TOTAL or day.year >= date.max.year:
        return None
    months = {TierPeriod.MONTH: day.month, TierPeriod.QUARTER: (day.month + 2) // 3 * 3}.get(period, 12)
    return date(day.year + months // 12, months % 12 + 1, 1)


def position(price: Tiered, counted: Counted) -> int:
    """How far a tier has come, in its measure."""
    match price.measure:
        case TierMeasure.ORDERS:
            return counted.orders
        case TierMeasure.AMOUNT:
            return counted.amount_micros
        case TierMeasure.COMMISSION:
            return counted.commission_micros


def rows_of(pools: Pools, rule: int, period: str) -> list[Pool]:
    """The pools of all publishers for a rule and a period, in the order of their keys."""
    return [pools[key] for key in sorted(pools) if key.rule == rule and key.period == period]


def counting_with(pools: Pools, price: Tiered, key: PoolKey) -> list[Pool]:
    """The pools that are counted together with one, which is among them if it is open."""
    if price.shared:
        return rows_of(pools, key.rule, key.period)
    return [pools[key]] if key in pools else []


def price_tier(
    order: OrderState, rule: Rule, indexes: Sequence[int], pools: Pools, terms: Snapshot
) -> Priced:
    """The price of some lines of an order on top of what stands in the pool without the order itself.

    Terms without programs (a preview of rules) have no calendar, and no pools.
    """
    assert isinstance(rule.price, Tiered)
    assert order.publisher is not None, "only an attributed order is priced"
    period = _period(rule.price, order, terms) if rule.program in terms.programs else ""
    together = counting_with(pools, rule.price, PoolKey(rule.id, order.publisher, period))
    price = together[0].price if together else rule.price
    own = next((one.counted for one in order.tiers if (one.rule, one.period) == (rule.id, period)), NOTHING)
    before = sum(position(price, one.counted) for one in together) - position(price, own)
    lines = [order.lines[index] for index in indexes]
    step = price.step_at(before)
    if price.is_split:
        parts = tuple(split(price, before, sum(line.amount_micros for line in lines)))
        commissions = allocated(sum(part.commission_micros for part in parts), lines)
    else:
        commissions = at_step(price.steps[step].price, lines)
        parts = (_part(price, step, sum(line.amount_micros for line in lines), sum(commissions)),)
    return Priced(TierShare(rule.id, period, before, step, parts, own), commissions)


def _period(price: Tiered, order: OrderState, terms: Snapshot) -> str:
    assert order.program is not None, "only an attributed order is priced"
    return period_name(price.period, terms.day_of(order.program, order.occurred_at))


def split(price: Tiered, before: int, amount_micros: int) -> Iterator[TierPart]:
    """An amount cut where it crosses a step. Measured by amount, the parts sum to the price of the whole."""
    step, reached, rest = price.step_at(before), before, amount_micros
    while True:
        part = min(rest, _room(price, step, reached))
        if price.measure is TierMeasure.AMOUNT:
            earned = _integral(price, reached + part) - _integral(price, reached)
            reached += part
        else:
            earned = round_ratio(part * _ppm(price, step), PPM, "half_even")
            reached += earned
        yield _part(price, step, part, earned)
        rest -= part
        if not rest:
            return
        step += 1


def _part(price: Tiered, step: int, amount_micros: int, commission_micros: int) -> TierPart:
    held = price.steps[step]
    return TierPart(held.start, held.price, amount_micros, commission_micros)


def _ppm(price: Tiered, step: int) -> int:
    share = price.steps[step].price
    assert isinstance(share, Portion), "only a share is split"
    return share.ppm


def _room(price: Tiered, step: int, reached: int) -> int:
    """How much amount there is until the next step; all there can be where there is none."""
    if step + 1 == len(price.steps):
        return 1 << 62
    room = max(price.steps[step + 1].start - reached, 0)
    if price.measure is TierMeasure.AMOUNT:
        return room
    ppm = _ppm(price, step)
    return -(-room * PPM // ppm) if ppm else 1 << 62


def _integral(price: Tiered, upto: int) -> int:
    """The price of the first so many micros."""
    ends = [*(step.start for step in price.steps[1:]), upto]
    sums = (
        max(min(end, upto) - step.start, 0) * _ppm(price, place)
        for place, (step, end) in enumerate(zip(price.steps, ends, strict=True))
    )
    return round_ratio(sum(sums), PPM, "half_even")


def at_step(price: Flat | Portion, lines: Sequence[LineState]) -> tuple[int, ...]:
    """What lines earn at the price of one step: a share of each, or an amount split over them."""
    if isinstance(price, Flat):
        return allocated(price.micros, lines)
    return tuple(round_ratio(line.amount_micros * price.ppm, PPM, "half_even") for line in lines)


def allocated(micros: int, lines: Sequence[LineState]) -> tuple[int, ...]:
    """An amount split over lines in proportion to theirs, evenly where they have none."""
    weights = [max(line.amount_micros, 0) for line in lines]
    return tuple(allocate(micros, weights if sum(weights) else [1] * len(lines)))


def place(order: OrderState, pools: Pools, terms: Snapshot) -> None:
    """Write down with an order how the tiers that price its lines came to their prices.

    A tier that priced it before and does so no more stays until its pool has given the order up.
    """
    by_rule: dict[int, list[int]] = {}
    for index, line in enumerate(order.lines):
        if line.rule is not None and isinstance(terms.rules[line.rule].price, Tiered):
            by_rule.setdefault(line.rule, []).append(index)
    shares = [
        price_tier(order, terms.rules[rule], indexes, pools, terms).share for rule, indexes in by_rule.items()
    ]
    gone = [one for one in order.tiers if one.rule not in by_rule and one.counted != NOTHING]
    order.tiers = (*shares, *gone)
