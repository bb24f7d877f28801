"""`utfall check` where nothing ships or follows: it says so at once, and still finds what is wrong."""

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.scenarios.running_cli import NORDIC, order, utfall, write_rows
from utfall.lake import LakeWriter, is_written

LAKE = "the lake equals the book"
LIST = "the list of orders equals the book"
TRIES_S = 10.0
"""What it waits for whoever ships."""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two days, each settled, shipped and followed. Read it, do not change it."""
    data = tmp_path_factory.mktemp("checked") / "data"
    assert utfall(data, "publish", str(NORDIC)).code == 0
    for name in ("A-1", "A-2"):
        file = write_rows(data.parent / f"{name}.jsonl", [order(name)])
        assert utfall(data, "load", str(file)).code == 0
        assert utfall(data, "follow", "--once").code == 0
    return data


@pytest.fixture
def copy(shop: Path, tmp_path: Path) -> Path:
    """The shop, to change."""
    shutil.copytree(shop, tmp_path / "data")
    return tmp_path / "data"


def changed(data: Path, name: str, *statements: str) -> None:
    """A file's tables after somebody wrote into them."""
    with closing(sqlite3.connect(data / name)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def said(data: Path, check: str, *, code: int = 0) -> tuple[dict[str, object], float]:
    """What is answered of one invariant, and after how many seconds all were."""
    began = time.monotonic()
    ran = utfall(data, "check", "--json")
    assert ran.code == code, ran
    (one,) = (each for each in ran.json["checks"] if each["check"] == check)
    return one, time.monotonic() - began


def unshipped(data: Path) -> None:
    """As settlement leaves a batch before anybody ships it."""
    (data / "lake" / "catalog.json").unlink()
    with closing(sqlite3.connect(data / "book.sqlite3")) as book:
        last = book.execute("SELECT max(seq) FROM book_batch").fetchone()[0]
        book.executemany(
            "INSERT INTO book_outbox (batch, body) VALUES (?, x'')", [(one,) for one in range(1, last + 1)]
        )
        book.commit()


def test_what_waits_for_the_lake_is_said_at_once_where_nothing_ships(copy: Path) -> None:
    unshipped(copy)
    one, seconds = said(copy, LAKE)
    assert one["holds"]
    assert one["note"] == "not asked: 2 batches wait for the lake, and nothing ships (utfall settle --once)"
    assert seconds < TRIES_S


def test_whoever_ships_is_waited_for(copy: Path) -> None:
    unshipped(copy)
    with LakeWriter(copy / "lake"):
        one, seconds = said(copy, LAKE)
    assert one["note"] == "not asked: the lake has not caught up with the book"
    assert seconds >= TRIES_S - 1


def test_a_lake_that_lost_what_it_had_taken_is_found(copy: Path) -> None:
    """Nothing waits in the book, and yet the lake does not have it: nobody will ever ship it."""
    (copy / "lake" / "catalog.json").unlink()
    one, seconds = said(copy, LAKE, code=1)
    assert one["findings"] == ["The lake holds nothing, the book ends with batch 2, and nothing waits."]
    assert seconds < TRIES_S


def test_a_list_that_nobody_keeps_is_said_within_seconds(copy: Path) -> None:
    changed(copy, "conversions.sqlite3", "UPDATE conversions_followed SET receipt = receipt - 1")
    one, seconds = said(copy, LIST)
    assert str(one["note"]).endswith(", and nothing follows (utfall follow)")
    assert seconds < TRIES_S


def test_an_empty_installation_has_nothing_to_say(tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert utfall(data, "publish", str(NORDIC)).code == 0
    assert utfall(data, "settle", "--once").code == 0
    one, seconds = said(data, LAKE)
    assert (one["holds"], one["note"]) == (True, "")
    assert seconds < TRIES_S


def test_asking_who_writes_a_lake_takes_it_from_nobody(tmp_path: Path) -> None:
    assert not is_written(tmp_path / "none")
    with LakeWriter(tmp_path):
        assert is_written(tmp_path)
    assert not is_written(tmp_path)
    LakeWriter(tmp_path).close()
