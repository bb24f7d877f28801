"""A random market is the same in the real book as where everything is counted from the first entry."""

import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from django.db import connections

from tests.property.markets import market
from tests.property.test_whole_market import WholeMarket
from tests.scenarios.world import config_of, evidence_of
from utfall.engine import Decisions
from utfall.events import AnyEvent, encode
from utfall.journal import StreamWriter
from utfall.portal.book import facade
from utfall.workers.invariants import check_all
from utfall.workers.publish import publish
from utfall.workers.replay import ReplaySource, replay
from utfall.workers.settle import Settler, SettlerConfig


class Recorded(WholeMarket):
    """A market that remembers what was told, batch by batch."""

    def __init__(self, chance: Random) -> None:
        super().__init__(chance, market(chance))
        self.told: list[tuple[int, tuple[AnyEvent, ...]]] = []
        settle = self.ledger.settle

        def recorded(*events: AnyEvent, now: int | None = None, **more: Any) -> Decisions:
            decided = settle(*events, now=now, **more)
            self.told.append((decided.manifest.now, events))
            return decided

        self.ledger.settle = recorded  # type: ignore[method-assign]


CHILD = """
import pathlib, sys
from tests.scenarios.world import config_of
from utfall.portal import keep_on_server
from utfall.portal.book import facade
from utfall.workers.settle import Settler

config, batches, url = config_of(pathlib.Path(sys.argv[1])), int(sys.argv[2]), sys.argv[3]
if url:
    keep_on_server(config.book_path, url)
with Settler(config, lambda: 0) as settler:
    while facade.progress(facade.open_book(config.book_path, migrate=False)).seq < batches:
        settler.step()
        print("settled", flush=True)
"""


def settled(life: Recorded, folder: Path) -> SettlerConfig:
    """The same batches, by the real settler."""
    config = config_of(folder)
    publish(life.ledger.terms.market, config.snapshots_dir)
    now = [0]
    with Settler(config, lambda: now[0]) as settler:
        for at, events in life.told:
            now[0] = at
            if events:
                with StreamWriter(config.journal_dir, "portal-0") as writer:
                    writer.append([encode(event) for event in events])
            settler.step()
    return config


@pytest.fixture(scope="module")
def life() -> Recorded:
    """One with shared orders, corrections of tiers, and payouts of both."""
    life = Recorded(Random(13))
    life.live(110)
    return life


@pytest.fixture(scope="module")
def config(life: Recorded, tmp_path_factory: pytest.TempPathFactory) -> SettlerConfig:
    return settled(life, tmp_path_factory.mktemp("money"))


def test_the_book_says_what_counting_from_the_first_entry_says(
    life: Recorded, config: SettlerConfig, tmp_path: Path
) -> None:
    book, purse = facade.open_book(config.book_path), life.ledger.purse
    stands = {
        (one.currency, one.owner, one.owner_id, one.bucket): one.balance_micros
        for one in facade.balances(book)
        if one.balance_micros
    }
    assert stands == {tuple(account): micros for account, micros in life.ledger.balances.items() if micros}
    assert {tuple(one) for one in facade.payouts(book)} == {
        msgspec.structs.astuple(one) for one in purse.payouts.values()
    }
    assert {one.name: tuple(one) for one in facade.papers(book, count=1000)} == {
        one.name: msgspec.structs.astuple(one) for one in purse.papers.values()
    }
    paid = {
        (one.source, one.number, row.publisher): row.transaction
        for row in facade.payouts(book)
        for one in facade.commissions_of_payout(book, row.number, count=1000)
        if one.commission_micros
    }
    sent = {one.transaction for one in purse.payouts.values()}
    assert paid
    assert paid == {key: by for key, by in purse.paid_by.items() if by in sent}
    assert check_all(evidence_of(config, book)) == []
    assert replay(ReplaySource.of(config), tmp_path / "again.sqlite3").difference is None


def test_a_book_that_was_begun_before_learns_what_moved_outside(
    config: SettlerConfig, tmp_path: Path
) -> None:
    migration = import_module("utfall.portal.book.migrations.0006_moved_outside")
    shutil.copy(config.book_path, tmp_path / "book.sqlite3")
    book = facade.open_book(tmp_path / "book.sqlite3")
    connection = connections[book.alias]
    asked = "SELECT id, outside_micros FROM book_account ORDER BY id"
    with connection.cursor() as cursor:
        told = cursor.execute(asked).fetchall()
        cursor.execute("UPDATE book_account SET outside_micros = '0'")
        with connection.schema_editor() as editor:
            migration.fill(None, editor)
        assert cursor.execute(asked).fetchall() == told
    facade.close_book(book)
    assert sum(1 for _account, micros in told if micros != "0") > 5


def test_a_settler_killed_among_payouts_makes_the_same_book(config: SettlerConfig, tmp_path: Path) -> None:
    the_killed_make_the_same_book(config, tmp_path / "crashed", kills=4)


def the_killed_make_the_same_book(config: SettlerConfig, folder: Path, *, kills: int, url: str = "") -> None:
    """Settlers settle elsewhere what is written down: what one that was killed had not committed is as if it
    had never been, and is settled by the next. Their book is in a file of the folder, or on a server.
    """
    chance, first = Random(7), facade.open_book(config.book_path)
    for name in ("journal", "snapshots", "keys"):
        shutil.copytree(config.journal_dir.parent / name, folder / name)
    batches = facade.progress(first).seq
    for _ in range(kills):
        live(folder, batches, chance.randint(1, batches // kills - 1), url)
    live(folder, batches, batches, url)
    second = facade.open_book(config_of(folder).book_path)
    assert facade.progress(second).seq == batches
    assert facade.first_difference(first, second) is None


def live(folder: Path, batches: int, steps: int, url: str) -> None:
    """Lets a settler settle so many batches, or all, and kills it at work on the next."""
    command = [sys.executable, "-c", CHILD, str(folder), str(batches), url]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _, _line in zip(range(steps), process.stdout, strict=False):
            pass
        process.kill()
