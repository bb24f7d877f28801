"""The checks find nothing in a sound book, and the right thing in every kind of broken one."""

import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from tests.scenarios.world import NOON, WORKED, World
from utfall.events import Action, Outcome
from utfall.portal.book import checking, facade
from utfall.terms import Limit, Measure, Period
from utfall.workers.invariants import CHECKS, Evidence, check_all

LIMIT = Limit(
    id=1, program=7, name="m", measure=Measure.COST, period=Period.MONTH, cap=10**9, outcome=Outcome.SALE
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = World(tmp_path_factory.mktemp("sound"), LIMIT)
    clicks = [world.click(at=NOON - 1000, visitor=f"v{number}") for number in range(6)]
    world.settle(*clicks)
    for number, click in enumerate(clicks):
        world.settle(world.sale(f"A-{number}", *WORKED, clicks=[click]))
    world.settle(
        world.amend("A-0", Action.APPROVE),
        world.amend("A-1", Action.DECLINE),
        world.amend("A-2", Action.REFUND),
    )
    return world


def evidence(world: World, book_path: Path | None = None) -> Evidence:
    config = world.config
    return Evidence(
        book=facade.open_book(book_path or config.book_path),
        journal_dir=config.journal_dir,
        snapshots_dir=config.snapshots_dir,
        keys_dir=config.keys_dir,
        lake_sums=lambda: {"SEK": dict.fromkeys(checking.MEASURES, 1)},
    )


def test_a_sound_book_has_no_findings(sound: World) -> None:
    assert check_all(evidence(sound)) == []


BREAKS = {
    "trial balance is zero": "UPDATE book_account SET balance_micros = balance_micros + 1 WHERE id = 1",
    "transactions balance": "UPDATE book_entry SET amount_micros = 1 WHERE transaction_id = 3",
    "every event is settled once": "UPDATE book_position SET position = position + 1",
    "budgets are within their caps": "UPDATE book_budget SET reserved = reserved - 1",
    "commissions equal accounts": "UPDATE book_commission SET commission_micros = 5 WHERE number = 4",
    "receipts chain and are signed": "UPDATE book_receipt SET publisher_side = x'7b7d' WHERE id = 5",
    "papers and payouts hold": "UPDATE book_account SET outside_micros = '5' WHERE id = 1",
}
MORE = {
    "transactions balance": "DELETE FROM book_entry WHERE transaction_id = 2 AND amount_micros > 0",
    "every event is settled once": "UPDATE book_batch SET manifest = x'00' WHERE seq = 2",
    "budgets are within their caps": "DELETE FROM book_budget",
    "receipts chain and are signed": "UPDATE book_batch SET signature = zeroblob(64) WHERE seq = 2",
}
CASES = [
    *BREAKS.items(),
    *MORE.items(),
    ("receipts chain and are signed", "DELETE FROM book_receipt WHERE id = 3"),
    ("receipts chain and are signed", "UPDATE book_receipt SET body = x'00' WHERE id = 4"),
]


@pytest.mark.parametrize(("check", "damage"), CASES)
def test_a_broken_book_is_found_out(sound: World, tmp_path: Path, check: str, damage: str) -> None:
    path = tmp_path / "book.sqlite3"
    facade.close_book(sound.book)
    shutil.copy(sound.config.book_path, path)
    vandalise(path, damage)
    found = evidence(sound, path)
    try:
        assert check in {finding.check for finding in check_all(found)}
    finally:
        facade.close_book(found.book)


def vandalise(path: Path, damage: str) -> None:
    """Somebody with the file and bad intentions: the guards are dropped first."""
    connection = sqlite3.connect(path, isolation_level=None)
    guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for (name,) in guards:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(damage)
    connection.close()


def test_a_journal_that_lost_events_is_found_out(sound: World, tmp_path: Path) -> None:
    shutil.copytree(sound.config.journal_dir, tmp_path / "journal")
    shutil.rmtree(tmp_path / "journal" / "edge-0")
    found = check_all(replace(evidence(sound), journal_dir=tmp_path / "journal"))
    assert [finding.check for finding in found] == ["the journal holds what was settled"]


def test_a_lost_snapshot_is_found_out(sound: World, tmp_path: Path) -> None:
    found = check_all(replace(evidence(sound), snapshots_dir=tmp_path))
    assert [finding.check for finding in found] == ["snapshots are known"]
    assert sound.snapshot in found[0].words


def test_a_lake_that_says_something_else_is_found_out(sound: World, tmp_path: Path) -> None:
    path = tmp_path / "book.sqlite3"
    facade.close_book(sound.book)
    shutil.copy(sound.config.book_path, path)
    found = evidence(sound, path)
    facade.acknowledge(found.book, 10**6)
    findings = check_all(found)
    facade.close_book(found.book)
    assert {finding.check for finding in findings} == {"the lake equals the book"}
    assert len(findings) == len(checking.MEASURES)


def test_every_check_says_what_it_checks() -> None:
    assert all(check.__doc__ and check.__doc__.endswith(".") for check in CHECKS.values())
