"""What-if for one advertiser and a span: the numbers that docs/algorithms/what-if.md works by hand."""

import threading
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.scenarios.world import DAY, HOUR, NOON, WORKED, World, market
from utfall.events import Action, Line
from utfall.portal.book import facade
from utfall.terms import (
    Advertiser,
    Flat,
    Group,
    Limit,
    Link,
    Market,
    Measure,
    Over,
    Period,
    Portion,
    Program,
    ProgramTerms,
    Rule,
    Status,
    Step,
    Tiered,
    TierMeasure,
    TierPeriod,
)
from utfall.terms import Enrolment as Enrolled
from utfall.terms import Test as Ask
from utfall.terms.supposing import suppose
from utfall.workers.compared import Caution, OrderSide, Scope, Stopped, Sums
from utfall.workers.publish import publish
from utfall.workers.replay import ReplaySource
from utfall.workers.whatif import ScopedReport, batches_within, what_if, what_if_within


def two_advertisers(*limits: Limit) -> Market:
    """The market of the scenarios, and a second advertiser whose program 8 pays 10 % on sales."""
    terms = market(*limits)
    version = ProgramTerms(version=1, effective_from=0, fee_ppm=200_000)
    return msgspec.structs.replace(
        terms,
        advertisers=(*terms.advertisers, Advertiser(id=2, name="Hav")),
        programs=(
            *terms.programs,
            Program(
                id=8, advertiser=2, name="Hav", currency="SEK", zone="Europe/Stockholm", versions=(version,)
            ),
        ),
        enrolments=(*terms.enrolments, Enrolled(program=8, publisher=3, starts_at=0)),
        links=(
            *terms.links,
            Link(id=21, key="hav", program=8, publisher=3, destination="https://hav.example/"),
        ),
        rules=(
            *terms.rules,
            Rule(id=6, program=8, name="sale", outcome=terms.rules[0].outcome, price=Portion(100_000)),
        ),
    )


def with_rule(terms: Market, number: int, **changes: Any) -> Market:
    """A market with one rule changed."""
    rules = tuple(msgspec.structs.replace(one, **changes) if one.id == number else one for one in terms.rules)
    return msgspec.structs.replace(terms, rules=rules)


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Two orders of the worked basket by publisher 3, ten days apart, and one of another advertiser."""
    made = World(tmp_path)
    publish(two_advertisers(), made.config.snapshots_dir)
    for number in range(3):
        at = NOON + number * 10 * DAY
        click = made.click(11, at - HOUR)
        elsewhere = made.click(21, at - HOUR, advertiser=2, program=8, publisher=3)
        made.now = at
        made.settle(click, elsewhere)
        made.settle(
            made.sale(f"A-{number}", *WORKED, clicks=[click]),
            msgspec.structs.replace(
                made.sale(f"B-{number}", Line(amount_micros=100_000_000), clicks=[elsewhere]), advertiser=2
            ),
        )
    return made


def ask(world: World, candidate: Market, scope: Scope, folder: str = "whatif", **more: Any) -> ScopedReport:
    place = world.folder / folder
    place.mkdir()
    return what_if_within(ReplaySource.of(world.config), candidate, place, scope, **more)


def test_the_worked_example(world: World) -> None:
    """Shoes at 15 % instead of 12 %: 134.85 + 6.392 + 0.988 instead of 115.26 for the span's one order."""
    before = facade.book_digest(world.book)
    span = Scope(advertiser=1, since_ms=NOON + 10 * DAY, until_ms=NOON + 11 * DAY)
    report = ask(world, with_rule(two_advertisers(), 2, price=Portion(150_000)), span)
    (total,) = report.totals
    assert (total.before.commission_micros, total.after.commission_micros) == (115_260_000, 142_230_000)
    assert (total.before.cost_micros, total.after.cost_micros) == (138_312_000, 170_676_000)
    (publisher,) = report.publishers
    assert (publisher.publisher, publisher.orders_changed, publisher.orders_won) == (3, 1, 0)
    rules = {one.rule: (one.before.commission_micros, one.after.commission_micros) for one in report.rules}
    assert rules == {1: (7_380_000, 7_380_000), 2: (107_880_000, 134_850_000)}
    assert sum(one.after.fee_micros for one in report.rules) == total.after.fee_micros
    (example,) = report.examples
    assert (example.reference, example.amount_micros) == ("A-1", 991_250_000)
    assert example.before == OrderSide(
        status="pending",
        program=7,
        publisher=3,
        commission_micros=115_260_000,
        fee_micros=23_052_000,
        rules=(1, 2),
    )
    assert report.orders == report.orders_with_another_commission == 1
    assert facade.book_digest(world.book) == before, "the book itself is left alone"


def test_a_change_of_nothing_changes_nothing_and_the_baseline_is_what_the_book_says(world: World) -> None:
    report = ask(world, two_advertisers(), Scope(advertiser=1))
    (publisher,) = report.publishers
    assert publisher.before == publisher.after
    (earned,) = [one for one in facade.earned(world.book) if one.publisher == 3 and one.status == "pending"]
    hav = 3 * 10_000_000
    clicks = 3 * 250_000
    assert publisher.before.commission_micros == earned.commission_micros - hav + clicks
    assert report.examples == ()
    assert report.orders == publisher.before.orders == 3
    assert report.orders_with_another_commission == 0


def test_other_advertisers_events_are_not_settled(world: World) -> None:
    report = ask(world, two_advertisers(), Scope(advertiser=2))
    assert report.events == 6
    (total,) = report.totals
    assert total.before == Sums(commission_micros=30_000_000, fee_micros=6_000_000, orders=3)
    assert {one.rule for one in report.rules} == {6}


def test_a_program_alone_is_reported(world: World) -> None:
    assert ask(world, two_advertisers(), Scope(advertiser=1, program=7)).orders == 3
    other = ask(world, two_advertisers(), Scope(advertiser=1, program=8), "other")
    assert (other.orders, other.totals, other.publishers) == (0, (), ())


def test_an_order_that_goes_to_another_program_is_lost_to_the_one_reported(world: World) -> None:
    """Program 9 of the same advertiser has the later click; were it paused, program 7 would pay instead."""
    terms = two_advertisers()
    nine = msgspec.structs.replace(terms.programs[0], id=9, name="Nio")
    both = msgspec.structs.replace(
        terms,
        programs=(*terms.programs, nine),
        enrolments=(*terms.enrolments, Enrolled(program=9, publisher=4, starts_at=0)),
        links=(
            *terms.links,
            Link(id=31, key="nio", program=9, publisher=4, destination="https://fjall.example/"),
        ),
        rules=(*terms.rules, msgspec.structs.replace(terms.rules[0], id=31, program=9)),
    )
    publish(both, world.config.snapshots_dir)
    early, late = world.click(11, world.now), world.click(31, world.now + HOUR, program=9)
    world.now += 2 * HOUR
    world.settle(early, late, world.sale("A-9", *WORKED, clicks=[early, late]))
    paused = msgspec.structs.replace(
        nine, versions=(msgspec.structs.replace(nine.versions[0], status=Status.PAUSED),)
    )
    without = msgspec.structs.replace(both, programs=(*both.programs[:-1], paused))
    report = ask(world, without, Scope(advertiser=1, program=9))
    (publisher,) = report.publishers
    assert (publisher.publisher, publisher.orders_lost, publisher.after) == (4, 1, Sums())
    (example,) = report.examples
    assert (example.before.program, example.after.program, example.after.publisher) == (9, 7, 3)


def test_batches_before_the_warm_up_are_not_read(world: World) -> None:
    scope = Scope(advertiser=1, since_ms=NOON + 20 * DAY, warm_up_days=1)
    source = ReplaySource.of(world.config)
    last = facade.progress(world.book).seq
    told: list[int] = []
    report = ask(world, two_advertisers(), scope, say=lambda one: told.append(one.seq))
    assert report.orders == 1
    numbers = batches_within(source, scope, two_advertisers())
    assert numbers == range(last - report.batches + 1, last + 1)
    assert told == list(numbers)
    assert 0 < report.batches < last


def test_what_is_told_later_of_an_order_in_the_span_counts(world: World) -> None:
    world.settle(world.amend("A-0", Action.DECLINE))
    report = ask(world, two_advertisers(), Scope(advertiser=1, until_ms=NOON + DAY))
    (total,) = report.totals
    assert total.before == Sums(commission_micros=250_000, fee_micros=50_000), "only the click is paid"
    assert report.orders == 1


def test_a_limit_of_the_month_remembers_what_the_warm_up_used(world: World) -> None:
    """100.00 a month: both baskets are of November, and the first leaves nothing to the second."""
    cap = Limit(
        id=1,
        program=7,
        name="month",
        measure=Measure.COMMISSION,
        period=Period.MONTH,
        cap=120_000_000,
        over=Over.REFUSE,
    )
    scope = Scope(advertiser=1, since_ms=NOON + 10 * DAY, until_ms=NOON + 11 * DAY)
    report = ask(world, two_advertisers(cap), scope)
    (example,) = report.examples
    assert (example.after.status, example.after.reason) == ("unpaid", "cap_reached")
    assert report.orders_paid_only_before == 1
    cold = ask(world, two_advertisers(cap), msgspec.structs.replace(scope, warm_up_days=0), "cold")
    assert cold.orders_paid_only_before == 0


def test_a_price_in_steps_knows_what_the_warm_up_counted_and_corrects_within_the_span(world: World) -> None:
    """Shoes (899.00 of each order) at 15 % of the whole year from 1500.00 on: the second order reaches it.

    Its day would have paid 107.88 + 7.38 for the order, and 2 × 26.97 of correction; the third pays 15 %.
    """
    steps = (Step(0, Portion(120_000)), Step(1_500_000_000, Portion(150_000)))
    price = Tiered(TierMeasure.AMOUNT, TierPeriod.YEAR, steps, retroactive=True)
    candidate = with_rule(two_advertisers(), 2, price=price)
    for day, commission in ((10, 169_200_000), (20, 142_230_000)):
        since = NOON + day * DAY
        span = Scope(advertiser=1, since_ms=since, until_ms=since + DAY)
        report = ask(world, candidate, span, f"day-{day}")
        (total,) = report.totals
        assert (total.before.commission_micros, total.after.commission_micros) == (115_260_000, commission)
        rules = {one.rule: one.after.commission_micros for one in report.rules}
        assert rules == {1: 7_380_000, 2: commission - 7_380_000}
        (publisher,) = report.publishers
        assert publisher.after.commission_micros == commission


def test_an_order_that_another_publisher_would_win_is_won_and_lost(world: World) -> None:
    """The code VINTER is publisher 4's; without it the click of publisher 3 is paid."""
    click = world.click(11, world.now)
    world.settle(click, world.sale("A-9", *WORKED, clicks=[click], code="VINTER"))
    without = msgspec.structs.replace(two_advertisers(), codes=())
    report = ask(world, without, Scope(advertiser=1))
    assert {one.publisher: (one.orders_won, one.orders_lost) for one in report.publishers} == {
        3: (1, 0),
        4: (0, 1),
    }
    assert report.orders_with_another_payer == 1


def test_a_rule_that_begins_tomorrow_says_something_once_it_is_supposed(world: World) -> None:
    later = NOON + 40 * DAY
    terms = two_advertisers()
    shoes = msgspec.structs.replace(terms.rules[1], effective_until=later)
    coming = msgspec.structs.replace(terms.rules[1], id=9, price=Portion(150_000), effective_from=later)
    planned = msgspec.structs.replace(terms, rules=(terms.rules[0], shoes, coming, *terms.rules[2:]))
    scope = Scope(advertiser=1)
    plain = ask(world, planned, scope)
    assert plain.orders_with_another_commission == 0
    supposed = ask(
        world, suppose(planned, 7, later), scope, "supposed", baseline=suppose(planned, 7, world.now)
    )
    assert supposed.baseline is not None
    (total,) = supposed.totals
    assert total.after.commission_micros - total.before.commission_micros == 3 * 26_970_000


def test_supposed_rules_win_over_each_other_as_they_do_at_the_moment() -> None:
    terms = market()
    old, new = (
        Rule(id=50, program=7, name="old", outcome=terms.rules[2].outcome, price=Flat(1), effective_from=DAY),
        Rule(
            id=51,
            program=7,
            name="new",
            outcome=terms.rules[2].outcome,
            price=Flat(2),
            effective_from=2 * DAY,
        ),
    )
    ended = msgspec.structs.replace(old, id=52, effective_until=2 * DAY)
    group = Group(id=5, program=7, name="gold")
    moved = (
        Enrolled(program=7, publisher=3, starts_at=0, ends_at=DAY),
        Enrolled(program=7, publisher=3, starts_at=DAY, group=5),
    )
    agreed = msgspec.structs.replace(terms, groups=(group,), enrolments=moved)
    supposed = suppose(agreed, 7, 3 * DAY, rules=[ended, old, new])
    assert [rule.id for rule in sorted(supposed.rules, key=Rule.precedence)] == [51, 50]
    assert all(rule.holds_at(0) for rule in supposed.rules)
    assert [one.group for one in supposed.enrolments] == [5, 5]


def test_it_stops_when_told_to(world: World) -> None:
    stop = threading.Event()
    with pytest.raises(Stopped):
        ask(world, two_advertisers(), Scope(advertiser=1), say=lambda told: stop.set(), stop=stop.is_set)


def test_cautions_name_what_a_span_cannot_know(world: World) -> None:
    assert ask(world, two_advertisers(), Scope(advertiser=1)).cautions == ()
    total = Limit(id=1, program=7, name="all", measure=Measure.COST, period=Period.TOTAL, cap=10**12)
    returning = with_rule(two_advertisers(total), 2, when=Ask("customer.orders_before", "ge", 1))
    report = ask(world, returning, Scope(advertiser=1, since_ms=NOON), "span")
    assert report.cautions == (Caution.TOTAL_LIMITS_START_EMPTY, Caution.CUSTOMERS_COUNT_FROM_WARM_UP)


def test_a_report_is_json(world: World) -> None:
    report = ask(world, two_advertisers(), Scope(advertiser=1))
    assert msgspec.json.decode(msgspec.json.encode(report), type=ScopedReport) == report


def test_within_all_of_history_it_agrees_with_the_whole_what_if(world: World) -> None:
    other = with_rule(two_advertisers(), 2, price=Portion(150_000))
    whole = what_if(ReplaySource.of(world.config), other, world.folder / "whole")
    parts = [ask(world, other, Scope(advertiser=number), f"part-{number}") for number in (1, 2)]
    for side in ("before", "after"):
        commissions = [getattr(part.totals[0], side).commission_micros for part in parts]
        assert sum(commissions) == getattr(whole.totals[0], f"{side}_micros")
    assert sum(part.orders_with_another_commission for part in parts) == whole.orders_with_another_commission
