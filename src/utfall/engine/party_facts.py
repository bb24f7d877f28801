"""What an order with several parties contributes to the lake: the winner's lines hold its own part, and each
other party has one fact more, without counts and revenue, so that sums over publishers are the order's.
"""

from collections.abc import Sequence
from typing import Any, Final

import msgspec

from utfall.engine.facts import Fact
from utfall.engine.parties import earned, earned_at_first
from utfall.engine.state import OrderState, OrderStatus
from utfall.money import allocate

_UNKNOWN_TO_OTHERS: Final[dict[str, Any]] = {
    "group": None,
    "link": None,
    "sub": (),
    "channel": None,
    "code": None,
    "category": None,
    "leads": 0,
    "actions": 0,
    "sales": 0,
    "installs": 0,
    "revenue_micros": 0,
}
"""What belongs to the winner and its touch, or is counted with it."""


def shared_facts(order: OrderState, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of an order's lines, as though all were the winner's, divided among everybody."""
    own_first, *firsts = earned_at_first(order).values()
    (_, own_left), *others = earned(order).items()
    firsts = [*_over(own_first, [line.commission_micros for line in order.lines]), *firsts]
    lefts = [*_over(own_left, [line.left_micros for line in order.lines]), *(left for _, left in others)]
    fees = allocate(order.fee_micros, lefts) if sum(lefts) > 0 else (0,) * len(lefts)
    like = msgspec.structs.replace(facts[0], **_UNKNOWN_TO_OTHERS)
    if len({fact.rule for fact in facts}) > 1:
        like = msgspec.structs.replace(like, rule=None, price_model=None)
    beside = [msgspec.structs.replace(like, publisher=party) for party, _ in others]
    return [
        msgspec.structs.replace(fact, **_amounts(order.status, first, left, fee))
        for fact, first, left, fee in zip((*facts, *beside), firsts, lefts, fees, strict=True)
    ]


def _over(micros: int, lines: Sequence[int]) -> Sequence[int]:
    """The winner's own part, divided over the lines in proportion to their commissions."""
    return allocate(micros, lines) if sum(lines) else lines


def _amounts(status: OrderStatus, first: int, left: int, fee: int) -> dict[str, int]:
    approved = status is OrderStatus.APPROVED or status is OrderStatus.PAYABLE
    return {
        "cost_micros": left + fee,
        "fee_micros": fee,
        "commission_pending_micros": left if status is OrderStatus.PENDING else 0,
        "commission_approved_micros": left if approved else 0,
        "commission_declined_micros": first - left,
    }
