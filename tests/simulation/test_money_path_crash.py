"""Edge, settler and lake writer are killed under load, one at random again and again, and everything adds up.

Each is a real process with the command line's own settings. Each of the three is killed twice for each of
the `CRASH_ROUNDS`; `CRASH_SEED` says where chance begins.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
import pytest

from tests.scenarios.running_cli import environment, utfall
from tests.scenarios.running_edge import SHOP_KEY, digest
from tests.scenarios.world import market
from tests.simulation.nursery import Nursery
from tests.simulation.shoppers import Promises, Shopper
from tests.waiting import wait_for
from utfall.events import (
    Action,
    Amendment,
    AnyEvent,
    Click,
    Conversion,
    Impression,
    Outcome,
    decode,
    open_token,
)
from utfall.journal import StreamReader, streams, verify
from utfall.journal.keys import CLICK_KEYS, KeyRing
from utfall.lake import Lake, Query
from utfall.portal.book import facade
from utfall.terms import ApiKey, Limit, Market, Measure, Period, load_snapshot
from utfall.workers.intake import SETTLEMENT
from utfall.workers.publish import publish

CRASHES = 6 * int(os.environ.get("CRASH_ROUNDS", "1"))
SEED = int(os.environ.get("CRASH_SEED", "20261121"))
LONGEST_PEACE_S: Final = 0.5
SHOPPERS: Final = 3
NAMES: Final = ("edge", "settle", "ship")
RABATT: Final = 4
PAID_OF_RABATT: Final = 25
SHARE_PERCENT: Final = 8
KRONA: Final = 1_000_000
LIVELY: Final = {
    "UTFALL_LOG_LEVEL": "warning",
    "UTFALL_ADDRESS_CLICKS_PER_MINUTE": "10000000",
    "UTFALL_LINK_CLICKS_PER_MINUTE": "10000000",
    "UTFALL_JOURNAL_SEGMENT_MIB": "1",
    "UTFALL_SNAPSHOT_POLL_MS": "50",
    "UTFALL_SETTLE_BATCH_EVENTS": "200",
    "UTFALL_SETTLE_INTERVAL_MS": "5",
    "UTFALL_LAKE_INTERVAL_MS": "20",
    "UTFALL_LAKE_COMPACT_AFTER_S": "1",
}
"""Small batches, segments and shipments: more beginnings and ends to be killed at."""


def crashing_market() -> Market:
    """Two publishers; one is paid for so many sales and not for one more."""
    few = Limit(
        id=1,
        program=7,
        name="few",
        measure=Measure.COUNT,
        period=Period.TOTAL,
        cap=PAID_OF_RABATT,
        outcome=Outcome.SALE,
        publisher=RABATT,
    )
    much = Limit(id=2, program=7, name="much", measure=Measure.COST, period=Period.TOTAL, cap=10**15)
    key = ApiKey(digest=digest(SHOP_KEY), name="Fjäll", advertiser=1)
    return msgspec.structs.replace(market(few, much), keys=(key,))


@contextmanager
def shopping(port: int) -> Iterator[list[Shopper]]:
    """Shoppers who send until the block ends."""
    shoppers = [Shopper(port, f"shopper{number}", SEED) for number in range(SHOPPERS)]
    for shopper in shoppers:
        shopper.start()
    try:
        yield shoppers
    finally:
        for shopper in shoppers:
            shopper.ending.set()
        for shopper in shoppers:
            shopper.join()


def killed_at_random(nursery: Nursery, shoppers: list[Shopper], chance: random.Random) -> Counter[str]:
    """Kills one process after the other and begins it again; how often each was killed."""
    living = {name: nursery.start(name) for name in NAMES}
    wait_for(lambda: all(shopper.promises.orders for shopper in shoppers))
    victims = [NAMES[number % len(NAMES)] for number in range(CRASHES)]
    chance.shuffle(victims)
    for number, name in enumerate(victims):
        time.sleep(chance.uniform(0, LONGEST_PEACE_S))
        code = nursery.kill(living[name])
        assert code == -signal.SIGKILL, f"{name} ended by itself with {code} before kill {number}"
        living[name] = nursery.start(name)
    time.sleep(LONGEST_PEACE_S)
    for name, pid in living.items():
        assert nursery.kill(pid) == -signal.SIGKILL, f"{name} ended by itself after the last kill"
    return Counter(victims) + Counter(NAMES)


def journaled(data: Path) -> list[AnyEvent]:
    """All events of all streams of the edge."""
    found: list[AnyEvent] = []
    for stream in streams(data / "journal"):
        if stream != SETTLEMENT:
            with StreamReader(data / "journal", stream) as reader:
                position = 0
                while batches := reader.read(position, 100_000):
                    found += [decode(bytes(raw)) for batch in batches for raw in batch.events()]
                    position = batches[-1].end
    return found


@pytest.mark.slow
def test_the_whole_path_adds_up_whoever_is_killed_whenever(tmp_path: Path, free_port: int) -> None:
    print(f"CRASH_SEED={SEED} CRASH_ROUNDS={CRASHES // 6}")
    data, log = tmp_path / "data", tmp_path / "log"
    snapshot = publish(crashing_market(), data / "snapshots")
    settings = {**LIVELY, "UTFALL_EDGE_PORT": str(free_port)}
    with Nursery(data, environment(**settings), log) as nursery, shopping(free_port) as shoppers:
        kills = killed_at_random(nursery, shoppers, random.Random(SEED))
    caught_up = utfall(data, "settle", "--once", cwd=tmp_path, **settings)
    assert caught_up.code == 0, caught_up.err
    events = journaled(data)
    promises = [shopper.promises for shopper in shoppers]
    print(f"kills: {kills.total()} {dict(kills)}; events: {len(events)}; {told(promises)}")
    everything_acknowledged_is_there_once(data, events, promises)
    everything_is_settled_once(data, events, promises)
    the_lake_has_it(data, events, snapshot)
    assert utfall(data, "check", "--json", cwd=tmp_path, **settings).code == 0
    assert utfall(data, "replay", "--json", cwd=tmp_path, **settings).json["identical"] is True
    assert "Traceback" not in log.read_text(encoding="utf-8")


def told(promises: list[Promises]) -> str:
    clicks, kept = (sum(len(getattr(one, name)) for one in promises) for name in ("clicks", "kept"))
    return (
        f"acknowledged: {clicks} clicks, {kept} rows; unanswered: {sum(one.unanswered for one in promises)}"
    )


def everything_acknowledged_is_there_once(
    data: Path, events: list[AnyEvent], promises: list[Promises]
) -> None:
    """An id is in the journal as often as it was acknowledged, or more often where no answer came."""
    stored = Counter(event.id for event in events)
    secrets = KeyRing.load(data / "keys" / CLICK_KEYS).secrets
    for one in promises:
        assert one.wrong == []
        clicked = Counter(open_token(secrets, token).click for token in one.clicks)
        assert {click: stored[click] for click in clicked if stored[click] != 1} == {}
        assert clicked.total() == len(clicked)
        for identifier, times in one.kept.items():
            assert times <= stored[identifier] <= one.sent[identifier]
        assert one.orders
    repeated = {identifier for identifier, times in stored.items() if times > 1}
    assert repeated <= {identifier for one in promises for identifier in one.sent}
    views = sum(isinstance(event, Impression) for event in events)
    assert views >= sum(one.views for one in promises)
    assert {report.problem for report in verify(data / "journal")} == {None}


def everything_is_settled_once(data: Path, events: list[AnyEvent], promises: list[Promises]) -> None:
    """Every order in the journal is one order in the book, accrued once, and worth what it must be."""
    book = facade.open_book(data / "book.sqlite3")
    assert [one.difference_micros for one in facade.trial_balance(book)] == [0]
    assert sum(batch.events for batch in facade.batches(book)) == len(events)
    expected = worth(events)
    orders = {row.reference: row for row in facade.conversions(book)}
    assert orders.keys() == expected.keys()
    assert len(orders) == sum(1 for _ in facade.conversions(book))
    for one in promises:
        assert one.orders.keys() <= orders.keys()
        assert not one.refused & orders.keys()
        assert all(expected[order] == 0 for order, action in one.changes.items() if takes_back(action))
    paid_of_rabatt = 0
    for reference, row in orders.items():
        capped = row.publisher == RABATT and row.commission_micros == 0
        assert capped or row.commission_micros == expected[reference], reference
        paid_of_rabatt += row.publisher == RABATT and row.commission_micros > 0
        accrued = [each for each in facade.transactions_of(book, row.id) if each.kind == "accrue"]
        assert len(accrued) <= 1, reference
    assert paid_of_rabatt <= PAID_OF_RABATT
    assert all(row.settled + row.reserved <= row.cap for row in facade.budgets(book))
    facade.close_book(book)


def worth(events: list[AnyEvent]) -> dict[str, int]:
    """Every order of the journal with the commission it ends with, were there no cap."""
    amounts = {event.order: event.lines[0].amount_micros for event in events if isinstance(event, Conversion)}
    worthless = {event.order for event in events if isinstance(event, Amendment) and takes_back(event.action)}
    return {
        order: 0 if order in worthless else micros * SHARE_PERCENT // 100 for order, micros in amounts.items()
    }


def takes_back(action: Action) -> bool:
    return action in (Action.DECLINE, Action.REFUND)


def the_lake_has_it(data: Path, events: list[AnyEvent], snapshot: str) -> None:
    """Clicks, impressions and orders of the journal, counted by the lake."""
    terms = load_snapshot((data / "snapshots" / f"{snapshot}.snapshot").read_bytes())
    names = ("gross_clicks", "gross_impressions")
    with Lake(data / "lake") as lake:
        rows = lake.report(Query(names), snapshot=terms).rows.to_pylist()
    ids = {kind: {event.id for event in events if isinstance(event, kind)} for kind in (Click, Impression)}
    counted = [sum(row[name] or 0 for row in rows) for name in names]
    assert counted == [len(ids[Click]), len(ids[Impression])]
