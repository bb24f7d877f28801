"""A book on a PostgreSQL server is the very book that a file would hold, and guards itself as well."""

import inspect
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, OperationalError

from tests.portal.database import fresh_market, leave
from tests.postgres import name_of, new_database
from tests.scenarios.test_money_book import Recorded, settled, the_killed_make_the_same_book
from tests.scenarios.world import HOUR, NOON, WORKED, World, evidence_of
from utfall.cli.examination import examine
from utfall.portal import keep_on_server, server_of
from utfall.portal.book import facade
from utfall.portal.book.connection import raw, writing
from utfall.portal.databases import is_made
from utfall.portal.site import site
from utfall.settings import Settings
from utfall.workers.invariants import check_all
from utfall.workers.replay import ReplaySource, replay
from utfall.workers.settle import Settler, SettlerConfig


def on_server(folder: Path) -> str:
    """From now on the book of a folder is on a server; the URL of its database."""
    url = new_database()
    keep_on_server(folder / "book.sqlite3", url)
    return url


@pytest.fixture(scope="module")
def life() -> Recorded:
    """Shared orders, refunds, tiers, papers, payouts and what banks say of them."""
    life = Recorded(Random(16))
    life.live(110)
    return life


@pytest.fixture(scope="module")
def config(life: Recorded, tmp_path_factory: pytest.TempPathFactory) -> SettlerConfig:
    folder = tmp_path_factory.mktemp("served")
    on_server(folder)
    return settled(life, folder)


@pytest.fixture
def world(tmp_path: Path) -> World:
    on_server(tmp_path)
    world = World(tmp_path)
    world.settle(world.click(11, NOON - HOUR, visitor="v1"))
    return world


def test_the_same_events_make_the_same_book_on_a_server_and_in_a_file(
    config: SettlerConfig, tmp_path: Path
) -> None:
    """A replay is made into a file: it is compared with the server's rows, table by table."""
    assert not config.book_path.exists()
    assert check_all(evidence_of(config)) == []
    report = replay(ReplaySource.of(config), tmp_path / "again.sqlite3")
    assert report.difference is None
    assert report.digest == facade.book_digest(facade.open_book(config.book_path))


NO_QUESTIONS = {
    *("acknowledge", "acquire", "close_book", "load_slice", "export_receipt", "reading", "recall_traffic"),
    *("read_outbox", "untold"),
}
"""They change a book, or compare it, or answer with what cannot be compared or empties."""


def asked(book: facade.Book, question: Callable[..., Any]) -> Any:
    """What a book answers, every argument being one that has an answer in this life."""
    last = facade.last_transaction(book)
    (payout, *_), (paper, *_) = facade.payouts(book), facade.papers(book)
    known: dict[str, Any] = {
        "owner": "publisher",
        "party": 10,
        "bucket": "payable",
        "currency": "SEK",
        "publisher": 10,
        "advertiser": 1,
        "outcome": "sale",
        "reference": "A-1",
        "references": ["A-1", "A-2"],
        "after": 0,
        "through": last,
        "count": 100,
        "first": 1,
        "last": 20,
        "upto": last,
        "limit": 10,
        "since_ms": 0,
        "until_ms": 1 << 50,
        "before_ms": 1 << 50,
        "at_ms": 1 << 50,
        "now": 1 << 50,
        "number": 1,
        "numbers": [1, 2],
        "conversion": 1,
        "receipt": 1,
        "seq": 1,
        "most": 10,
        "transaction": payout.transaction,
        "transactions": [payout.transaction],
        "row": payout,
        "kinds": ("payable", "release", "approve"),
        "event": payout.event,
        "events": [payout.event],
        "field": "event",
        "value": payout.event,
        "name": paper.name,
        "names": [paper.name],
        "series": paper.series,
        "rule": 1,
        "period": "2026",
        "identity": "B1",
    }
    named = [name for name in inspect.signature(question).parameters if name in known]
    own: dict[str, dict[str, Any]] = {
        "last_numbers": {"series": [paper.series]},
        **{name: {"after": ("", 0)} for name in ("paid_by", "commissions_of_payout")},
    }
    try:
        answer = question(book, **{name: known[name] for name in named} | own.get(question.__name__, {}))
    except facade.Unknown as error:
        return str(error)
    return list(answer) if isinstance(answer, Iterator) else answer


QUESTIONS = [
    one
    for name, one in inspect.getmembers(facade, inspect.isfunction)
    if next(iter(inspect.signature(one).parameters), "") == "book" and name not in NO_QUESTIONS
]


def test_every_question_has_the_same_answer_on_a_server_and_in_a_file(
    config: SettlerConfig, tmp_path: Path
) -> None:
    replay(ReplaySource.of(config), tmp_path / "again.sqlite3")
    served = facade.open_book(config.book_path)
    filed = facade.open_book(tmp_path / "again.sqlite3", durable=False)
    assert len(QUESTIONS) > 60
    for question in QUESTIONS:
        assert asked(served, question) == asked(filed, question), question.__name__


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE book_entry SET amount_micros = 1", "never changed"),
        ("DELETE FROM book_receipt", "never deleted"),
        ("INSERT INTO book_account VALUES (90, 'publisher', 3, 'x', 'SEK', '5')", "begins empty"),
        ("INSERT INTO book_account VALUES (90, 'publisher', 3, 'x', 'SEK', '0', '5')", "begins empty"),
        ("UPDATE book_account SET balance_micros = '007'", "balance_micros"),
        ("UPDATE book_account SET outside_micros = '-0'", "outside_micros"),
        ("UPDATE book_cursor SET seq = seq + 2", "one by one"),
        (
            "INSERT INTO book_transaction VALUES (900, 'x', 'SEK', 0, 7, 3, 1, NULL, NULL, NULL, NULL)",
            "at least two entries",
        ),
        ("INSERT INTO book_entry VALUES (901, 1, 5)", "book_entry"),
        ("INSERT INTO book_entry VALUES (1, 90, 5)", "sealed"),
        ("INSERT INTO book_receipt SELECT * FROM book_receipt WHERE id = 1", "book_receipt"),
        ("INSERT INTO book_transaction SELECT * FROM book_transaction WHERE id = 1", "book_transaction"),
    ],
)
def test_a_server_refuses_what_a_file_refuses(config: SettlerConfig, statement: str, words: str) -> None:
    book = facade.open_book(config.book_path)
    with pytest.raises((IntegrityError, psycopg.IntegrityError), match=words), writing(book) as connection:
        connection.execute(statement)


def test_who_waited_too_long_for_the_lock_may_begin_again(config: SettlerConfig) -> None:
    book = facade.open_book(config.book_path)
    raw(book).execute("SET lock_timeout = 50")
    with psycopg.connect(server_of(config.book_path)) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtext('book'))")
        with pytest.raises(OperationalError, match="lock timeout"), writing(book):
            pass
    with writing(book) as connection:
        assert connection.execute("SELECT seq FROM book_cursor").fetchone()
    facade.close_book(book)


def test_a_settler_that_was_fenced_off_commits_no_more(world: World) -> None:
    with Settler(world.config, lambda: world.now) as settler:
        facade.acquire(world.book, "another")
        world.append(world.sale("A-1", *WORKED))
        with pytest.raises(facade.Fenced):
            settler.settle_all()


def test_a_reader_sees_one_moment_while_the_settler_goes_on(world: World) -> None:
    with facade.standing(world.config.book_path) as book:
        assert book is not None
        before = facade.progress(book).seq
        other = threading.Thread(target=world.settle, args=(world.sale("A-1", *WORKED),))
        other.start()
        other.join()
        assert facade.progress(book).seq == before
    assert facade.progress(world.book).seq == before + 1


def test_a_settler_killed_anywhere_settles_everything_once(config: SettlerConfig, tmp_path: Path) -> None:
    url = on_server(tmp_path)
    the_killed_make_the_same_book(config, tmp_path, kills=2, url=url)


def test_a_schema_is_made_when_it_has_tables(tmp_path: Path) -> None:
    """Where nothing but a book was made, nothing is asked of the portal."""
    on_server(tmp_path)
    book = facade.open_book(tmp_path / "book.sqlite3", migrate=False)
    assert not is_made(book.alias)
    facade.open_book(tmp_path / "book.sqlite3")
    assert is_made(book.alias)


def test_the_doctor_says_what_keeps_us_from_a_database(tmp_path: Path) -> None:
    url = new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE guest LOGIN")
    guest = url.replace("//utfall@", "//guest:open-sesame@")
    for place, words in (
        (url, "PostgreSQL 1"),
        (guest, f"GRANT CREATE ON DATABASE {name_of(url)} "),
        (f"{guest}&hoost=db", 'invalid URI query parameter: "hoost"'),
        (f"{guest} or", "unexpected spaces"),
    ):
        settings = Settings(data_dir=tmp_path, database=place)
        (found,) = (one for one in examine(settings) if one.what == "database")
        assert words in f"{found.found} {found.mend}"
        assert "open-sesame" not in f"{found.found} {found.mend}"
        assert found.level == ("ok" if place == url else "wrong")


def test_the_portals_tables_move_as_they_are_and_number_on(tmp_path: Path) -> None:
    fresh_market()
    leave()
    with (
        closing(sqlite3.connect(site().database_path)) as whole,
        closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as copy,
    ):
        whole.backup(copy)  # with what a log beside it still holds
    url = new_database()
    command = [sys.executable, "-m", "utfall.cli", "--data-dir", str(tmp_path), "move"]
    subprocess.run(command, env={**os.environ, "UTFALL_DATABASE": url}, check=True, capture_output=True)
    with psycopg.connect(url) as served, closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as held:
        for table in ("people_user", "people_organisation"):
            ask = f"SELECT count(*), max(id) FROM {table}"
            told = served.execute(ask.replace("FROM ", "FROM portal.")).fetchone()
            assert told == held.execute(ask).fetchone(), table
            assert told is not None
            number = served.execute(f"SELECT nextval('portal.{table}_id_seq')").fetchone()
            assert number == (told[1] + 1,), table
