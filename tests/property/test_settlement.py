"""What settlement promises of every market and every history."""

from collections import Counter
from collections.abc import Iterable, Sequence
from copy import deepcopy
from random import Random
from typing import Any

import msgspec
from hypothesis import given

from tests.property.markets import chances, cut, histories, markets
from tests.unit.engine.ledger import SECRET, TOUCHES, Account, Ledger
from tests.unit.engine.market import DAY, amendment
from utfall.engine import LimitKey, OrderState, Pool, PoolKey, Share, ShareKind, earned, settle
from utfall.engine.capping import Scope, amount, covering
from utfall.engine.deadlines import window_ends
from utfall.engine.facts import NO_FATE, Fate
from utfall.engine.parties import on_top
from utfall.engine.state import LineState
from utfall.engine.tiers import position
from utfall.events import Amendment, AnyEvent, Click, Impression, Outcome, VideoProgress, Viewable
from utfall.terms import Limit, Snapshot

Batches = Sequence[Sequence[AnyEvent]]


def settled(terms: Snapshot, batches: Batches, *, until: int | None = None) -> Ledger:
    """A book after some batches, and after a last look at the clock."""
    ledger = Ledger(terms)
    for batch in batches:
        ledger.settle(*batch)
        check(ledger)
    if until is not None:
        ledger.settle(now=until)
        ledger.settle(now=until)
        check(ledger)
    return ledger


def check(ledger: Ledger) -> None:
    """What holds after every batch."""
    books_balance(ledger)
    publishers_stand_on_their_orders(ledger)
    limits_hold_exactly_what_was_taken(ledger)
    facts_sum_to_the_book(ledger)
    pools_hold_what_their_orders_count(ledger)


def books_balance(ledger: Ledger) -> None:
    per_currency: Counter[str] = Counter()
    for account, micros in ledger.balances.items():
        per_currency[account.currency] += micros
    assert not any(per_currency.values())


def publishers_stand_on_their_orders(ledger: Ledger) -> None:
    expected: Counter[tuple[str, int]] = Counter()
    for order in ledger.orders():
        price = sum(line.left_micros for line in order.lines)
        assert order.commission_micros == price + on_top(order.shares) >= price >= 0
        if order.publisher is not None:
            for publisher, micros in earned(order).items():
                assert micros >= 0
                expected[order.currency, publisher] += micros
    for pool in ledger.pools().values():
        expected[pool.currency, pool.publisher] += pool.correction_micros
    for event, fate in ledger.paid_touches:
        assert isinstance(event, TOUCHES)
        link = ledger.terms.links[event.link]
        expected[str(fate.currency), link.publisher] += fate.commission_micros
    for granted in ledger.purse.transactions:
        if granted.kind in ("bonus", "clawback"):
            expected[granted.currency, granted.publisher or 0] -= sum(
                entry.amount_micros for entry in granted.entries if entry.owner == "publisher"
            )
    held: Counter[tuple[str, int]] = Counter()
    for account, micros in ledger.earned.items():
        if account.owner == "publisher":
            held[account.currency, account.owner_id] -= micros
    assert clean(held) == clean(expected)


def clean(counter: Counter[Any]) -> dict[Any, int]:
    return {key: value for key, value in counter.items() if value}


OUTCOMES = {
    Click: Outcome.CLICK,
    Impression: Outcome.IMPRESSION,
    Viewable: Outcome.VIEWABLE,
    VideoProgress: Outcome.VIDEO,
}


def limits_hold_exactly_what_was_taken(ledger: Ledger) -> None:
    used: Counter[LimitKey] = Counter()
    for order in ledger.orders():
        for hold in order.holds:
            used[hold.key] += hold.amount
    for pool in ledger.pools().values():
        for hold in pool.holds:
            used[hold.key] += hold.amount
    for event, fate in ledger.paid_touches:
        for limit, key in covers(event, fate, ledger.terms):
            used[key] += amount(limit, fate.commission_micros, fate.fee_micros)
    held = {key: state.reserved + state.settled for key, state in ledger.limits.items()}
    assert clean(used) == {key: taken for key, taken in held.items() if taken}
    assert all(state.reserved + state.settled <= state.cap for state in ledger.limits.values())


def covers(event: AnyEvent, fate: Fate, terms: Snapshot) -> Iterable[tuple[Limit, LimitKey]]:
    assert isinstance(event, TOUCHES)
    link = terms.links[event.link]
    scope = Scope(link.program, link.publisher, fate.group, OUTCOMES[type(event)], event.occurred_at)
    return covering(scope, terms)


def facts_sum_to_the_book(ledger: Ledger) -> None:
    """What the lake is told adds up to what stands in the book, per currency."""
    told: Counter[tuple[str, str]] = Counter()
    for fact in ledger.facts:
        currency = str(fact.currency)
        told[currency, "cost"] += fact.cost_micros
        told[currency, "fee"] += fact.fee_micros
        told[currency, "pending"] += fact.commission_pending_micros
        told[currency, "approved"] += fact.commission_approved_micros
    for _, fate in ledger.paid_touches:
        currency = str(fate.currency)
        told[currency, "cost"] += fate.cost_micros
        told[currency, "fee"] += fate.fee_micros
        told[currency, "approved"] += fate.commission_micros
    assert clean(told) == clean(measured(ledger.earned))
    assert sum(fact.commission_declined_micros for fact in ledger.facts) == sum(
        one.commission_micros - one.left_micros for order in ledger.orders() for one in told_in(order)
    )


def told_in(order: OrderState) -> Iterable[LineState | Share]:
    """What a commission is made of: the lines, and what is paid on top of them."""
    return (*order.lines, *(share for share in order.shares if share.kind is ShareKind.ON_TOP))


WORDS = {
    "accrued": ("cost", 1),
    "owed": ("cost", 1),
    "fee": ("fee", -1),
    "fee_pending": ("fee", -1),
    "pending": ("pending", -1),
    "approved": ("approved", -1),
    "payable": ("approved", -1),
}


def measured(balances: Counter[Account]) -> Counter[tuple[str, str]]:
    held: Counter[tuple[str, str]] = Counter()
    for account, micros in balances.items():
        measure, sign = WORDS[account.bucket]
        held[account.currency, measure] += sign * micros
    return held


def pools_hold_what_their_orders_count(ledger: Ledger) -> None:
    """And a correction is what the step reached pays more than its orders earned, or waits for room."""
    shares = [(order, share) for order in ledger.orders() for share in order.tiers]
    for key, pool in ledger.pools().items():
        own = [
            share.counted
            for order, share in shares
            if (share.rule, order.publisher, share.period) == key and share.counted.orders
        ]
        counted = pool.counted
        assert counted.orders == len(own)
        assert counted.amount_micros == sum(one.amount_micros for one in own)
        assert counted.commission_micros == sum(one.commission_micros for one in own)
        assert counted.pending == sum(one.pending for one in own)
        if pool.price.retroactive:
            together = [one for one in ledger.pools().values() if (one.rule, one.period) == (key[0], key[2])]
            held = sum(
                position(pool.price, one.counted) for one in (together if pool.price.shared else [pool])
            )
            target = sum(one.at_steps[pool.price.step_at(held)] for one in own)
            assert pool.wanted_micros == target - counted.commission_micros
            assert pool.correction_micros <= pool.wanted_micros
        else:
            assert not pool.correction_micros


def corrections(ledger: Ledger) -> dict[PoolKey, Pool]:
    """Pools without the chain of receipts and transactions, whose numbers hang on the batches."""
    found = {
        key: msgspec.structs.replace(pool, receipt=None, transaction=None, event="", decided_at=0)
        for key, pool in ledger.pools().items()
    }
    return {key: pool for key, pool in found.items() if pool.counted.orders or pool.correction_micros}


def states(ledger: Ledger) -> list[OrderState]:
    """Orders without the chain of receipts, which tells of refused calls too."""
    return [msgspec.structs.replace(order, receipt=None) for order in ledger.orders()]


def used(ledger: Ledger) -> dict[LimitKey, tuple[int, int]]:
    """Limits by what is used of them; a row that was given back whole is as good as none."""
    rows = {key: (state.reserved, state.settled) for key, state in ledger.limits.items()}
    return {key: row for key, row in rows.items() if any(row)}


def told(ledger: Ledger) -> dict[tuple[Any, ...], int]:
    """Sums of the facts by what is asked of the lake most, whatever batch told them."""
    sums: Counter[tuple[Any, ...]] = Counter()
    for fact in ledger.facts:
        place = (fact.program, fact.publisher, fact.rule, fact.currency, fact.category)
        for name in ("sales", "leads", "actions", "installs", "revenue_micros", "cost_micros", "fee_micros"):
            sums[*place, name] += getattr(fact, name)
    return clean(sums)


def reasons(ledger: Ledger) -> dict[str, set[str | None]]:
    """Why each event was refused, or that it was not."""
    return {event: {one.reason for one in verdicts} for event, verdicts in ledger.verdicts.items()}


@given(chances, markets, histories)
def test_the_promises_hold_after_every_batch(chance: Random, terms: Snapshot, events: list[AnyEvent]) -> None:
    settled(terms, cut(chance, events), until=events[-1].received_at + 100 * DAY)


@given(chances, markets, histories)
def test_where_batches_end_changes_nothing(chance: Random, terms: Snapshot, events: list[AnyEvent]) -> None:
    end = events[-1].received_at
    whole = settled(terms, [events], until=end)
    parts = settled(terms, cut(chance, events), until=end)
    assert states(parts) == states(whole)
    assert parts.standing() == whole.standing()
    assert corrections(parts) == corrections(whole)
    assert used(parts) == used(whole)
    assert told(parts) == told(whole)
    assert reasons(parts) == reasons(whole)


@given(chances, markets, histories)
def test_duplicates_of_any_event_change_nothing(
    chance: Random, terms: Snapshot, events: list[AnyEvent]
) -> None:
    end = events[-1].received_at
    once = settled(terms, [events], until=end)
    # An amendment that was refused is not remembered: sent again, it may fit by then.
    told_twice = [one for one in events if not (isinstance(one, Amendment) and once.verdict(one))]
    repeated: list[AnyEvent] = []
    for place, event in enumerate(events, 1):
        repeated.append(event)
        known = [one for one in events[:place] if one in told_twice]
        repeated += chance.choices(known, k=chance.randint(0, 2)) if known else []
    again = settled(terms, [repeated], until=end)
    assert states(again) == states(once)
    assert again.standing() == once.standing()
    assert corrections(again) == corrections(once)
    assert used(again) == used(once)
    assert told(again) == told(once)


@given(markets, histories)
def test_the_same_arguments_give_the_same_bytes(terms: Snapshot, events: list[AnyEvent]) -> None:
    ledger, middle, end = Ledger(terms), len(events) // 2, events[-1].received_at
    ledger.settle(*events[:middle])
    batch, book = ledger.batch(events[middle:], end), ledger.slice(events[middle:], end)
    first, second = (settle(deepcopy(book), batch, terms, SECRET) for _ in range(2))
    assert msgspec.msgpack.encode(first.facts) == msgspec.msgpack.encode(second.facts)
    assert first.receipts == second.receipts
    assert msgspec.msgpack.encode(first.orders) == msgspec.msgpack.encode(second.orders)
    assert msgspec.msgpack.encode(first.pools) == msgspec.msgpack.encode(second.pools)
    assert (first.transactions, first.limits, first.traffic) == (
        second.transactions,
        second.limits,
        second.traffic,
    )


@given(markets, histories)
def test_silence_waits_for_the_deferred_day_and_the_lock_for_nothing_but_refunds(
    terms: Snapshot, events: list[AnyEvent]
) -> None:
    ledger = settled(terms, [events], until=events[-1].received_at + 100 * DAY)
    received = {event.id: event.received_at for event in events}
    locks: dict[int | None, int] = {}
    for decided in ledger.decisions:
        for receipt in decided.receipts:
            body = msgspec.json.decode(receipt.body)
            dates = body.get("deadlines", {})
            if body["kind"] == "auto_approve" and "return_days" in dates:
                days = dates["delivery_days"] + dates["return_days"]
                until = window_ends(body["occurred_at"], terms.zone_of(body["program"]), days)
                assert until <= min(body["decided_at"], dates["payable_at"])
            if receipt.order in locks and body["verdict"] == "accepted" and body["event"] in received:
                is_late = received[body["event"]] >= locks[receipt.order]
                assert not is_late or body["kind"] in ("refund", "merge")
            if "locks_at" in dates:
                locks[receipt.order] = dates["locks_at"]


@given(markets, histories)
def test_no_event_is_both_paid_and_refused(terms: Snapshot, events: list[AnyEvent]) -> None:
    ledger = settled(terms, [events])
    paid = {transaction.event for decided in ledger.decisions for transaction in decided.transactions}
    paid |= {event.id for event, _ in ledger.paid_touches}
    refused = {event for event, verdicts in ledger.verdicts.items() if any(one.reason for one in verdicts)}
    assert not (paid - {None}) & refused


@given(markets, histories)
def test_every_event_meets_one_fate(terms: Snapshot, events: list[AnyEvent]) -> None:
    ledger = settled(terms, [events])
    assert set(ledger.verdicts) == {event.id for event in events}
    (decided,) = ledger.decisions
    fates = memoryview(decided.facts.touches[0]).cast("I")
    assert sum(number != NO_FATE for number in fates) == sum(isinstance(event, TOUCHES) for event in events)


@given(markets, histories)
def test_whatever_happened_a_refund_of_the_whole_leaves_nothing(
    terms: Snapshot, events: list[AnyEvent]
) -> None:
    ledger = settled(terms, [events])
    end = events[-1].received_at + 1
    for order in list(ledger.orders()):
        refund = amendment("refund", order.order, at=end, advertiser=order.advertiser, outcome=order.outcome)
        ledger.settle(refund)
        check(ledger)
    assert all(order.commission_micros == order.fee_micros == 0 for order in ledger.orders())
    assert not any(pool.correction_micros or pool.fee_micros for pool in ledger.pools().values())
    assert not any(word in name for name in ledger.standing() for word in ("accrued", "pending"))
