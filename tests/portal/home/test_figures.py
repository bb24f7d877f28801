"""The figures of a publisher's and of the operator's first page, from a real book and a real lake."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.portal.market import Tenant, TwoTenants
from tests.portal.partners.test_partnerships import approved
from tests.unit.lake.worlds import COUNTED, fact, facts, lake_of, touch, touches
from utfall.portal.access.times import to_ms
from utfall.portal.book import facade as book
from utfall.portal.home import figures
from utfall.portal.home.cards import Figure, cards_for
from utfall.portal.site import site

pytestmark = pytest.mark.usefixtures("own_site")


def seen(tenant: Tenant) -> dict[str, Figure]:
    cache.clear()
    return {str(one.label): one for one in cards_for(tenant.caller()) if isinstance(one, Figure)}


def test_what_cannot_be_known_yet_is_a_dash_and_no_zero(market: TwoTenants) -> None:
    told = seen(market.a.publisher)
    assert {label: one.value for label, one in told.items()} == {
        "Clicks": "–",
        "Pending commission": "–",
        "Approved commission": "–",
        "Active programs": "0",
    }
    told = seen(market.operator)
    assert told["Orders decided today"].value == told["Commission this month"].value == "–"
    assert told["Active programs"].value == told["Partnerships"].value == "0"


def test_clicks_outcomes_and_commission_come_from_the_lake(market: TwoTenants) -> None:
    view = approved(market)
    now = timezone.now()
    own: dict[str, Any] = {
        "advertiser": view.advertiser,
        "program": view.program,
        "publisher": view.publisher,
    }
    at, old = to_ms(now), to_ms(now - timedelta(days=31))
    clicked = [(touch("click", n, at=at, **own), COUNTED) for n in range(3)]
    clicked += [
        (touch("click", 8, at=old, **own), COUNTED),
        (touch("click", 9, at=at, **(own | {"publisher": 99})), COUNTED),
    ]
    earned = facts(
        fact(300, at=at, **own, sales=1, commission_pending_micros=60 * 10**6),
        fact(301, at=at, **own, leads=1, commission_approved_micros=40 * 10**6),
    )
    lake_of(Path(site().lake_dir), earned, touches(clicked, batch=2))
    told = seen(market.a.publisher)
    assert told["Clicks"].value == "3"
    assert len(told["Clicks"].spark) == figures.DAYS
    assert told["Active programs"].value == "1"
    told = seen(market.operator)
    assert told["Orders decided today"].value == "2"
    assert "100.00" in told["Commission this month"].value
    assert told["Partnerships"].value == "1"


def test_a_book_that_owes_nothing_says_zero(market: TwoTenants) -> None:
    book.close_book(book.open_book(Path(site().book_path)))
    told = seen(market.a.publisher)
    assert told["Pending commission"].value == told["Approved commission"].value == "0"


def test_what_a_publisher_is_owed_is_told_by_currency_and_never_added() -> None:
    rows = [
        book.Balance("publisher", 7, "pending", "SEK", -80_532_000),
        book.Balance("publisher", 7, "approved", "SEK", -20_000_000),
        book.Balance("publisher", 7, "payable", "SEK", -5_000_000),
        book.Balance("publisher", 7, "payable", "NOK", -70_000_000),
        book.Balance("publisher", 8, "pending", "EUR", -900_000_000),
        book.Balance("advertiser", 7, "owed", "SEK", 9),
    ]
    owed = figures.owed_to(7, rows)
    assert owed == {
        "pending": {"SEK": 80_532_000},
        "approved": {"NOK": 70_000_000, "SEK": 25_000_000},
    }
    told = figures._amounts("Approved commission", owed["approved"], "owed to you")
    assert "70.00" in told.value
    assert "25.00" in str(told.note)
