"""Values asked of a real lake: whole windows, amounts of one currency, and each owner's own facts."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.portal.market import TwoTenants
from tests.portal.reports import measured
from utfall.portal.alerts.acting import owner
from utfall.portal.alerts.contracts import Window
from utfall.portal.alerts.measuring import Measure, Wanted


@pytest.fixture
def busy(market: TwoTenants) -> Iterator[TwoTenants]:
    """Both sides have had clicks and sales on three days."""
    measured.fill(market)
    yield market
    measured.empty()


def wanted(market: TwoTenants, metric: str, currency: str = "") -> Wanted:
    return Wanted(
        caller=owner(market.a.advertiser.number, None),
        metric=metric,
        program=None,
        publisher=None,
        zone="UTC",
        currency=currency,
    )


def test_days_and_sums_are_what_was_measured(busy: TwoTenants) -> None:
    measure, clicks = Measure(measured.noon()), wanted(busy, "clicks")
    assert measure.value(clicks, Window.DAY) == 2
    assert measure.value(clicks, Window.WEEK) == 4
    assert measure.value(clicks, Window.TODAY) == 2
    assert measure.value(wanted(busy, "revenue", "SEK"), Window.DAY) == 100_000_000


def test_an_hour_without_anything_counts_nought_and_before_the_first_nothing_is_known(
    busy: TwoTenants,
) -> None:
    hours = Measure(measured.noon()).hours(wanted(busy, "clicks"))
    first = min(hours)
    assert hours[first] == 2
    assert hours[first + timedelta(hours=1)] == 0
    assert first - timedelta(hours=1) not in hours


def test_a_publisher_is_measured_by_its_own_facts(busy: TwoTenants) -> None:
    about = wanted(busy, "clicks")
    theirs = Wanted(
        caller=owner(None, busy.b.publisher.number),
        metric="clicks",
        program=None,
        publisher=None,
        zone=about.zone,
        currency="",
    )
    assert Measure(measured.noon()).value(theirs, Window.DAY) == 4
