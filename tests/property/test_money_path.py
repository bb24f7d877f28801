"""Properties of the parts that prices, refunds and limits are made of."""

from random import Random

import msgspec
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.property.markets import chances, histories, markets
from tests.unit.engine.ledger import TOUCHES, Ledger
from tests.unit.engine.market import NOON, amendment
from utfall.engine import OrderKey, OrderState
from utfall.engine.pricing import fee_of, largest_commission
from utfall.engine.refunds import refund_lines
from utfall.engine.state import LineState
from utfall.events import Amendment, AnyEvent, Conversion, LineChange, Reason
from utfall.money import PPM
from utfall.terms import Market, Snapshot, Tiered, load_snapshot, seal

amounts = st.integers(0, 10**12)
line_states = st.lists(
    st.builds(
        lambda amount, commission: LineState(amount, commission_micros=commission, left_micros=commission),
        amounts,
        amounts,
    ),
    min_size=1,
    max_size=4,
)


def refund(*changes: LineChange, amount: int | None = None) -> Amendment:
    return amendment("refund", changes=changes, amount_micros=amount)


def refunded(lines: list[LineState], event: Amendment) -> list[LineState]:
    """The lines after a refund, which must be possible or change nothing."""
    left = refund_lines(lines, event)
    if isinstance(left, Reason):
        assert left is Reason.NOTHING_CHANGED
        return lines
    return [
        msgspec.structs.replace(line, refunded_micros=taken, left_micros=rest)
        for line, (taken, rest) in zip(lines, left, strict=True)
    ]


@given(line_states, chances, st.integers(1, 8))
def test_many_small_refunds_of_a_line_are_one_large(
    lines: list[LineState], chance: Random, times: int
) -> None:
    number = chance.randrange(len(lines))
    parts = [chance.randint(0, lines[number].amount_micros // times) for _ in range(times)]
    small = lines
    for part in parts:
        small = refunded(small, refund(LineChange(line=number, amount_micros=part)))
    large = refunded(lines, refund(LineChange(line=number, amount_micros=sum(parts))))
    assert small == large


@given(line_states, chances, st.integers(1, 8))
def test_refunds_of_amounts_never_take_back_more_than_was_given(
    lines: list[LineState], chance: Random, times: int
) -> None:
    given_ = sum(line.commission_micros for line in lines)
    left = lines
    for _ in range(times):
        rest = sum(line.amount_micros - line.refunded_micros for line in left)
        if rest:
            left = refunded(left, refund(amount=chance.randint(1, rest)))
        standing = sum(line.left_micros for line in left)
        assert 0 <= standing <= given_
        assert all(0 <= line.left_micros <= line.commission_micros for line in left)
        assert all(0 <= line.refunded_micros <= line.amount_micros for line in left)
    whole = refunded(left, refund())
    assert not any(line.left_micros for line in whole)
    assert [line.refunded_micros for line in whole] == [line.amount_micros for line in whole]


@given(line_states, st.integers(1, 10**13))
def test_a_refund_beyond_the_order_is_refused_and_any_other_is_not(
    lines: list[LineState], amount: int
) -> None:
    whole = sum(line.amount_micros for line in lines)
    assert (refund_lines(lines, refund(amount=amount)) is Reason.REFUND_EXCEEDS_ORDER) == (amount > whole)


@given(st.integers(0, 10**15), st.integers(0, PPM))
def test_the_largest_commission_fits_with_its_fee_and_a_micro_more_does_not(room: int, fee_ppm: int) -> None:
    commission = largest_commission(room, fee_ppm)
    assert commission >= 0
    assert commission + fee_of(commission, fee_ppm) <= room
    assert commission + 1 + fee_of(commission + 1, fee_ppm) > room


def unlimited(terms: Snapshot) -> Snapshot:
    """The same market where no order can take room from another, or lift it to another step."""
    rules = tuple(
        msgspec.structs.replace(one, price=one.price.steps[0].price) if isinstance(one.price, Tiered) else one
        for one in terms.market.rules
    )
    market: Market = msgspec.structs.replace(terms.market, limits=(), rules=rules)
    return load_snapshot(seal(market))


def of_nobody(event: AnyEvent) -> AnyEvent:
    """A conversion of a customer nobody knows, so that no other order is the same customer's."""
    return msgspec.structs.replace(event, customer=None) if isinstance(event, Conversion) else event


def key(event: AnyEvent) -> OrderKey:
    assert isinstance(event, Conversion | Amendment)
    return OrderKey(event.advertiser, event.outcome.value, event.order)


def known(ledger: Ledger) -> dict[OrderKey, OrderState]:
    """Orders without what only tells when they were settled."""
    return {order.key: msgspec.structs.replace(order, id=0, receipt=None) for order in ledger.orders()}


@given(chances, markets, histories)
def test_the_order_in_which_independent_orders_are_settled_changes_no_price(
    chance: Random, terms: Snapshot, events: list[AnyEvent]
) -> None:
    touches = [event for event in events if isinstance(event, TOUCHES)]
    about = [of_nobody(event) for event in events if isinstance(event, Conversion | Amendment)]
    assume(touches and len({key(event) for event in about}) > 1)
    keys = sorted({key(event) for event in about})
    shuffled = chance.sample(keys, len(keys))
    ledgers = Ledger(unlimited(terms)), Ledger(unlimited(terms))
    for ledger, ordered in zip(ledgers, (keys, shuffled), strict=True):
        sequence = [event for wanted in ordered for event in about if key(event) == wanted]
        ledger.settle(*touches, now=NOON)
        ledger.settle(*sequence, now=events[-1].received_at)
    assert known(ledgers[0]) == known(ledgers[1])
    assert ledgers[0].standing() == ledgers[1].standing()
