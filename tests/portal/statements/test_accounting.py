"""The book in the accountant's accounts, and the yearly income: docs/algorithms/accounting.md."""

import csv
import io
from base64 import b64decode
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from tests.portal.statements.conftest import Desk
from tests.unit.accounting.sie_reader import read
from utfall.portal.access import Forbidden, NotFound, Permission, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.book.facade import opened
from utfall.portal.people import facade as people
from utfall.portal.statements import facade, keeping
from utfall.portal.statements.contracts import BooksForm
from utfall.portal.statements.forms import initial_of
from utfall.portal.statements.models import DaySum, KeptDay

ClientOf = Callable[..., Client]
NOVEMBER = (date(2025, 11, 1), date(2025, 11, 30))
WHOLE = (date(2025, 11, 1), date(2026, 10, 31))
BROKEN_YEAR = facade.ChartDraft(accounts={}, begins=11)


def actions(desk: Desk) -> list[str]:
    return [one.action for one in audit.entries(desk.operator).items]


def test_the_life_stands_in_the_accounts_as_it_was_worked(desk: Desk) -> None:
    facade.set_chart(desk.operator, BROKEN_YEAR)
    file = facade.export_books(desk.operator, BooksForm.SIE, "SEK", *WHOLE)
    told = read(file.content)
    closing = {**told.balances["UB"], **told.balances["RES"]}
    assert {account: amount for account, amount in closing.items() if amount} == {
        account: Decimal(amount)
        for account, amount in {
            "1620": "192.00",
            "1689": "-10.00",
            "1930": "135.42",
            "2420": "-137.50",
            "2440": "-0.01",
            "2490": "-150.00",
            "2611": "-42.50",
            "2641": "72.92",
            "3040": "-362.00",
            "4600": "301.67",
        }.items()
    }
    assert not sum(closing.values())
    for account in told.accounts:
        moved = sum(amount for one in told.vouchers for each, amount in one.lines if each == account)
        assert told.balances["IB"].get(account, 0) + moved == closing[account]
    assert [one.number for one in told.vouchers] == list(range(1, len(told.vouchers) + 1))
    assert told.head["FNAMN"] == ["Nordnät AB"]
    assert {"chart.changed", "accounting.exported"} <= set(actions(desk))


def test_days_that_are_over_give_the_same_bytes(desk: Desk) -> None:
    def file(form: BooksForm) -> bytes:
        return facade.export_books(desk.operator, form, "SEK", *NOVEMBER).content

    first = [file(form) for form in BooksForm]
    assert KeptDay.objects.system().count() > 60
    keeping.forget()
    assert [file(form) for form in BooksForm] == first
    rows = list(csv.DictReader(io.StringIO(first[1].decode("utf-8-sig"))))
    assert sum(Decimal(one["debit"] or 0) - Decimal(one["credit"] or 0) for one in rows) == 0
    assert {one["about"] for one in rows} == {"earned", "funding", "matching", "paper", "settling"}


def test_sums_that_are_not_the_books_are_made_anew(desk: Desk) -> None:
    good = facade.books(desk.operator, "SEK", *NOVEMBER)
    row = DaySum.objects.system().filter(currency="SEK", bucket="bank").first()
    assert row is not None
    row.micros += 1
    row.save()
    with opened() as found:
        assert found is not None
        assert not keeping.agrees(found)
    assert facade.books(desk.operator, "SEK", *NOVEMBER) == good


def test_a_new_year_opens_with_what_the_last_one_left(desk: Desk) -> None:
    old = facade.books(desk.operator, "SEK", date(2025, 1, 1), date(2025, 12, 31))
    new = facade.books(desk.operator, "SEK", date(2026, 1, 1), date(2026, 1, 31))
    result = old.closing["3040"] + old.closing["4600"] + old.closing.get("3740", 0)
    assert new.opening["2098"] == result
    assert not any(number >= "3" for number in new.opening)
    euros = facade.books(desk.operator, "EUR", date(2026, 1, 1), date(2026, 1, 31))
    assert euros.closing == {"1689": 91, "2490": -91}


def test_what_cannot_be_booked_is_refused(desk: Desk) -> None:
    for code, currency, days in (
        ("two_years", "SEK", (date(2025, 12, 1), date(2026, 1, 31))),
        ("days_reversed", "SEK", (date(2026, 1, 31), date(2026, 1, 1))),
        ("currency_unknown", "QQQ", NOVEMBER),
        ("year_unknown", "SEK", (date.max, date.max)),
        ("year_unknown", "SEK", (date.min, date.min)),
    ):
        with pytest.raises(Refused) as refused:
            facade.books(desk.operator, currency, *days)
        assert refused.value.problems[0].code == code
    wrong = facade.ChartDraft(accounts={"bank": ("3040", "Bank"), "cash": ("1910", "Kassa")}, begins=13)
    with pytest.raises(Refused) as refused:
        facade.set_chart(desk.operator, wrong)
    assert {one.code for one in refused.value.problems} == {"chart_class", "chart_head", "chart_begins"}
    with pytest.raises(NotFound):
        facade.books(desk.publisher, "SEK", *NOVEMBER)
    with pytest.raises(Forbidden):
        facade.set_chart(desk.market.operator.caller(Role.VIEWER), BROKEN_YEAR)


def test_the_accountant_works_on_the_pages(desk: Desk, client_of: ClientOf) -> None:
    house = client_of(desk.market.operator.users[Role.FINANCE])
    root = f"/{desk.market.operator.slug}/accounting/"
    shown = house.get(root, {"from": "2025-11-01", "to": "2025-11-30"}).content.decode()
    assert "Kundfordringar" in shown
    assert house.get(root, {"from": "2025-12-01", "to": "2026-01-31"}).status_code == 422
    assert 'value="1930"' in house.get(f"{root}chart/").content.decode()
    told = initial_of(facade.chart(desk.operator))
    assert house.post(f"{root}chart/", {**told, "bank": "1940"}).status_code == 302
    assert house.post(f"{root}chart/", {**told, "bank": "9999"}).status_code == 422
    asked = {"currency": "SEK", "first": "2025-11-01", "last": "2025-11-30", "form": "sie"}
    answer = house.post(f"{root}file/", asked)
    assert answer["Content-Disposition"] == 'attachment; filename="utfall-SEK-2025-11-01-2025-11-30.se"'
    assert read(answer.content).accounts["1940"] == "Företagskonto"
    assert house.post(f"{root}file/", {**asked, "form": "x"}).status_code == 302


def test_a_publishers_year_is_what_it_was_credited(desk: Desk, client_of: ClientOf) -> None:
    old, new = (facade.income(desk.publisher, year).quarters for year in (2025, 2026))
    assert [tuple(one) for one in old] == [(4, "SEK", 131_666_400, 4, 32_920_000, 214_580_000)]
    assert [tuple(one) for one in new] == [(1, "SEK", 160_000_000, 1, 40_000_000, 150_000_000)]
    (first, second) = facade.incomes(desk.operator, 2025).items
    assert (first.publisher, first.company, first.reporting) == (3, "Acme Blog AB", "reported")
    assert (second.publisher, second.reporting) == (4, "unknown")
    assert facade.incomes(desk.operator, 2025, limit=1).following == 3
    assert facade.incomes(desk.operator, 2024, limit=1).following is None, "nobody has such a year"
    file = facade.export_incomes(desk.operator, 2025)
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    wanted = ("publisher", "consideration_q4", "fees_q4", "activities_q4", "tax_q4", "paid_q4", "reporting")
    assert [tuple(one[name] for name in wanted) for one in rows] == [
        ("3", "131.67", "0.00", "4", "32.92", "214.58", "reported"),
        ("4", "10.00", "0.00", "1", "0.00", "0.00", "unknown"),
    ]
    assert "income.exported" in actions(desk)
    with pytest.raises(Forbidden):
        facade.income(desk.other, 2025, publisher=3)
    seller = client_of(desk.market.a.publisher.users[Role.VIEWER])
    page = f"/{desk.market.a.publisher.slug}/income/"
    assert "Quarter 4" in seller.get(page, {"year": 2025}).content.decode()
    assert b"131.67" in seller.post(f"{page}file/", {"year": 2025}).content
    assert "publisher_income.exported" in actions(desk)
    house = client_of(desk.market.operator.users[Role.FINANCE])
    root = f"/{desk.market.operator.slug}/income/"
    assert "Acme Blog AB" in house.get(root, {"year": 2025}).content.decode()
    assert "Gatan" not in house.get(root, {"year": 2025, "publisher": 4}).content.decode()


def test_the_api_does_what_the_pages_do(desk: Desk) -> None:
    scopes = [Permission.LOOK, Permission.MONEY]
    secret = people.create_key(desk.market.operator.caller(), "h", scopes).secret
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    chart = client.get("/api/v1/accounting/chart").json()
    sent = {**chart, "begins": 11}
    told = client.put("/api/v1/accounting/chart", sent, content_type="application/json")
    assert (told.status_code, told.json()["begins"]) == (200, 11)
    days = {"currency": "SEK", "first": "2025-11-01", "last": "2026-10-31"}
    books = client.get("/api/v1/accounting/books", days).json()
    assert not sum(one["closing_minor"] for one in books["turnovers"])
    made = client.post("/api/v1/accounting/files", {**days, "form": "sie"}, content_type="application/json")
    assert read(b64decode(made.json()["content"])).head["VALUTA"] == ["SEK"]
    assert len(client.get("/api/v1/income", {"year": 2025}).json()["items"]) == 2
    own = client.get("/api/v1/income/publisher", {"year": 2025, "publisher": 3}).json()
    assert own["quarters"][0]["fees_micros"] == 0
    file = client.post("/api/v1/income/files", {"year": 2025}, content_type="application/json").json()
    assert file["name"] == "utfall-income-2025.csv"


def test_the_last_day_that_can_be_written_breaks_no_page(desk: Desk, client_of: ClientOf) -> None:
    house = client_of(desk.market.operator.users[Role.FINANCE])
    root = f"/{desk.market.operator.slug}/"
    last = {"from": "9999-12-01", "to": "9999-12-31"}
    assert house.get(f"{root}accounting/", last).status_code == 422
    assert house.get(f"{root}statements/", {**last, "publisher": "3"}).status_code == 200
