"""A retroactive tier through everything that is real: journal, book, checks, replay, lake and what-if."""

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.scenarios.test_lake import answer, by_the_book, ship
from tests.scenarios.world import DAY, HOUR, NOON, World, evidence_of, market
from utfall.events import Line
from utfall.portal.book import checking, facade
from utfall.portal.book.stored import encode
from utfall.terms import Limit, Market, Measure, Period, Portion, Step, Tiered, TierMeasure, TierPeriod
from utfall.workers.compared import Scope
from utfall.workers.invariants import check_all
from utfall.workers.publish import publish
from utfall.workers.replay import ReplaySource, replay
from utfall.workers.whatif import Total, what_if, what_if_within

STEPS = (Step(0, Portion(80_000)), Step(1_000_000_000, Portion(100_000)))
RETROACTIVE = Tiered(TierMeasure.AMOUNT, TierPeriod.MONTH, STEPS, retroactive=True)
LIMIT = Limit(id=1, program=7, name="m", measure=Measure.COST, period=Period.MONTH, cap=250_000_000)


def priced(price: Tiered, *limits: Limit) -> Market:
    """The market of the scenarios, in which a sale is priced in steps."""
    terms = market(*limits)
    first, *others = terms.rules
    return msgspec.structs.replace(terms, rules=(msgspec.structs.replace(first, price=price), *others))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """600.00, 700.00 and 100.00 in November, approved by time."""
    made = World(tmp_path_factory.mktemp("tiers"))
    made.snapshot = publish(priced(RETROACTIVE, LIMIT), made.config.snapshots_dir)
    click = made.click(11, NOON - HOUR)
    made.settle(click)
    for number, units in enumerate((600, 700, 100), start=1):
        made.now = NOON + number * DAY
        made.settle(made.sale(f"T-{number}", Line(amount_micros=units * 1_000_000), clicks=[click]))
    for days in (35, 65):
        made.now = NOON + days * DAY
        made.settle()
    return made


def test_the_book_is_sound_and_is_rebuilt_to_the_byte(world: World) -> None:
    config = world.config
    assert check_all(evidence_of(config)) == []
    (pool,) = checking.pools(world.book)
    assert (pool.correction_micros, pool.fee_micros, pool.status) == (26_000_000, 5_200_000, "approved")
    report = replay(ReplaySource.of(config), world.folder / "again" / "book.sqlite3")
    assert report.identical


def test_the_lake_tells_corrections_as_commission_of_the_publisher_and_the_rule(world: World) -> None:
    ship(world)
    (row,) = answer(
        world, "commission_approved", "fee", "sales", by=("rule",), where={"publisher": (3,), "rule": (1,)}
    )
    assert (row["commission_approved"], row["fee"], row["sales"]) == (140_000_000, 28_000_000, 3)
    (total,) = answer(world, "commission_pending", "commission_approved", "fee", "cost")
    told = {name: total[name] for name in by_the_book(world)}
    assert told == by_the_book(world)


def test_what_if_counts_corrections_and_warms_up_over_the_whole_period(world: World, tmp_path: Path) -> None:
    span = Scope(advertiser=1, since_ms=NOON + 2 * DAY - HOUR, until_ms=NOON + 2 * DAY + HOUR)
    marginal = msgspec.structs.replace(RETROACTIVE, retroactive=False)
    report = what_if_within(ReplaySource.of(world.config), priced(marginal, LIMIT), tmp_path, span)
    (total,) = report.totals
    assert total.before.commission_micros == 56_000_000 + 26_000_000
    assert total.after.commission_micros == 62_000_000
    (rule,) = report.rules
    assert (rule.before.fee_micros, rule.after.fee_micros) == (16_400_000, 12_400_000)
    (publisher,) = report.publishers
    for before, after in ((one.before, one.after) for one in (total, rule, publisher)):
        assert (before.correction_micros, after.correction_micros) == (26_000_000, 0)


def test_what_if_of_all_history_tells_corrections_apart(world: World, tmp_path: Path) -> None:
    """140.00 with a correction of 26.00; without 1,000.00 at 8 %, 400.00 at 10 %; and 0.25 for the click."""
    marginal = msgspec.structs.replace(RETROACTIVE, retroactive=False)
    report = what_if(ReplaySource.of(world.config), priced(marginal, LIMIT), tmp_path)
    assert report.totals == [Total("SEK", 140_250_000, 120_250_000)]
    assert report.corrections == [Total("SEK", 26_000_000, 0)]


def test_a_tier_that_counts_something_else_than_its_orders_is_found(world: World, tmp_path: Path) -> None:
    (pool,) = checking.pools(world.book)
    wrong = msgspec.structs.replace(pool, counted=msgspec.structs.replace(pool.counted, orders=4))
    with (
        closing(sqlite3.connect(world.config.book_path)) as source,
        closing(sqlite3.connect(tmp_path / "book.sqlite3")) as broken,
    ):
        source.backup(broken)
        broken.execute("UPDATE book_tier SET state = ?", (encode(wrong),))
        broken.commit()
    found = check_all(evidence_of(world.config, facade.open_book(tmp_path / "book.sqlite3")))
    assert [one.check for one in found] == ["tiers count their orders"]
