"""`utfall follow` as a process: killed at any moment it goes on where it was, and `utfall check` agrees.

`CRASH_ROUNDS` says how many times, `CRASH_SEED` where chance begins; the seed is printed with a failure.
"""

import os
import random
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.portal.database import begin_in
from tests.scenarios.running_cli import command, environment, utfall
from tests.scenarios.test_lake import ship
from tests.scenarios.world import DAY, World
from tests.waiting import wait_for
from utfall.events import Action, Line
from utfall.portal.book import facade as book

CRASHES = int(os.environ.get("CRASH_ROUNDS", "4"))
SEED = int(os.environ.get("CRASH_SEED", "20261122"))
ORDERS = 60
MANY = 3000
"""So many that a process is killed before it has read them all."""
SHOE = Line(amount_micros=100_000_000, category="shoes")


@pytest.fixture
def orders() -> int:
    return ORDERS


@pytest.fixture
def world(tmp_path: Path, orders: int) -> World:
    """Orders, some of them declined, the others approved by time."""
    made = World(tmp_path / "data", auto_approval_days=30)
    begin_in(made.folder)
    click = made.click()
    sales = [made.sale(f"A-{n}", SHOE, clicks=[click]) for n in range(orders)]
    made.settle(click, *sales, *(made.amend(f"A-{n}", Action.DECLINE) for n in range(0, orders, 10)))
    made.now += 31 * DAY
    made.settle()
    return made


def changes(world: World) -> list[tuple[int, str, int]]:
    with closing(sqlite3.connect(world.folder / "portal.sqlite3")) as portal:
        return portal.execute("SELECT id, kind, receipt FROM changes_change ORDER BY id").fetchall()


def rows(world: World) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(world.folder / "conversions.sqlite3")) as projection:
        return projection.execute("SELECT * FROM conversions_conversion ORDER BY id").fetchall()


@pytest.mark.slow
@pytest.mark.parametrize("orders", [MANY])
def test_killed_at_any_moment_it_tells_everything_once(world: World, orders: int) -> None:
    chance = random.Random(SEED)
    for _ in range(CRASHES):
        running = subprocess.Popen(
            command(world.folder, "follow"), env=environment(UTFALL_FOLLOW_INTERVAL_MS="1")
        )
        wait_for(lambda: _it_reads(world), running, pause_s=0.02)
        time.sleep(chance.random() * 0.3)
        running.send_signal(signal.SIGKILL)
        running.wait()
    assert utfall(world.folder, "follow", "--once").code == 0
    told = changes(world)
    receipts = [number for number, *_ in _about_orders(world)]
    assert sorted(receipt for _id, _kind, receipt in told) == receipts, f"CRASH_SEED={SEED}"
    assert [receipt for _id, _kind, receipt in told] == receipts, f"CRASH_SEED={SEED}: out of order"
    assert len(rows(world)) == orders


def test_a_deleted_projection_is_made_again_the_same(world: World) -> None:
    assert utfall(world.folder, "follow", "--once").code == 0
    before = rows(world), changes(world)
    for path in world.folder.glob("conversions.sqlite3*"):
        path.unlink()
    assert utfall(world.folder, "follow", "--once").code == 0
    assert before == (rows(world), changes(world))
    assert utfall(world.folder, "follow", "--once", "--rebuild").code == 0
    assert before == (rows(world), changes(world))


def test_the_check_compares_the_list_with_the_book(world: World) -> None:
    ship(world)  # else the check waits for somebody who does
    assert utfall(world.folder, "follow", "--once").code == 0
    with closing(sqlite3.connect(world.folder / "conversions.sqlite3")) as projection:
        projection.execute("UPDATE conversions_conversion SET commission_micros = 1 WHERE id = 1")
        projection.commit()
    answer = utfall(world.folder, "check", "--json").json
    (found,) = [one for one in answer["checks"] if one["check"] == "the list of orders equals the book"]
    assert not found["holds"]
    assert "declined in SEK" in found["findings"][0]
    utfall(world.folder, "follow", "--once", "--rebuild")
    answer = utfall(world.folder, "check", "--json").json
    assert next(one for one in answer["checks"] if one["check"] == found["check"])["holds"]


def _about_orders(world: World) -> list[tuple[int, int]]:
    with book.reading(world.book):
        last = book.latest_receipt(world.book)
        found = book.receipts_from(world.book, 1, last)
        return [(one.id, one.conversion) for one in found if one.conversion is not None]


def _it_reads(world: World) -> bool:
    try:
        return bool(changes(world))
    except sqlite3.OperationalError:  # its tables are being made
        return False
