"""VAT by period: the example of docs/algorithms/vat-by-period.md, issued papers, and the accounts."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from django.test import Client

from tests.portal.invoices.conftest import BUYER, Bureau, bureau, own_site
from tests.portal.statements.conftest import Desk
from tests.unit.accounting.sie_reader import read
from tests.unit.papers.parties import FINNISH, NETWORK, NORWEGIAN, PRIVATE, SWEDISH, SWISS
from utfall.events import PaperKind
from utfall.money import minor_micros
from utfall.papers import Line, Paper, Party, sums_of, tax_between
from utfall.portal.access import NotFound, Permission, Refused, Role
from utfall.portal.audit import facade as audit
from utfall.portal.book.facade import PaperRow, opened, today
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices import frozen
from utfall.portal.invoices.composing import KINDS
from utfall.portal.people import facade as people
from utfall.portal.statements import facade, vat_keeping
from utfall.portal.statements.contracts import BooksForm
from utfall.portal.statements.models import VatPaper
from utfall.portal.statements.vat_contracts import Counting, VatForm, VatLine, VatNarrowed, VatWanted
from utfall.portal.statements.vat_reading import lines_of, sales_list_of
from utfall.rates import Rate

ClientOf = Callable[..., Client]
__all__ = ["bureau", "own_site"]
LAST = date(2026, 11, 30)
WHOLE = VatWanted(first=date(2025, 11, 1), last=date(2026, 10, 31))
EURO = Rate(
    source="ECB", day=LAST, currency="EUR", into="SEK", currency_micros=1_000_000, into_micros=10_978_000
)
Written = tuple[PaperKind, str, Party, str, float, str]
ISSUED: Sequence[Written] = (
    (PaperKind.INVOICE, "A-1", SWEDISH, "SEK", 192, ""),
    (PaperKind.INVOICE, "A-2", SWEDISH, "EUR", 1000, ""),
    (PaperKind.INVOICE, "A-3", FINNISH, "SEK", 96, ""),
    (PaperKind.CREDIT_NOTE, "A-4", FINNISH, "SEK", 16, "A-3"),
    (PaperKind.INVOICE, "A-5", FINNISH, "EUR", 500, ""),
    (PaperKind.INVOICE, "A-6", SWISS, "SEK", 80, ""),
    (PaperKind.CREDIT_NOTE, "A-7", SWEDISH, "SEK", 92, "A-1"),
    (PaperKind.SELF_BILLING, "S1-1", SWEDISH, "SEK", 160, ""),
    (PaperKind.SELF_BILLING, "S2-1", FINNISH, "EUR", 70, ""),
    (PaperKind.SELF_BILLING, "S3-1", NORWEGIAN, "SEK", 30, ""),
    (PaperKind.SELF_BILLING, "S4-1", PRIVATE, "SEK", 25, ""),
    (PaperKind.SELF_BILLING_CREDIT, "S4-2", PRIVATE, "SEK", 5, "S4-1"),
)


def paper_of(written: Written) -> Paper:
    kind, name, party, currency, net, corrects = written
    seller, buyer = (NETWORK, party) if kind.owner == "advertiser" else (party, NETWORK)
    tax = tax_between(seller, buyer, LAST)
    return Paper(
        kind=KINDS[kind],
        number=name,
        issued_on=LAST,
        period=(date(2026, 11, 1), LAST),
        currency=currency,
        seller=seller,
        buyer=buyer,
        lines=(Line(words="x", minor=round(net * 100)),),
        tax=tax,
        corrects=(corrects, LAST) if corrects else None,
        own_rate=EURO if tax.rate_ppm and currency == "EUR" else None,
    )


def row_of(number: int, written: Written, paper: Paper | None = None) -> VatPaper:
    """A paper as the book and its file say it, kept."""
    kind, name, _party, currency, _net, corrects = written
    paper = paper or paper_of(written)
    sums, sign = sums_of(paper), -1 if paper.kind.is_credit else 1
    unit = sign * minor_micros(currency)
    told: dict[str, Any] = dict.fromkeys(PaperRow._fields, 0)
    told |= {
        "id": number,
        "name": name,
        "kind": kind.value,
        "owner": kind.owner,
        "currency": currency,
        "net_micros": sums.net * unit,
        "tax_micros": sums.tax * unit,
        "corrects": corrects or None,
        "period_until": LAST.isoformat(),
        "digest": "d",
    }
    return vat_keeping.row_of(PaperRow(**told), paper)


def said(one: VatLine) -> tuple[object, ...]:
    """A line in units of its currencies."""
    where = f"{one.trade.value} {one.treatment.value} {one.place.value} {one.currency}"
    sums = (one.net_micros, one.tax_micros, one.own_micros)
    return where, one.rate_ppm, one.papers, *(micros / 1_000_000 for micros in sums), one.own_currency


def test_the_worked_month(portal: object) -> None:
    VatPaper.objects.system().bulk_create(row_of(number, one) for number, one in enumerate(ISSUED, 1))
    rows = VatPaper.objects.system().all()
    assert [said(one) for one in lines_of(rows)] == [
        ("sold domestic home EUR", 250_000, 1, 1000, 250, 2744.5, "SEK"),
        ("sold domestic home SEK", 250_000, 2, 100, 25, 25, "SEK"),
        ("sold reverse_charge union EUR", 0, 1, 500, 0, 0, ""),
        ("sold reverse_charge union SEK", 0, 2, 80, 0, 0, ""),
        ("sold abroad outside SEK", 0, 1, 80, 0, 0, ""),
        ("bought domestic home SEK", 250_000, 1, 160, 40, 40, "SEK"),
        ("bought reverse_charge union EUR", 0, 1, 70, 0, 0, ""),
        ("bought export outside SEK", 0, 1, 30, 0, 0, ""),
        ("bought not_registered home SEK", 0, 2, 20, 0, 0, ""),
    ]
    found = sales_list_of(rows)
    assert [(one.vat, one.name, one.currency, one.papers, one.net_micros) for one in found] == [
        ("FI20774740", "Kauppa Oy", "EUR", 1, 500_000_000),
        ("FI20774740", "Kauppa Oy", "SEK", 2, 80_000_000),
    ]


def test_a_correction_counts_on_its_day_of_issue_and_all_else_by_its_period(portal: object) -> None:
    issued_on = date(2026, 12, 2)
    for written, supplied_on in ((ISSUED[2], LAST), (ISSUED[3], issued_on)):
        paper = msgspec.structs.replace(paper_of(written), issued_on=issued_on)
        row = row_of(1, written, paper)
        assert (row.issued_on, row.supplied_on) == (issued_on, supplied_on)


@pytest.fixture
def issued(bureau: Bureau) -> Bureau:
    """Papers of parties in the country, papers once both are Finnish, and a correction of the first."""
    bureau.furnish()
    bureau.issue(bureau.draft())
    first = invoices.papers(bureau.operator, kind=PaperKind.INVOICE).items[0]
    finnish = replace(BUYER, name="Kauppa Oy", country="FI", registration="20774740", vat="FI20774740")
    invoices.set_particulars(bureau.buyer, finnish)
    invoices.set_particulars(bureau.payday.publisher, replace(finnish, name="Blogi Oy"))
    invoices.accept_agreement(bureau.payday.publisher)
    bureau.payday.earn("P-3")
    bureau.issue(bureau.draft())
    assert first.id is not None
    invoices.correct(bureau.operator, first.id, why="A wrong price", net_micros=92_000_000)
    bureau.settle()
    return bureau


def now(by: Counting = Counting.BOOKED) -> VatWanted:
    return VatWanted(first=today(), last=today(), by=by)


LINES = [
    ("sold domestic home SEK", 250_000, 2, 100, 25, 25, "SEK"),
    ("sold reverse_charge union SEK", 0, 1, 96, 0, 0, ""),
    ("bought domestic home SEK", 250_000, 1, 160, 40, 40, "SEK"),
    ("bought reverse_charge union SEK", 0, 1, 80, 0, 0, ""),
]


def test_issued_papers_come_to_what_the_accountants_file_says(issued: Bureau) -> None:
    view = facade.vat(issued.operator, now())
    assert [said(one) for one in view.lines] == LINES
    assert [(one.vat, one.country, one.papers, one.net_micros) for one in view.sales_list] == [
        ("FI20774740", "FI", 1, 96_000_000)
    ]
    file = facade.export_books(issued.operator, BooksForm.SIE, "SEK", today(), today())
    moved = dict[str, Decimal]()
    for voucher in read(file.content).vouchers:
        for account, amount in voucher.lines:
            moved[account] = moved.get(account, Decimal()) + amount
    booked = [(one.account, one.tax_micros, one.booked_micros) for one in view.checks]
    assert booked == [("2611", 25_000_000, 25_000_000), ("2641", 40_000_000, 40_000_000)]
    assert (moved["2611"], moved["2641"]) == (Decimal("-25.00"), Decimal("40.00"))
    assert view.agrees


def test_a_paper_counts_by_its_supply_where_that_is_asked_for(issued: Bureau) -> None:
    """The correction counts on its day of issue, whenever the service was."""
    earlier = today() - timedelta(days=40)
    rows = VatPaper.objects.system()
    facade.vat(issued.operator, now())
    rows.filter(corrects="").update(supplied_on=earlier)
    here = facade.vat(issued.operator, now(Counting.SUPPLIED))
    assert [said(one) for one in here.lines] == [("sold domestic home SEK", 250_000, 1, -92, -23, -23, "SEK")]
    assert (here.checks, here.is_over) == ((), False)
    there = facade.vat(issued.operator, VatWanted(first=earlier, last=earlier, by=Counting.SUPPLIED))
    assert [one.papers for one in there.lines] == [1, 1, 1, 1]
    assert [said(one) for one in facade.vat(issued.operator, now()).lines] == LINES


def test_what_is_kept_is_the_books(issued: Bureau) -> None:
    good = facade.vat(issued.operator, now())
    VatPaper.objects.system().filter(kind=PaperKind.INVOICE.value, place="home").update(net_micros=1)
    assert facade.vat(issued.operator, now()) == good
    vat_keeping.forget()
    assert facade.vat(issued.operator, now()) == good
    with opened() as found:
        assert found is not None
        assert vat_keeping.keep(found) == 0, "nothing was issued since"


@pytest.mark.parametrize("above", [0, 1000])
def test_what_was_kept_of_a_book_that_was_put_back_is_forgotten(issued: Bureau, above: int) -> None:
    """Another paper had that receipt, of the same sums; or the book has not come so far again."""
    good = list(facade.vat_papers(issued.operator, now()))
    rows = VatPaper.objects.system().filter(receipt=good[-1].receipt)
    rows.update(receipt=good[-1].receipt + above, digest="0" * 64, issued_on=date(2020, 1, 1))
    assert list(facade.vat_papers(issued.operator, now())) == good
    issued.payday.earn("P-4")
    issued.issue(issued.draft())
    every = list(facade.vat_papers(issued.operator, now()))
    assert (every[: len(good)], len(every)) == (good, len(good) + 2)


def test_many_papers_that_are_not_known_are_asked_for_some_at_a_time(
    issued: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    facade.vat(issued.operator, now())
    monkeypatch.setattr(vat_keeping, "AT_ONCE", 2)
    VatPaper.objects.system().update(treatment="unknown", place="unknown", own_currency="", rate_ppm=0)
    assert [said(one) for one in facade.vat(issued.operator, now()).lines] == LINES


def test_a_paper_whose_frozen_data_is_gone_is_in_every_sum(issued: Bureau) -> None:
    vat_keeping.forget()
    credit = invoices.papers(issued.operator, kind=PaperKind.CREDIT_NOTE).items[0]
    path = frozen.place(credit.digest)
    content = path.read_bytes()
    path.unlink()
    view = facade.vat(issued.operator, now())
    assert said(view.lines[2]) == ("sold unknown unknown SEK", 0, 1, -92, -23, 0, "")
    assert view.is_unknown
    assert view.agrees
    path.write_bytes(content)
    assert [said(one) for one in facade.vat(issued.operator, now()).lines] == LINES


def test_a_line_leads_to_its_papers(issued: Bureau, client_of: ClientOf) -> None:
    house = issued.payday.market.operator
    client = client_of(house.users[Role.FINANCE])
    root = f"/{house.slug}/accounting/vat/"
    days = {"from": today().isoformat(), "to": today().isoformat()}
    shown = client.get(root, days).content.decode()
    for words in ("VAT within the country 25%", "FI20774740", "2611 · SEK", "Sold to advertisers"):
        assert words in shown, words
    asked = {**days, "form": "papers", "trade": "sold", "treatment": "domestic", "rate_ppm": "250000"}
    answer = client.get(f"{root}file/", {**asked, "place": "home", "currency": "SEK"})
    assert f'utfall-vat-papers-booked-{today()}-{today()}.csv"' in answer["Content-Disposition"]
    rows = rows_of(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert [(one["name"], one["net"], one["vat"], one["rate"]) for one in rows] == [
        ("Shop AB", "192.00", "48.00", "25.00"),
        ("Shop AB", "-92.00", "-23.00", "25.00"),
    ]
    assert rows[1]["corrects"] == rows[0]["paper"]
    told = next(one for one in audit.entries(issued.operator).items if one.action == "vat.exported")
    assert f"utfall-vat-papers-booked-{today()}-{today()}.csv" in str(told)
    every = list(facade.vat_papers(issued.operator, now()))
    assert sum(one.papers for one in facade.vat(issued.operator, now()).lines) == len(every) == 5
    sold = VatNarrowed(vat="FI20774740", currency="SEK")
    assert [one.net_micros for one in facade.vat_papers(issued.operator, now(), sold)] == [
        96_000_000,
        80_000_000,
    ]


def test_an_auditor_reads_and_takes_what_the_operator_does(issued: Bureau, client_of: ClientOf) -> None:
    auditor = issued.payday.market.auditor
    assert facade.vat(auditor.caller(), now()) == facade.vat(issued.operator, now())
    client = client_of(auditor.users[Role.VIEWER])
    assert "FI20774740" in client.get(f"/{auditor.slug}/accounting/vat/", days_of(now())).content.decode()
    taken = client.get(f"/{auditor.slug}/accounting/vat/file/", days_of(now()))
    assert len(rows_of(b"".join(taken.streaming_content))) == 4  # type: ignore[attr-defined]
    for side in issued.side:
        for page in ("", "file/"):
            answer = client_of(side.users[Role.FINANCE]).get(f"/{side.slug}/accounting/vat/{page}")
            assert answer.status_code == 404


def test_no_name_is_a_formula(issued: Bureau) -> None:
    facade.vat(issued.operator, now())
    VatPaper.objects.system().update(company="=1+1", vat="-FI1")
    for form in (VatForm.PAPERS, VatForm.SALES_LIST):
        rows = rows_of("".join(facade.export_vat(issued.operator, now(), form)).encode())
        assert {(one["name"], one["vat_number"]) for one in rows} == {("'=1+1", "'-FI1")}


def days_of(wanted: VatWanted) -> dict[str, str]:
    return {"from": wanted.first.isoformat(), "to": wanted.last.isoformat()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_api_does_what_the_page_does(issued: Bureau) -> None:
    scopes = [Permission.LOOK, Permission.MONEY]
    secret = people.create_key(issued.payday.market.operator.caller(), "h", scopes).secret
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    days = {"first": today().isoformat(), "last": today().isoformat()}
    told = client.get("/api/v1/accounting/vat", days).json()
    assert [one["papers"] for one in told["lines"]] == [2, 1, 1, 1]
    assert [one["agrees"] for one in told["checks"]] == [True, True]
    answer = client.get("/api/v1/accounting/vat/file", {**days, "form": "sales_list"})
    rows = rows_of(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    assert [(one["vat_number"], one["net"]) for one in rows] == [("FI20774740", "96.00")]
    sums = client.get("/api/v1/accounting/vat/file", {**days, "by": "supplied"})
    assert len(rows_of(b"".join(sums.streaming_content))) == 4  # type: ignore[attr-defined]
    assert client.get("/api/v1/accounting/vat", {**days, "first": "1999-01-01"}).status_code == 422


def test_papers_that_no_run_issued_are_not_known_and_agree(desk: Desk) -> None:
    """The life that is worked by hand has no frozen data; its VAT is that of its accounts all the same."""
    view = facade.vat(desk.operator, WHOLE)
    assert [said(one) for one in view.lines] == [
        ("sold unknown unknown SEK", 0, 2, 170, 42.5, 0, ""),
        ("bought unknown unknown SEK", 0, 4, 301.66, 72.92, 0, ""),
    ]
    assert [(one.booked_micros, one.agrees) for one in view.checks] == [
        (42_500_000, True),
        (72_920_000, True),
    ]
    assert not facade.vat(desk.operator, replace(WHOLE, first=WHOLE.last)).lines
    days = [WHOLE.first + timedelta(days=n) for n in range(70)]
    views = [facade.vat(desk.operator, VatWanted(first=one, last=one)) for one in days]
    assert all(one.agrees for one in views)
    assert sum(len(one.checks) for one in views) >= 3
    assert sum(line.papers for one in views for line in one.lines) == 6
    november = VatWanted(first=date(2025, 11, 1), last=date(2025, 11, 30))
    assert facade.vat(desk.operator, november).is_over


def test_what_cannot_be_declared_is_refused(desk: Desk, client_of: ClientOf) -> None:
    day = date(2025, 11, 1)
    for code, first, last in (
        ("days_reversed", day, day - timedelta(days=1)),
        ("days_too_many", day, day + timedelta(days=366)),
        ("year_unknown", date(1999, 12, 31), day),
        ("year_unknown", day, date.max),
    ):
        with pytest.raises(Refused) as refused:
            facade.vat(desk.operator, VatWanted(first=first, last=last))
        assert refused.value.problems[0].code == code
    for caller in (desk.publisher, desk.advertiser):
        with pytest.raises(NotFound):
            facade.vat(caller, WHOLE)
        with pytest.raises(NotFound):
            facade.export_vat(caller, WHOLE, VatForm.PAPERS)
    house = client_of(desk.market.operator.users[Role.FINANCE])
    root = f"/{desk.market.operator.slug}/accounting/vat/"
    assert house.get(root, {"from": "2025-11-02", "to": "2025-11-01"}).status_code == 422
    assert house.get(root, {"from": "9999-12-31"}).status_code == 422
    assert house.get(f"{root}file/", {"from": "2025-11-02", "to": "2025-11-01"}).status_code == 422
    assert house.get(root, {"from": "0001-01-01", "to": "x", "by": "y"}).status_code == 422
    assert "No paper in these days" in house.get(root, {"from": "2025-10-01"}).content.decode()


def test_a_year_before_anything_is_not_offered(desk: Desk, client_of: ClientOf) -> None:
    newest = today().year
    assert facade.years() == facade.years(3) == list(range(newest, 2024, -1))
    assert facade.years(99) == [newest]
    house = client_of(desk.market.operator.users[Role.FINANCE])
    page = house.get(f"/{desk.market.operator.slug}/income/").content.decode()
    assert ("?year=2025" in page, "?year=2024" in page) == (True, False)
    seller = client_of(desk.market.a.publisher.users[Role.VIEWER])
    page = seller.get(f"/{desk.market.a.publisher.slug}/income/").content.decode()
    assert ("?year=2025" in page, "?year=2024" in page) == (True, False)
