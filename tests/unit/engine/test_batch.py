"""What goes into a batch and comes out of it survives being written down."""

from tests.unit.engine.ledger import Ledger
from tests.unit.engine.market import NOON, amendment, click, impression, order, snapshot
from utfall.engine import (
    Manifest,
    Policy,
    Range,
    TrafficPolicy,
    decode_facts,
    decode_manifest,
    encode_facts,
    encode_manifest,
    needs,
)
from utfall.engine.facts import NO_FATE
from utfall.engine.repeats import remembered_as
from utfall.events import Consent, Cost, Refusal, Source

MANIFEST = Manifest(
    seq=7,
    now=NOON,
    snapshot="0" * 64,
    ranges=(Range(stream="edge-0", start=5, end=9), Range(stream="load", start=0, end=3)),
    policy=Policy(traffic=TrafficPolicy(link_clicks_per_minute=9), future_tolerance_ms=1),
)


def cost(**more: object) -> Cost:
    own = {"id": "c" * 32, "occurred_at": NOON, "received_at": NOON, "advertiser": 1, "currency": "SEK"}
    return Cost(**{**own, "amount_micros": 5_000_000, "channel": "search", **more})  # type: ignore[arg-type]


def test_a_manifest_reads_back_what_was_written() -> None:
    assert decode_manifest(encode_manifest(MANIFEST)) == MANIFEST


def test_the_facts_of_a_batch_read_back_what_was_written() -> None:
    decided = Ledger(snapshot()).settle(click(), impression(), order("A-1", NOON, click()), now=NOON)
    assert decode_facts(encode_facts(decided.facts)) == decided.facts


def test_a_fate_stands_for_every_record_of_a_range() -> None:
    decided = Ledger(snapshot()).settle(click(), order(), click(), now=NOON)
    fates = list(memoryview(decided.facts.touches[0]).cast("I"))
    assert fates == [0, NO_FATE, 0]


def test_an_imported_cost_is_told_and_moves_no_money() -> None:
    ledger = Ledger(snapshot())
    decided = ledger.settle(cost())
    assert (ledger.standing(), decided.transactions) == ({}, [])
    assert decided.facts.facts[0].imported_cost_micros == 5_000_000


def test_a_cost_sent_twice_is_a_duplicate_event() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(cost(), cost())
    assert ledger.verdict(cost()) == "duplicate_event"
    assert sum(fact.imported_cost_micros for fact in ledger.facts) == 5_000_000


def test_a_cost_of_an_unknown_advertiser_is_refused() -> None:
    ledger = Ledger(snapshot())
    ledger.settle(cost(advertiser=9))
    assert ledger.verdict(cost()) == "unknown_advertiser"


def test_what_the_door_refused_is_counted_with_its_reason() -> None:
    refusal = Refusal(
        id="r" * 32,
        occurred_at=NOON,
        received_at=NOON,
        source=Source.EDGE,
        reason="destination_not_allowed",
        about="click",
        link=1000,
    )
    ledger = Ledger(snapshot())
    ledger.settle(refusal)
    (fact,) = ledger.facts
    assert (fact.kind, fact.status, fact.reason) == ("click", "refused", "destination_not_allowed")
    assert ledger.standing() == {}


def test_a_batch_asks_the_book_only_for_what_its_events_name() -> None:
    bought = order("A-1", NOON, one := click(), visitor="v", customer="c", consent=Consent.GRANTED)
    loaded = click(source=Source.LOAD)
    wanted = needs([one, loaded, bought, amendment("approve", "A-2"), cost()])
    assert wanted.orders == {(1, "sale", "A-1"), (1, "sale", "A-2")}
    assert wanted.touches == {one.id}
    assert wanted.identities == {(1, "v"), (1, "c")}
    assert wanted.customers == {(1, "c")}
    assert remembered_as(one) not in wanted.event_ids
    assert {remembered_as(loaded), remembered_as(bought), remembered_as(cost())} <= wanted.event_ids


def test_the_clock_alone_makes_a_batch() -> None:
    decided = Ledger(snapshot()).settle(now=NOON)
    assert (decided.transactions, decided.receipts, decided.orders) == ([], [], [])
