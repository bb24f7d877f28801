"""Statements of both sides: what docs/algorithms/statements.md works by hand, on pages, by API, as files."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.portal.statements.conftest import Desk
from utfall.portal.access import Forbidden, NotFound, Permission, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.people import facade as people
from utfall.portal.statements import facade
from utfall.portal.statements.contracts import Account, StatementView

ClientOf = Callable[..., Client]
FIRST = (date(2025, 11, 1), date(2025, 12, 1))
SECOND = (date(2025, 12, 2), date(2026, 1, 31))
ALL = (FIRST[0], SECOND[1])


def sums(view: StatementView) -> dict[str, int]:
    return {one.sort.value: one.micros for one in view.sums}


def test_a_publishers_statements_follow_on_each_other_to_the_micro(desk: Desk) -> None:
    first, second = (
        facade.statement(desk.publisher, facade.asked(desk.publisher, first=days[0], last=days[1]))
        for days in (FIRST, SECOND)
    )
    assert sums(first) == {"earned": 171_666_400, "tax": 42_920_000, "paid": -214_580_000}
    assert sums(second) == {
        "earned": 160_000_000,
        "refunds": -40_000_000,
        "tax": 30_000_000,
        "paid": -150_000_000,
    }
    assert (first.opening_micros, first.closing_micros) == (0, 6_400)
    assert (second.opening_micros, second.closing_micros) == (6_400, 6_400)
    assert second.after == first.through
    assert (first.agrees, second.agrees, first.is_over) == (True, True, True)
    told = list(facade.all_lines(desk.publisher, second))
    assert told[-1].balance_micros == second.closing_micros
    assert sum(one.micros for one in told) == second.moved_micros
    assert all(one.receipt for one in told)
    assert {one.paper for one in told if one.kind == "paper"} == {"S3-2026-000002", "S3-2026-000003"}
    assert [one.payout for one in told if one.kind == "payout"] == [4]
    assert {one.reference for one in told if one.order} == {"A-1", "A-5"}
    page = facade.lines(desk.publisher, second, limit=2)
    rest = facade.lines(desk.publisher, second, after=page.following)
    assert [*page.items, *rest.items] == told


def test_an_advertisers_accounts_add_up(desk: Desk) -> None:
    expected = {
        Account.OWED: ({"earned": 409_999_680, "refunds": -48_000_000, "papers": -170_000_000}, 191_999_680),
        Account.RECEIVABLE: ({"papers": 212_500_000, "settled": -212_500_000}, 0),
        Account.DEPOSIT: ({"paid_in": 350_000_000, "settled": -212_500_000}, 137_500_000),
    }
    both = ["A-2026-000001", "A-2026-000002"]
    paid = {Account.OWED: [], Account.RECEIVABLE: both, Account.DEPOSIT: both}
    for account, (moved, closing) in expected.items():
        wanted = facade.asked(desk.advertiser, account=account, first=ALL[0], last=ALL[1])
        view = facade.statement(desk.advertiser, wanted)
        assert (sums(view), view.closing_micros, view.agrees) == (moved, closing, True)
        told = [one for one in facade.all_lines(desk.advertiser, view) if one.kind in ("paper", "settling")]
        assert [one.paper for one in told if one.kind == "settling"] == paid[account]
        assert all(one.paper for one in told)


def test_nobody_reads_anothers_statement(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        facade.asked(desk.other, publisher=3)
    with pytest.raises(NotFound):
        facade.asked(desk.publisher, advertiser=1)
    with pytest.raises((Forbidden, Refused, NotFound)):
        facade.asked(desk.market.b.advertiser.caller(), advertiser=1)
    with pytest.raises(Refused) as refused:
        facade.asked(desk.operator)
    assert [one.code for one in refused.value.problems] == ["party_needed"]
    with pytest.raises(Refused):
        facade.asked(desk.publisher, first=ALL[1], last=ALL[0])


def test_the_pages_show_what_stands_and_lead_to_receipts(desk: Desk, client_of: ClientOf) -> None:
    tenant = desk.market.a.publisher
    seller = client_of(tenant.users[Role.VIEWER])
    page = f"/{tenant.slug}/statements/"
    shown = seller.get(page, {"from": "2025-12-02", "to": "2026-01-31"}).content.decode()
    for words in (
        "Closing balance",
        "S3-2026-000003",
        "A-5",
        "The balance in the book says the same",
        "receipts/",
    ):
        assert words in shown
    assert "Nothing moved" in seller.get(page, {"from": "2024-01-01", "to": "2024-01-31"}).content.decode()
    assert seller.get(page, {"from": "2026-01-31", "to": "2026-01-01"}).status_code == 422
    house = client_of(desk.market.operator.users[Role.FINANCE])
    root = f"/{desk.market.operator.slug}/statements/"
    assert "statements/?publisher=3" in house.get(root, {"q": "Acme"}).content.decode()
    wanted = {"advertiser": "1", "account": "deposit", "from": "2025-11-01", "to": "2026-01-31"}
    assert "Paid in" in house.get(root, wanted).content.decode()


def test_files_have_every_line(desk: Desk, client_of: ClientOf) -> None:
    tenant = desk.market.a.publisher
    seller = client_of(tenant.users[Role.VIEWER])
    asked = {"from": "2025-11-01", "to": "2026-01-31"}

    def file(form: str) -> bytes:
        answer = seller.get(f"/{tenant.slug}/statements/file/", {**asked, "form": form})
        assert answer.status_code == 200
        assert f".{form}" in answer["Content-Disposition"]
        return b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]

    rows = list(csv.DictReader(io.StringIO(file("csv").decode("utf-8-sig"))))
    assert [rows[0]["sort"], rows[-1]["sort"]] == ["opening", "closing"]
    assert (rows[-1]["balance"], rows[-2]["balance"], len(rows)) == ("0.0064", "0.0064", 13)
    with zipfile.ZipFile(io.BytesIO(file("xlsx"))) as book:
        assert book.read("xl/worksheets/sheet1.xml").count(b"<row>") == 14
    assert file("pdf").startswith(b"%PDF")
    assert file("pdf") == file("pdf")
    taken = [one for one in audit.entries(desk.publisher).items if one.action == "statement.exported"]
    assert (len(taken), taken[0].subject) == (5, "publisher 3")


def test_an_exchange_says_its_rate_in_files_and_by_api(desk: Desk, client_of: ClientOf) -> None:
    tenant = desk.market.b.publisher
    names = ("exchange_from", "exchange_into", "from_per_euro", "into_per_euro", "rate_source", "rate_day")
    seller = client_of(tenant.users[Role.VIEWER])
    for currency, amount in (("SEK", "-10.00"), ("EUR", "0.910913")):
        asked = {"currency": currency, "from": "2025-11-01", "to": "2026-01-31"}
        answer = seller.get(f"/{tenant.slug}/statements/file/", {**asked, "form": "csv"})
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        rows = list(csv.DictReader(io.StringIO(text)))
        (row,) = [one for one in rows if one["sort"] == "exchanged"]
        assert row["amount"] == amount
        assert [row[name] for name in names] == ["SEK", "EUR", "10.978", "1.00", "ECB", "2026-10-30"]
        assert not any(one[name] for one in rows if one is not row for name in names)
        book = b"".join(seller.get(f"/{tenant.slug}/statements/file/", {**asked, "form": "xlsx"}))
        with zipfile.ZipFile(io.BytesIO(book)) as opened:
            assert b"<v>10.978</v>" in opened.read("xl/worksheets/sheet1.xml")
    secret = people.create_key(tenant.caller(), "s", [Permission.LOOK]).secret
    days = {"first": "2025-11-01", "last": "2026-01-31", "currency": "EUR"}
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    (line, *others) = client.get("/api/v1/statements/lines", days).json()["items"]
    assert (line["rate"]["source"], line["rate"]["day"]) == ("ECB", "2026-10-30")
    assert (line["rate"]["currency_micros"], line["rate"]["into_micros"]) == (10_978_000, 1_000_000)
    assert not any(one["rate"] for one in others)


def test_the_api_says_the_same(desk: Desk) -> None:
    secret = people.create_key(desk.market.a.publisher.caller(), "s", [Permission.LOOK]).secret
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    asked = {"first": "2025-12-02", "last": "2026-01-31"}
    told = client.get("/api/v1/statements", asked).json()
    assert (told["publisher"], told["advertiser"]) == (3, None)
    assert (told["closing_micros"], told["agrees"]) == (6400, True)
    lines = client.get("/api/v1/statements/lines", {**asked, "limit": "3"}).json()
    assert [one["balance_micros"] for one in lines["items"]] == [-39_993_600, -49_993_600, 110_006_400]
    assert lines["following"]
    assert client.get("/api/v1/statements/accounts").json()[0]["account"] == "payable"
    answer = client.get("/api/v1/statements/file", {**asked, "form": "csv"})
    assert answer.status_code == 200
    assert client.get("/api/v1/statements", {"publisher": 4}).status_code == 403
