"""The demo's money: done by its people on their days, and going wrong as it was planted."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from tests.conftest import INSTALLATION
from tests.portal import database
from utfall.cli.demo_history import Begun, begin, tell_history
from utfall.cli.demo_money import Purse
from utfall.cli.demo_people import seed
from utfall.cli.invariants import asked
from utfall.demo.chance import DAY_MS
from utfall.demo.paydays import REFUSED, Act, chores
from utfall.demo.simulation import Market
from utfall.demo.truth import Happening, Truth
from utfall.portal.access import Caller
from utfall.portal.banking import facade as banking
from utfall.portal.invoices import facade as invoices
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import BatchState, PayoutState
from utfall.settings import Settings
from utfall.workers.publish import publish

DAYS, SCALE, SEED = 160, 0.2, 4


class Place(NamedTuple):
    """The demo as it is when it opens."""

    settings: Settings
    people: dict[str, Caller]
    truth: Truth


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """Told as `utfall demo` tells it."""
    until = time.time_ns() // 1_000_000
    since = until - DAYS * DAY_MS
    settings = replace(Settings(), data_dir=INSTALLATION)
    database.fresh()
    world = Market(SEED, SCALE).history(since, until)
    publish(world.market, settings.snapshots_dir)
    people = seed(settings, world.market)
    begin(settings, Begun(SEED, SCALE, since, until))
    tell_history(settings, world, Purse(people, since, until))
    yield Place(settings, people, world.truth)
    database.leave()


@pytest.mark.slow
def test_everything_holds_that_must(place: Place) -> None:
    assert [one for one in asked(place.settings) if one.findings] == []


@pytest.mark.slow
def test_papers_were_issued_and_publishers_paid_month_by_month(place: Place) -> None:
    operator = place.people["Olle Nordin"]
    runs = invoices.runs(operator).items
    assert len(runs) >= 3
    paid = payouts.payouts(operator, state=PayoutState.COMPLETED).items
    assert len({one.pay_on.month for one in paid}) >= 2
    assert payouts.payouts(place.people["Sofia Friberg"]).items


@pytest.mark.slow
def test_what_goes_wrong_is_what_the_truth_says(place: Place) -> None:
    operator = place.people["Olle Nordin"]
    failed = payouts.payouts(operator, state=PayoutState.FAILED).items
    incident = place.truth.incident(Happening.FAILED_TRANSFER)
    assert {one.publisher for one in failed} == {incident.publisher} == {REFUSED}
    assert all(one.ended_at and incident.since <= one.ended_at.timestamp() * 1000 for one in failed)
    late = place.truth.incident(Happening.LATE_PAYMENT)
    open_papers = invoices.open_papers()
    assert {one.party for one in open_papers} == {late.advertiser}
    assert any(one.is_overdue(datetime.now(UTC).date()) for one in open_papers)
    (lost,) = banking.suspense(operator)
    assert lost.other_party == "Balansera AB"
    assert any(one.state is BatchState.PROPOSED for one in payouts.batches(operator).items)


def test_nobody_is_paid_in_the_last_days_so_that_somebody_waits() -> None:
    until = round(datetime(2026, 11, 20, 10, tzinfo=UTC).timestamp() * 1000)
    planned = chores(until - 365 * DAY_MS, until)
    assert planned == sorted(planned)
    assert [one.act for one in planned[:2]] == [Act.AGREE, Act.PAY_AHEAD]
    assert planned[-1].act is Act.PROPOSE
    paid = [datetime.fromtimestamp(one.at / 1000, UTC) for one in planned if one.act is Act.RELEASE]
    days = [one.date().isoformat() for one in paid]
    assert days == [f"2026-{month:02}-15" for month in (1, 4, 6, 7, 8, 9, 10)], "by the quarter, then monthly"
    two_days_on = until + 2 * DAY_MS
    assert sum(one.act is Act.RELEASE for one in chores(until - 365 * DAY_MS, two_days_on)) == len(paid) + 1
