"""What a price in steps comes to for so many orders alike: the example beside a rule that is being written.

    told = work_out(price, Outcome.SALE, orders=120, amount_micros=500_000_000)

Every order is priced and counted as settlement does it; nothing is kept.
"""

from functools import cache
from typing import Final, NamedTuple

from utfall.engine.pools import counted_of, recounted
from utfall.engine.state import Counted, LineState, OrderState, OrderStatus, Pool, PoolKey, TierPart
from utfall.engine.tiers import NOTHING, position, price_tier
from utfall.events import Outcome, Source
from utfall.terms import Flat, Market, Portion, Rule, Snapshot, Tiered, load_snapshot, seal

ORDERS_MOST: Final = 1_000
_KEY: Final = PoolKey(1, 1, "")


class StepSum(NamedTuple):
    """What was priced at one step: how many orders had a part at it, and the sums of these parts."""

    start: int
    price: Flat | Portion
    orders: int
    amount_micros: int
    commission_micros: int


class Working(NamedTuple):
    """The sums of each step in turn, the correction at the end, and the place of the step reached."""

    steps: tuple[StepSum, ...]
    correction_micros: int
    reached: int

    @property
    def commission_micros(self) -> int:
        """What all orders come to, with the correction."""
        return sum(one.commission_micros for one in self.steps) + self.correction_micros


def work_out(price: Tiered, outcome: Outcome, *, orders: int, amount_micros: int) -> Working:
    """So many orders of one publisher in one period, one after another, each of the same amount."""
    assert 0 <= orders <= ORDERS_MOST, "an example is small"
    rule = Rule(id=_KEY.rule, program=1, name="", outcome=outcome, price=price)
    pool, parts = _pool(rule, price), list[TierPart]()
    for _ in range(orders):
        order = _order(outcome, amount_micros)
        share, (micros,) = price_tier(order, rule, [0], {_KEY: pool}, _no_terms())
        order.lines[0].commission_micros = order.lines[0].left_micros = micros
        counted = counted_of(order, share, price)
        pool.counted = recounted(pool.counted, NOTHING, counted)
        parts += share.parts
    reached = price.step_at(position(price, pool.counted))
    wanted = pool.counted.at_steps[reached] - pool.counted.commission_micros if price.retroactive else 0
    return Working(tuple(_summed(price, parts)), wanted, reached)


def _summed(price: Tiered, parts: list[TierPart]) -> list[StepSum]:
    found = []
    for step in price.steps:
        here = [part for part in parts if part.start == step.start and _is_told(price, part)]
        if here:
            amount = sum(part.amount_micros for part in here)
            earned = sum(part.commission_micros for part in here)
            found.append(StepSum(step.start, step.price, len(here), amount, earned))
    return found


def _is_told(price: Tiered, part: TierPart) -> bool:
    """An order that ends where a step begins has an empty part there."""
    return not price.is_split or part.amount_micros > 0


@cache
def _no_terms() -> Snapshot:
    """Terms without programs have no calendar."""
    return load_snapshot(seal(Market()))


def _order(outcome: Outcome, amount_micros: int) -> OrderState:
    return OrderState(
        id=1,
        advertiser=1,
        outcome=outcome,
        order="",
        event="",
        occurred_at=0,
        received_at=0,
        source=Source.API,
        currency="",
        lines=[LineState(amount_micros, rule=_KEY.rule)],
        supplied={},
        status=OrderStatus.PENDING,
        program=1,
        publisher=_KEY.publisher,
    )


def _pool(rule: Rule, price: Tiered) -> Pool:
    """A pool in which nothing is counted yet."""
    return Pool(
        rule=rule.id,
        publisher=_KEY.publisher,
        period=_KEY.period,
        program=rule.program,
        advertiser=1,
        currency="",
        outcome=rule.outcome,
        price=price,
        terms_version=1,
        fee_ppm=0,
        hold_days=0,
        auto_approval_days=None,
        ends_at=None,
        event="",
        counted=Counted(at_steps=(0,) * len(price.steps) if price.retroactive else ()),
    )
