"""A small demo market through the real ways: told as files are, settled by its own clock, proved as any."""

import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from tests.scenarios.running_cli import utfall
from utfall.cli.demo_history import Begun, begin, later_path, tell_history, truth_path
from utfall.demo.chance import DAY_MS
from utfall.demo.history import minted_with, read_later, write_history
from utfall.demo.simulation import Market, World
from utfall.demo.truth import Happening, read_truth
from utfall.events import Action, Amendment, Conversion
from utfall.journal.keys import CLICK_KEYS, KeyRing
from utfall.portal.book import facade
from utfall.settings import Settings
from utfall.workers.publish import publish

DAYS, SCALE = 60, 0.12


class Place(NamedTuple):
    """A folder that a market was told in."""

    settings: Settings
    world: World

    def ask(self, *words: str) -> list[dict[str, object]]:
        """The rows of a report."""
        ran = utfall(self.settings.data_dir, "report", *words, "--json")
        assert ran.code == 0, ran.err
        rows: list[dict[str, object]] = ran.json["rows"]
        return rows


def settings_in(folder: Path) -> Settings:
    return replace(Settings(), data_dir=folder)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Two months of a small market, told as `utfall demo` tells it."""
    until = time.time_ns() // 1_000_000
    since = until - DAYS * DAY_MS
    settings = settings_in(tmp_path_factory.mktemp("market") / "data")
    world = Market(4, SCALE).history(since, until)
    publish(world.market, settings.snapshots_dir)
    begin(settings, Begun(4, SCALE, since, until))
    tell_history(settings, world)
    return Place(settings, world)


def test_everything_holds_that_must(place: Place) -> None:
    checked = utfall(place.settings.data_dir, "check")
    assert checked.code == 0, checked.out
    replayed = utfall(place.settings.data_dir, "replay", "--json")
    assert replayed.json["identical"]


def test_what_was_told_is_what_was_settled(place: Place) -> None:
    told = [one for one in place.world.told if isinstance(one, Conversion)]
    book = facade.open_book(place.settings.book_path)
    for one in told:
        assert facade.conversion(book, one.advertiser, one.outcome.value, one.order).currency == one.currency
    kinds = Counter(place.world.truth.kinds[one.id] for one in place.world.told)
    rows = place.ask("--metrics", "gross_clicks,conversions", "--by", "program")
    assert sum(int(str(row["gross_clicks"])) for row in rows) == kinds["click"]
    assert sum(int(str(row["conversions"])) for row in rows) <= len(
        {(one.advertiser, one.order) for one in told}
    )


def test_an_objection_of_the_past_is_heard_in_its_time(place: Place) -> None:
    """An order is declined where the shop declined it, though by now its time for objections has ended."""
    declined = [
        one
        for one in place.world.told
        if isinstance(one, Amendment) and one.action is Action.DECLINE and one.advertiser < 3
    ]
    book = facade.open_book(place.settings.book_path)
    assert declined
    for one in declined:
        row = facade.conversion(book, one.advertiser, one.outcome.value, one.order)
        assert row.status == "declined", one


def test_orders_move_on_by_the_clock_of_their_time(place: Place) -> None:
    """Some wait, some are certain, and the hold of the oldest has ended."""
    balances = facade.balances(facade.open_book(place.settings.book_path))
    buckets = {one.bucket for one in balances if one.owner == "publisher" and one.balance_micros}
    assert {"pending", "approved", "payable"} <= buckets


def test_the_outage_is_a_day_of_clicks_without_orders(place: Place) -> None:
    outage = place.world.truth.incident(Happening.TRACKING_OUTAGE)
    day = place.world.market.zones[0].day(outage.since).isoformat()
    rows = place.ask("--metrics", "gross_clicks,conversions", "--by", "day", "--where", "program=101")
    (found,) = (row for row in rows if str(row["day"]) == day)
    assert int(str(found["gross_clicks"])) > 0
    assert int(str(found["conversions"])) == 0


def test_the_truth_is_beside_it_and_told_once(place: Place) -> None:
    assert read_truth(truth_path(place.settings)) == place.world.truth
    assert read_later(later_path(place.settings)) == list(place.world.later)
    before = truth_path(place.settings).stat().st_mtime_ns
    tell_history(place.settings, place.world)
    assert truth_path(place.settings).stat().st_mtime_ns == before


def test_a_history_is_a_file_that_anybody_may_load(place: Place, tmp_path: Path) -> None:
    """The same rows by `utfall load --history`, elsewhere: every one is accepted, and everything holds."""
    settings = settings_in(tmp_path / "data")
    publish(place.world.market, settings.snapshots_dir)
    key = KeyRing.load_or_create(settings.keys_dir / CLICK_KEYS, place.world.truth.since).newest
    path = tmp_path / "history.jsonl.gz"
    write_history(path, place.world.told, minted_with(key))
    ran = utfall(settings.data_dir, "load", str(path), "--history", "--json")
    assert (ran.code, ran.json["refused"]) == (0, 0), ran.err
    assert ran.json["accepted"] == len(place.world.told)
    assert utfall(settings.data_dir, "check").code == 0
    assert facade.trial_balance(facade.open_book(settings.book_path)) == facade.trial_balance(
        facade.open_book(place.settings.book_path)
    )


def test_a_time_of_receipt_is_only_taken_for_history(place: Place, tmp_path: Path) -> None:
    settings = settings_in(tmp_path / "data")
    publish(place.world.market, settings.snapshots_dir)
    key = KeyRing.load_or_create(settings.keys_dir / CLICK_KEYS, place.world.truth.since).newest
    path = tmp_path / "history.jsonl.gz"
    write_history(path, place.world.told[:5], minted_with(key))
    ran = utfall(settings.data_dir, "load", str(path), "--no-settle", "--json")
    assert ran.json["reasons"] == {"invalid_field": 5}
