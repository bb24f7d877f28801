"""A disk that is full, and files that a crash left half written: nothing is lost, nothing counts twice.

A full disk is imitated by a limit on the size of files, which refuses a write in the middle as a disk does.
`CRASH_SEED` says where chance begins.
"""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from tests.scenarios.running_cli import PATIENCE_S, Ran, command, environment, utfall
from tests.scenarios.world import HOUR, NOON, WORKED, World, evidence_of
from tests.waiting import wait_for
from utfall.cli.money_plane import BookOutbox
from utfall.events import Action
from utfall.journal import JournalError, StreamReader
from utfall.lake import Lake, LakeWriter, Query, read_catalog
from utfall.portal.book import facade
from utfall.workers.batches import OutOfOrder
from utfall.workers.intake import SETTLEMENT
from utfall.workers.invariants import check_all
from utfall.workers.replay import ReplaySource
from utfall.workers.replay import replay as rebuilt
from utfall.workers.settle import Settler
from utfall.workers.ship import Shipper

SEED = int(os.environ.get("CRASH_SEED", "20261121"))
FULL_DISKS: Final = 3
ORDERS: Final = 200
MONEY: Final = ("gross_clicks", "clicks", "sales", "cost", "commission_pending", "commission_declined")
SMALL: Final = {"UTFALL_SETTLE_BATCH_EVENTS": "50", "UTFALL_LAKE_INTERVAL_MS": "10"}

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
from utfall.cli import main
main()
"""


def with_room(data: Path, room_bytes: int, name: str, is_done: Callable[[], bool]) -> Ran:
    """Runs `utfall NAME` where no file may grow beyond some bytes, until it ends or has done its work."""
    process = subprocess.Popen(
        [sys.executable, "-c", LIMITED, str(room_bytes), "--data-dir", str(data), name],
        env=environment(**SMALL),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    wait_for(lambda: process.poll() is not None or is_done())
    process.send_signal(signal.SIGTERM)
    out, err = process.communicate(timeout=PATIENCE_S)
    return Ran(process.returncode, out, err)


def append_orders(*worlds: World) -> int:
    """The same orders with their clicks for every world; how many events that is in each."""
    for world in worlds:
        clicks = [world.click(11 + number % 2, NOON - HOUR, visitor=f"v{number}") for number in range(ORDERS)]
        sales = [world.sale(f"A-{number}", *WORKED, clicks=[click]) for number, click in enumerate(clicks)]
        changes = [world.amend(f"A-{number}", Action.DECLINE) for number in range(0, ORDERS, 4)]
        world.append(*clicks, stream="edge-0")
        world.append(*sales, *changes, stream="edge-1")
    return ORDERS * 2 + ORDERS // 4


def ship(world: World) -> None:
    """Ships all that waits."""
    with (
        LakeWriter(world.folder / "lake") as lake,
        Shipper(lake, BookOutbox(world.book), world.config.journal_dir) as shipper,
    ):
        while shipper.ship(NOON):
            pass


def in_the_lake(world: World) -> dict[str, int]:
    """The totals of the lake."""
    with Lake(world.folder / "lake") as lake:
        rows = lake.report(Query(MONEY)).totals.to_pylist()
    return {name: sum(row[name] or 0 for row in rows) for name in MONEY}


@pytest.mark.slow
def test_a_settler_on_a_full_disk_says_so_and_settles_once_there_is_room(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    world, undisturbed = World(tmp_path / "full"), World(tmp_path / "roomy")
    events = append_orders(world, undisturbed)
    book = world.config.book_path
    loud = 0

    def is_settled() -> bool:
        return sum(batch.events for batch in facade.batches(world.book)) == events

    for turn in range(FULL_DISKS):
        room = max(path.stat().st_size for path in book.parent.rglob("*") if path.is_file())
        ran = with_room(world.folder, room + chance.randrange(4096, 150_000), "settle", is_settled)
        loud += ran.code != 0
        assert (ran.code == 0) != bool(ran.err.strip()), f"turn {turn}: {ran.code} {ran.err}"
        assert "Traceback" not in ran.err, ran.err
        assert check_all(evidence_of(world.config)) == [], f"seed {SEED}, turn {turn}: {ran.err}"
    assert loud, "a disk that is never full proves nothing"
    undisturbed.settle()
    assert utfall(world.folder, "settle", "--once", cwd=tmp_path, **SMALL).code == 0
    assert check_all(evidence_of(world.config)) == []
    assert sum(batch.events for batch in facade.batches(world.book)) == events
    assert world.standing() == undisturbed.standing()
    report = rebuilt(ReplaySource.of(world.config), tmp_path / "again" / "book.sqlite3")
    assert report.difference is None


@pytest.mark.slow
def test_a_lake_writer_on_a_full_disk_says_so_and_ships_once_there_is_room(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    world = World(tmp_path / "full")
    append_orders(world)
    world.settle()
    untold = facade.untold(world.book)
    assert untold
    for turn in range(FULL_DISKS):
        ran = with_room(
            world.folder, chance.randrange(100, 12_000), "ship", lambda: not facade.untold(world.book)
        )
        assert (ran.code != 0, bool(ran.err.strip())) == (True, True), f"turn {turn}: it failed in silence"
        assert "Traceback" not in ran.err, ran.err
        with Lake(world.folder / "lake") as lake:
            assert lake.report(Query(("sales",))).shipped in (-1, untold)
        assert facade.untold(world.book) in (0, untold)
    ship(world)
    assert in_the_lake(world)["sales"] == ORDERS
    assert in_the_lake(world)["gross_clicks"] == ORDERS
    assert utfall(world.folder, "check").code == 0


@pytest.mark.slow
def test_a_disk_that_fills_up_under_a_lake_writer_leaves_no_half_shipment(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    world.settle(world.sale("first", *WORKED))
    process = subprocess.Popen(
        command(world.folder, "ship"), env=environment(**SMALL), stderr=subprocess.PIPE, text=True
    )
    wait_for(lambda: not facade.untold(world.book), process)
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (3000, 3000))
    world.settle(*(world.sale(f"A-{number}", *WORKED) for number in range(ORDERS)))
    _, err = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, "Traceback" in err) == (3, False), err
    assert "too large" in err
    assert facade.untold(world.book) > 0
    assert in_the_lake(world)["sales"] == 1
    ship(world)
    assert in_the_lake(world)["sales"] == 1 + ORDERS
    assert not list((world.folder / "lake").rglob(".building-*"))
    assert check_all(evidence_of(world.config)) == []


def test_a_torn_tail_of_the_manifests_is_settled_again_or_refused(tmp_path: Path) -> None:
    """The power fails: some of the last manifests are gone. What was not committed is settled anew; a book
    that is ahead of its manifests is not built upon.
    """
    chance = random.Random(SEED)
    world = World(tmp_path / "whole")
    append_orders(world)
    config, books = replace(world.config, batch_events=50), [tmp_path / "book-0.sqlite3"]
    with ExitStack() as open_until_torn:
        settler = open_until_torn.enter_context(Settler(config, lambda: NOON))
        keep_book(config.book_path, books[0])
        while settler.step() is not None:
            books.append(tmp_path / f"book-{len(books)}.sqlite3")
            keep_book(config.book_path, books[-1])
        (log,) = (config.journal_dir / SETTLEMENT).glob("*-wal")
        shutil.copytree(config.journal_dir, tmp_path / "journal")
    refused = 0
    for turn in range(12):
        torn = World(tmp_path / f"torn-{turn}")
        keys, snapshots = torn.config.keys_dir, torn.config.snapshots_dir
        for source, target in ((config.keys_dir, keys), (config.snapshots_dir, snapshots)):
            shutil.copytree(source, target, dirs_exist_ok=True)
        shutil.copytree(tmp_path / "journal", torn.config.journal_dir, dirs_exist_ok=True)
        tear(torn.config.journal_dir / SETTLEMENT / log.name, chance)
        with StreamReader(torn.config.journal_dir, SETTLEMENT) as reader:
            left = reader.end()
        committed = (0, left, len(books) - 1)[turn % 3]
        shutil.copy(books[committed], torn.config.book_path)
        before = facade.table_digests(torn.book)
        try:
            with Settler(replace(torn.config, batch_events=50), lambda: NOON) as settler:
                settler.settle_all()
        except (JournalError, OutOfOrder):
            refused += 1
            assert left < committed, f"seed {SEED}, turn {turn}: refused though no manifest is missing"
            assert facade.progress(torn.book).seq == committed
            assert facade.table_digests(torn.book) == before, "a book that is ahead is left alone"
        else:
            assert left >= committed, f"seed {SEED}, turn {turn}: it settled on top of a lost manifest"
            assert check_all(evidence_of(torn.config)) == [], f"seed {SEED}, turn {turn}"
            assert torn.standing() == world.standing(), f"seed {SEED}, turn {turn}"
    assert refused, "a tail that tears nothing committed proves half"


def tear(log: Path, chance: random.Random) -> None:
    """Cuts a log somewhere, and lets its other files forget what was in it."""
    log.write_bytes(log.read_bytes()[: chance.randrange(log.stat().st_size)])
    log.with_name(log.name.replace("-wal", "-shm")).unlink()


def keep_book(path: Path, copy: Path) -> None:
    """A copy of the book as it is now, while a settler has it open."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)


def test_half_written_files_of_the_lake_are_not_in_it(tmp_path: Path) -> None:
    world = World(tmp_path / "world")
    append_orders(world)
    world.settle()
    lake = world.folder / "lake"
    ship(world)
    before = in_the_lake(world)
    assert before["sales"] == ORDERS
    (part, *_) = read_catalog(lake).parts
    content = (lake / part.path).read_bytes()
    folder = (lake / part.path).parent
    half = content[: len(content) // 2]
    strays = (
        folder / f".building-{part.name}",
        folder / "part-0000000900-0000000901.parquet",
        lake / ".building-catalog.json",
    )
    for stray in strays:
        stray.write_bytes(half)
    assert in_the_lake(world) == before
    with LakeWriter(lake):
        assert not any(stray.exists() for stray in strays)
    world.settle(world.click(visitor="after"))
    ship(world)
    assert in_the_lake(world) == before | {
        "gross_clicks": before["gross_clicks"] + 1,
        "clicks": before["clicks"] + 1,
        "cost": before["cost"] + 300_000,
    }
