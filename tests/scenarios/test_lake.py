"""From settled batches to a report: the lake says what the book says, to the micro."""

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.scenarios.world import WORKED, World
from tests.waiting import wait_for
from utfall.engine.facts import decode_facts
from utfall.events import Action, DeclineReason, Line, LineChange, Refusal, Source
from utfall.journal import JournalShorterThanCursor
from utfall.lake import BatchOutOfOrder, Lake, LakeWriter, Query, read_catalog
from utfall.portal.book import facade
from utfall.terms import load_snapshot
from utfall.workers.ship import Pace, Shipper, run

MONEY = ("cost", "fee", "commission_pending", "commission_approved", "commission_declined")


class BookOutbox:
    """The outbox of a world's book."""

    def __init__(self, world: World) -> None:
        self._world = world

    def after(self, batch: int, limit: int) -> list[tuple[int, bytes]]:
        return [(row.batch, row.body) for row in facade.read_outbox(self._world.book, batch, limit)]

    def forget(self, batch: int) -> None:
        facade.acknowledge(self._world.book, batch)


def ship(world: World, *, rows: int = 100_000) -> int:
    """Ships all that waits; how many rows it were."""
    shipped = 0
    with (
        LakeWriter(world.folder / "lake") as lake,
        Shipper(lake, BookOutbox(world), world.config.journal_dir, rows=rows) as shipper,
    ):
        while facade.untold(world.book):
            shipped += shipper.ship(world.now)
    return shipped


def answer(world: World, *metrics: str, **query: Any) -> list[dict[str, Any]]:
    sealed = (world.config.snapshots_dir / f"{world.snapshot}.snapshot").read_bytes()
    with Lake(world.folder / "lake") as lake:
        report = lake.report(Query(metrics, **query), snapshot=load_snapshot(sealed))
    rows: list[dict[str, Any]] = report.rows.to_pylist()
    return rows


def by_the_book(world: World) -> dict[str, int]:
    """What the lake must say, from the balances of the book."""
    held: dict[str, int] = {}
    for one in facade.balances(world.book):
        held[f"{one.owner} {one.bucket}"] = held.get(f"{one.owner} {one.bucket}", 0) + one.balance_micros
    return {
        "cost": held.get("advertiser accrued", 0) + held.get("advertiser owed", 0),
        "fee": -held.get("operator fee_pending", 0) - held.get("operator fee", 0),
        "commission_pending": -held.get("publisher pending", 0),
        "commission_approved": -held.get("publisher approved", 0) - held.get("publisher payable", 0),
    }


@pytest.fixture
def busy(tmp_path: Path) -> World:
    """A world with everything in it: touches, orders, approvals, declines, refunds, refusals."""
    world = World(tmp_path)
    clicks = [world.click(link, at=world.now - 1000 - n) for n in range(40) for link in (11, 12)]
    robots = {n: "bot" if n % 10 == 0 else None for n in range(100)}
    shown = [world.impression(at=world.now - 5000 - n, robot=robot) for n, robot in robots.items()]
    world.settle(*shown, *clicks)
    world.settle(
        world.sale("A", *WORKED, clicks=clicks[:1], customer_is_new=True),
        world.sale("B", Line(amount_micros=500_000_000), clicks=clicks[1:2]),
        world.sale("C", Line(amount_micros=333_333_333), clicks=clicks[:2]),
        world.sale("D", Line(amount_micros=100_000_000)),
        world.sale("A", *WORKED, clicks=clicks[:1]),
        stream="edge-1",
    )
    refused = Refusal(
        id=world.ids.at(world.now),
        occurred_at=world.now,
        received_at=world.now,
        source=Source.EDGE,
        reason="unknown_link",
        about="click",
    )
    world.settle(
        world.amend("B", Action.DECLINE, reason=DeclineReason.RETURNED),
        world.amend("A", Action.APPROVE),
        refused,
        world.click(at=world.now),
        stream="edge-1",
    )
    change = (LineChange(line=1, amount_micros=39_950_000),)
    world.settle(world.amend("A", Action.REFUND, changes=change, reason=DeclineReason.RETURNED))
    return world


def test_the_lake_equals_the_book_to_the_micro(busy: World) -> None:
    ship(busy)
    (row,) = answer(busy, *MONEY)
    assert {name: row[name] for name in by_the_book(busy)} == by_the_book(busy)
    assert row["cost"] == row["fee"] + row["commission_pending"] + row["commission_approved"]
    assert row["commission_pending"] > 0
    assert row["commission_approved"] > 0
    assert row["commission_declined"] > 0


def test_it_still_does_after_approval_and_hold_by_the_clock(busy: World) -> None:
    ship(busy)
    for days in (31, 62):
        busy.now += days * 86_400_000
        busy.settle(busy.click())
        ship(busy)
        (row,) = answer(busy, *MONEY)
        assert {name: row[name] for name in by_the_book(busy)} == by_the_book(busy)
    assert row["commission_pending"] == 0


def test_every_event_is_there_with_its_verdict_and_reason(busy: World) -> None:
    assert ship(busy) > 0
    rows = answer(busy, "gross_impressions", "impressions", by=("reason",))
    by_reason = {row["reason"]: row for row in rows}
    assert by_reason["robot"]["gross_impressions"] == 10
    assert by_reason["robot"]["impressions"] == 0
    assert by_reason[None]["impressions"] == 90
    assert "unknown_link" in by_reason
    (row,) = answer(busy, "clicks", "gross_clicks", where={"publisher": [3]})
    assert row["clicks"] == 41
    (order,) = answer(busy, "sales", "revenue", where={"customer": ["new"]})
    assert (order["sales"], order["revenue"]) == (1, 991_250_000 - 39_950_000)


def test_nothing_stays_in_the_outbox_and_nothing_is_shipped_twice(busy: World) -> None:
    waiting = BookOutbox(busy).after(0, 100)
    assert [decode_facts(body).batch for _, body in waiting] == [batch for batch, _ in waiting]
    ship(busy, rows=1)
    before = answer(busy, *MONEY)
    assert facade.untold(busy.book) == 0
    assert read_catalog(busy.folder / "lake").shipped == waiting[-1][0]

    class Forgetful(BookOutbox):
        """An outbox that a crash kept from forgetting."""

        def after(self, batch: int, limit: int) -> list[tuple[int, bytes]]:
            return [(number, body) for number, body in waiting if number > batch][:limit]

    with (
        LakeWriter(busy.folder / "lake") as lake,
        Shipper(lake, Forgetful(busy), busy.config.journal_dir) as shipper,
    ):
        assert shipper.ship(busy.now) == 0
    assert answer(busy, *MONEY) == before


def test_a_batch_that_is_missing_from_the_outbox_is_reported(busy: World) -> None:
    waiting = BookOutbox(busy).after(0, 100)

    class Holed(BookOutbox):
        def after(self, batch: int, limit: int) -> list[tuple[int, bytes]]:
            return [(number, body) for number, body in waiting if number > batch and number != 2][:limit]

    with LakeWriter(busy.folder / "lake") as lake:
        with Shipper(lake, Holed(busy), busy.config.journal_dir) as shipper, pytest.raises(BatchOutOfOrder):
            shipper.ship(busy.now)
        assert lake.catalog.rows == 0


def test_a_journal_that_lost_events_is_reported(busy: World, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with (
        LakeWriter(busy.folder / "lake") as lake,
        Shipper(lake, BookOutbox(busy), elsewhere) as shipper,
        pytest.raises(JournalShorterThanCursor),
    ):
        shipper.ship(busy.now)


def test_facts_become_readable_while_everything_runs(busy: World) -> None:
    stop = threading.Event()
    with LakeWriter(busy.folder / "lake") as lake:
        arguments = (lake, BookOutbox(busy), busy.config.journal_dir, Pace(interval_ms=10))
        told = {"stop": stop, "now": lambda: busy.now}
        shipping = threading.Thread(target=run, args=arguments, kwargs=told)
        shipping.start()
        try:
            wait_for(lambda: read_catalog(busy.folder / "lake").shipped >= 4)
        finally:
            stop.set()
            shipping.join()
    (row,) = answer(busy, *MONEY)
    assert {name: row[name] for name in by_the_book(busy)} == by_the_book(busy)
