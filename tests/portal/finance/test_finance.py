"""The house's money on one page, by API and as files; and an advertiser's own."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.portal.funding.conftest import UNIT, Office, office
from tests.portal.validation.conftest import own_site
from utfall.portal.access import NotFound, Role
from utfall.portal.finance import facade
from utfall.portal.finance.models import FeeMonth
from utfall.portal.site import SiteConfig

ClientOf = Callable[..., Client]
__all__ = ["office", "own_site"]


def test_figures_are_of_the_book_at_one_entry(office: Office) -> None:
    office.fund(100, "bank-1")
    office.invoice(192, timezone.localdate().isoformat())
    found = facade.figures(office.operator)
    assert (found.currency, found.imbalance_micros) == ("SEK", 0)
    assert sum(one.micros for one in found.accounts) == 0
    assert (found.stands("operator", "bank"), found.stands("advertiser", "deposit")) == (
        100 * UNIT,
        -100 * UNIT,
    )
    assert [micros // UNIT for micros in found.ages] == [240, 0, 0, 0, 0]
    (used,) = found.used
    assert used.standing.entry == found.entry
    assert found.fees[-1].micros == 32 * UNIT
    # 100 of 240 are in the bank already; 140 are due today. Nobody can be paid yet.
    first = found.forecast.weeks[0]
    assert (first.in_micros, first.out_micros, first.ends_micros) == (140 * UNIT, 0, 240 * UNIT)
    assert found.forecast.unscheduled_micros == 160 * UNIT
    with pytest.raises(NotFound):
        facade.figures(office.buyer)


def test_fees_are_added_up_once_and_go_on_from_there(office: Office) -> None:
    today = datetime.now(UTC).date()
    assert facade.keep() == 1
    assert facade.keep() == 0
    row = FeeMonth.objects.system().get(month=f"{today:%Y-%m}")
    assert row.fees == {"SEK": 32 * UNIT}
    office.payday.earn("P-3")
    assert facade.figures(office.operator).fees[-1].micros == 48 * UNIT
    assert facade.keep() == 1
    office.payday.refund("P-1")
    assert facade.figures(office.operator).fees[-1].micros == 32 * UNIT
    FeeMonth.objects.system().update(after=row.through + 1, fees={"SEK": 1})
    assert facade.figures(office.operator).fees[-1].micros == 32 * UNIT, "kept of another book"


def test_an_empty_house_has_a_page(own_site: SiteConfig, market: Any, client_of: ClientOf) -> None:
    house = client_of(market.operator.users[Role.FINANCE])
    assert "No money yet" in house.get(f"/{market.operator.slug}/finance/").content.decode()
    buyer = client_of(market.a.advertiser.users[Role.FINANCE])
    assert "Nothing stands here yet" in buyer.get(f"/{market.a.advertiser.slug}/deposit/").content.decode()


def test_the_page_and_its_files(office: Office, client_of: ClientOf) -> None:
    office.invoice(192, "2026-01-10")
    market = office.payday.market
    house = client_of(market.operator.users[Role.FINANCE])
    root = f"/{market.operator.slug}/finance/"
    shown = house.get(f"{root}?currency=SEK").content.decode()
    assert "Every currency balances" in shown
    assert office.payday.side.advertiser.name in shown
    for table in ("accounts", "receivables", "credit", "coming", "fees", "forecast"):
        answer = house.get(f"{root}{table}.csv?currency=SEK")
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert lines[0].endswith(",currency,entry")
        assert len(lines) > 1
    assert house.get(f"{root}nothing.csv").status_code == 404
    stranger = client_of(market.b.advertiser.users[Role.FINANCE])
    theirs = f"/{market.b.advertiser.slug}/finance/advertisers/{office.number}/"
    assert stranger.get(theirs).status_code == 404
