"""The house's money on one page, by API and as files; and an advertiser's own."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.portal.funding.conftest import UNIT, Office, office
from tests.portal.validation.conftest import own_site
from utfall.bank import banking_day
from utfall.portal.access import NotFound, Permission, Role
from utfall.portal.book import facade as book
from utfall.portal.finance import facade
from utfall.portal.finance.exchanging import positions
from utfall.portal.finance.models import FeeMonth
from utfall.portal.payouts import judgements
from utfall.portal.payouts.models import Judgement
from utfall.portal.people import facade as people
from utfall.portal.site import SiteConfig
from utfall.rates import RATES_NAME, Rate, Table

ClientOf = Callable[..., Client]
THEN: Final = Rate(
    source="ECB",
    day=date(2026, 10, 30),
    currency="SEK",
    into="EUR",
    currency_micros=10_978_000,
    into_micros=UNIT,
)
__all__ = ["office", "own_site"]


def write_rates(site: SiteConfig, day: date, kronor: str) -> None:
    """The table of a day, of which one euro is so many kronor."""
    folder = Path(site.rates_path)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RATES_NAME).write_text(f"Date,SEK\n{day.isoformat()},{kronor}\n")


def test_figures_are_of_the_book_at_one_entry(office: Office) -> None:
    office.fund(100, "bank-1")
    office.invoice(192, book.today().isoformat())
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
    # 100 of 240 are in the bank already; 140 are due today, or come when banks open. Nobody can be paid yet.
    comes = banking_day("SEK", book.today())
    assert found.forecast is not None
    first = next(one for one in reversed(found.forecast.weeks) if one.starts <= comes)
    assert (first.in_micros, first.out_micros, first.ends_micros) == (140 * UNIT, 0, 240 * UNIT)
    assert found.forecast.unscheduled_micros == 160 * UNIT
    with pytest.raises(NotFound):
        facade.figures(office.buyer)


def test_each_currency_has_a_tab_of_its_name_and_sums_of_its_own(
    office: Office, client_of: ClientOf, own_site: SiteConfig
) -> None:
    office.fund(100, "bank-1")
    office.fund(7, "bank-2", "EUR")
    office.exchange(40 * UNIT, THEN)
    write_rates(own_site, timezone.localdate() - timedelta(days=1), "11.20")
    sek, eur = (facade.figures(office.operator, one) for one in ("SEK", "EUR"))
    assert sek.currencies == eur.currencies == ("EUR", "SEK")
    assert [sek.stands("operator", "bank"), sek.stands("advertiser", "deposit")] == [100 * UNIT, -60 * UNIT]
    assert [eur.stands("operator", "bank"), eur.stands("advertiser", "deposit")] == [7 * UNIT, -10_643_651]
    assert sum(one.micros for found in (sek, eur) for one in found.accounts) == 0
    # 3.643651 EUR were 40.00 SEK and are 40.808891 now, and the deposit in euros is owed.
    assert [(one.currency, one.micros, one.value_micros) for one in sek.positions] == [
        ("EUR", 3_643_651, 40_808_891),
        ("SEK", -40 * UNIT, -40 * UNIT),
    ]
    assert (sek.gained_micros, eur.gained_micros) == (-808_891, -72_222)
    house = client_of(office.payday.market.operator.users[Role.FINANCE])
    root = f"/{office.payday.market.operator.slug}/finance/"
    told = (("SEK", "SEK 100.00", "€7.00"), ("EUR", "€7.00", "SEK 100.00"))
    for chosen, own, other in told:
        page = " ".join(house.get(f"{root}?currency={chosen}").content.decode().split())
        tabs = re.findall(r'<a [^>]*href="\?currency=(\w+)"[^>]*>(?:<[^>]*>)*\s*(\w+)', page)
        assert tabs == [("EUR", "EUR"), ("SEK", "SEK")]
        assert (own in page, other in page) == (True, False)
        assert "1 EUR = 11.20 SEK (ECB " in page
        assert "The network has lost <strong>" in page
    scopes = frozenset({Permission.LOOK, Permission.MONEY})
    key = people.create_key(office.payday.market.operator.caller(), "finance", scopes)
    api = Client(headers={"authorization": f"Bearer {key.secret}"})
    answer = api.get("/api/v1/finance?currency=SEK").json()
    assert (answer["gained_micros"], answer["positions"][1]["rate"]) == (-808_891, None)
    rate = answer["positions"][0]["rate"]
    assert (rate["source"], rate["currency_micros"], rate["into_micros"]) == ("ECB", UNIT, 11_200_000)
    asked = f"advertiser={office.number}&account=deposit&currency=SEK"
    lines = api.get(f"/api/v1/statements/lines?{asked}").json()["items"]
    assert [one["rate"] and one["rate"]["day"] for one in lines] == [None, "2026-10-30"]


@pytest.mark.parametrize(("rate", "gained"), [(10_978_000, -3), (11_200_000, -202_226)])
def test_the_worked_gain_and_loss(rate: int, gained: int) -> None:
    day = date(2026, 11, 20)
    table = Table({"EUR": [(day, UNIT)], "SEK": [(day, rate)]})
    found = positions({"SEK": -10 * UNIT, "EUR": 910_913}, "SEK", lambda: table, date(2026, 11, 22))
    assert -sum(one.value_micros or 0 for one in found) == gained
    assert found[0].rate is not None
    assert found[0].rate.day == day
    (unknown,) = positions({"NOK": 1}, "SEK", lambda: table, day)
    assert (unknown.rate, unknown.value_micros) == (None, None)


def test_fees_are_added_up_once_and_go_on_from_there(office: Office) -> None:
    today = book.today()
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


def test_what_is_payable_by_day_says_of_when_it_is_where_more_was_settled_since(
    office: Office, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judgements, "AT_ONCE", 0)
    before = facade.figures(office.operator)
    assert before.coming_as_of is None
    office.payday.earn("P-3")
    found = facade.figures(office.operator)
    assert found.coming == before.coming
    assert found.coming_as_of == Judgement.objects.system().get().at
    market = office.payday.market
    house = client_of(market.operator.users[Role.FINANCE])
    root = f"/{market.operator.slug}/finance/"
    assert house.get(root).content.decode().count("what was settled since is not in it yet") == 2
    for table in ("coming", "forecast"):
        answer = house.get(f"{root}{table}.csv")
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert found.coming_as_of.isoformat(timespec="seconds") in lines[1]
    monkeypatch.setattr(judgements, "AT_ONCE", 200)
    anew = facade.figures(office.operator)
    assert anew.coming_as_of is None
    assert anew.coming[0].micros - before.coming[0].micros == 80 * UNIT


def test_the_first_page_says_what_is_overdue_and_due_soon(office: Office, client_of: ClientOf) -> None:
    market, today = office.payday.market, book.today()
    buyer = client_of(office.payday.side.advertiser.users[Role.FINANCE])
    house = client_of(market.operator.users[Role.FINANCE])
    own, theirs = f"/{office.payday.side.advertiser.slug}/", f"/{market.operator.slug}/"
    office.invoice(192, (today + timedelta(days=7)).isoformat())
    assert "Invoices are due within a week" in buyer.get(own).content.decode()
    assert "late in paying" not in house.get(theirs).content.decode()
    cache.clear()
    office.payday.earn("P-3")
    office.invoice(96, (today - timedelta(days=10)).isoformat())
    page = buyer.get(own).content.decode()
    assert ("Invoices are overdue" in page, "due within a week" in page) == (True, False)
    assert "Advertisers are late in paying their invoices" in house.get(theirs).content.decode()


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
    assert f"invoices/?standing=open&amp;party={office.number}" in shown
    for table in ("accounts", "receivables", "credit", "coming", "fees", "forecast"):
        answer = house.get(f"{root}{table}.csv?currency=SEK")
        lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
        assert lines[0].endswith(",currency,entry,as_of")
        assert len(lines) > 1
    assert house.get(f"{root}nothing.csv").status_code == 404
    stranger = client_of(market.b.advertiser.users[Role.FINANCE])
    theirs = f"/{market.b.advertiser.slug}/finance/advertisers/{office.number}/"
    assert stranger.get(theirs).status_code == 404
