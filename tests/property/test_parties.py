"""What dividing a commission promises, whatever is agreed and whatever is left of it."""

from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tests.property.markets import PUBLISHERS, START, histories, markets, overrides, splits
from tests.property.test_settlement import settled
from tests.unit.engine.market import DAY, amendment
from utfall.engine.parties import dealt, largest_price, on_top, parts, whole
from utfall.engine.state import Share, ShareKind
from utfall.events import AnyEvent
from utfall.terms import Snapshot

WINNER = PUBLISHERS[0]
prices = st.one_of(st.integers(0, 20), st.integers(0, 10**15))


@st.composite
def shared(draw: st.DrawFn) -> list[Share]:
    """What may be agreed about the orders of one publisher, in the order in which the engine holds it."""
    chance = Random(draw(st.integers(0, (1 << 64) - 1)))
    found: list[Share] = []
    for split in splits(chance):
        if split.publisher == WINNER and not found:
            found = [Share(ShareKind.SPLIT, 1, to, WINNER, ppm) for to, ppm in split.shares if to != WINNER]
    named = {WINNER, *(share.publisher for share in found)}
    for one in overrides(chance):
        if one.child in named:
            kind = ShareKind.ON_TOP if one.on_top else ShareKind.OVERRIDE
            found.append(Share(kind, one.id, one.parent, one.child, one.ppm))
    return found


@given(shared(), prices)
def test_parts_sum_to_the_commission_and_nobody_gets_less_than_nothing(
    shares: list[Share], price: int
) -> None:
    found = parts(shares, WINNER, price)
    commission = whole(shares, WINNER, price)
    amounts = dealt(shares, found, WINNER, commission)
    assert sum(amounts.values()) == commission >= price
    assert all(micros >= 0 for micros in (*found, *amounts.values()))


@given(shared())
def test_of_nothing_everybody_gets_nothing(shares: list[Share]) -> None:
    assert not any(parts(shares, WINNER, 0))


@given(shared(), prices, st.integers(0, 100))
def test_the_largest_price_fits_and_leaves_room_for_hardly_a_micro(
    shares: list[Share], price: int, percent: int
) -> None:
    room = whole(shares, WINNER, price) * percent // 100
    found = largest_price(shares, WINNER, price, room)
    assert 0 <= found <= price
    assert whole(shares, WINNER, found) <= room
    assert found == price or whole(shares, WINNER, found + len(shares) + 2) > room


@given(markets, histories, st.integers(0, (1 << 64) - 1))
def test_an_order_refunded_in_many_parts_leaves_nothing_with_anybody(
    terms: Snapshot, events: list[AnyEvent], seed: int
) -> None:
    """In parts of any size, before and after what time decides, and then the rest."""
    ledger, chance = settled(terms, [events]), Random(seed)
    at = max(START, events[-1].received_at)
    for order in list(ledger.orders()):
        for part in refunds(chance, sum(line.amount_micros for line in order.lines)):
            at += chance.choice([1, DAY, 40 * DAY])
            refund = amendment(
                "refund", order.order, at=at, advertiser=order.advertiser, outcome=order.outcome, **part
            )
            ledger.settle(refund)
    for order in ledger.orders():
        assert (order.commission_micros, order.fee_micros, on_top(order.shares)) == (0, 0, 0)
        assert not any(share.left_micros for share in order.shares)


def refunds(chance: Random, amount: int) -> Iterable[dict[str, int]]:
    for _ in range(chance.randint(0, 3)):
        if amount > 1:
            part = chance.randint(1, amount // 2)
            amount -= part
            yield {"amount_micros": part}
    yield {}
