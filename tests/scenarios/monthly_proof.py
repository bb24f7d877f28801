"""What must hold at the end of every month of a program's life, asked of everything that keeps a record."""

import sqlite3
from contextlib import closing

from django.core.cache import cache

from tests.scenarios.program_life import Life
from utfall.cli.invariants import asked
from utfall.portal.access import Caller
from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import Kind
from utfall.portal.conversions import projecting
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import Query
from utfall.portal.site import migrate
from utfall.workers.follow import catch_up
from utfall.workers.replay import ReplaySource, replay


def prove(life: Life) -> None:
    """The books balance, and whoever keeps a copy of them keeps the same."""
    life.settle()
    _everything_holds(life)
    _reports_equal_the_book(life)
    _the_feed_tells_what_the_list_says(life)
    _the_list_is_made_again_the_same(life)
    _the_book_is_settled_again_the_same(life)


def _everything_holds(life: Life) -> None:
    """What `utfall check` asks; none of it is left out."""
    found = list(asked(life.settings))
    assert [one for one in found if one.findings or one.note] == []
    assert len(found) > 10


def _reports_equal_the_book(life: Life) -> None:
    cache.clear()
    parties = (life.shop, life.market.a.agency, life.blog, life.coupons, life.cashback, life.market.operator)
    for caller in [one.caller() for one in parties]:
        agreed = reports.agreement(caller)
        assert agreed is not None
        assert agreed.is_equal, (caller.name, agreed)
    by_publisher = reports.ask(life.owner, Query(("cost", "conversions"), ("publisher", "day")))
    for name in ("cost", "conversions"):
        assert sum(row[name] or 0 for row in by_publisher.rows) == by_publisher.total[name]


def _the_feed_tells_what_the_list_says(life: Life) -> None:
    """Whoever follows the change feed from its beginning knows where every order stands."""
    assert _told(life.owner) == {
        f"conversion:{number}": (status, amount, commission)
        for number, status, amount, commission in _asked_of_list(
            life, "SELECT id, status, amount_micros, commission_micros FROM conversions_conversion"
        )
    }


def _told(caller: Caller) -> dict[str, tuple[object, ...]]:
    known: dict[str, tuple[object, ...]] = {}
    after, is_end = 0, False
    while not is_end:
        feed = changes.changes(caller, after, 200)
        after, is_end = feed.following, feed.is_end
        for one in feed.items:
            if one.kind.value.startswith("conversion.") and one.kind is not Kind.CONVERSION_REFUSED:
                body = one.body
                known[one.subject] = (body["status"], body["amount_micros"], body["commission_micros"])
    return known


def _the_list_is_made_again_the_same(life: Life) -> None:
    """Deleted and followed anew: the same rows, and nobody is told anything twice."""
    before, cursor = _dump(life), changes.latest()
    projecting.close()
    kept = (life.folder / "conversions.sqlite3").resolve()
    for rest in ("", "-wal", "-shm"):
        kept.with_name(kept.name + rest).unlink(missing_ok=True)
    migrate()
    catch_up(life.config.book_path, print)
    again = _dump(life)
    assert sorted(set(before) ^ set(again)) == []
    assert (again, changes.latest()) == (before, cursor)


def _dump(life: Life) -> list[tuple[object, ...]]:
    """Every row of the list, without the numbers that a row has for itself alone."""
    questions = (
        "SELECT * FROM conversions_conversion ORDER BY id",
        "SELECT conversion, value, publisher, advertiser, occurred_at FROM conversions_subid ORDER BY 1, 2",
        "SELECT * FROM conversions_followed",
    )
    return [row for question in questions for row in _asked_of_list(life, question)]


def _asked_of_list(life: Life, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(life.folder / "conversions.sqlite3")) as connection:
        return connection.execute(question).fetchall()


def _the_book_is_settled_again_the_same(life: Life) -> None:
    path = life.folder / "again.sqlite3"
    report = replay(ReplaySource.of(life.config), path)
    assert report.identical, report.difference
    for rest in ("", "-wal", "-shm"):
        path.with_name(path.name + rest).unlink(missing_ok=True)
