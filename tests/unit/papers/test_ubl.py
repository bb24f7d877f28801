"""Papers as UBL, judged by the rules of EN 16931 and Peppol themselves."""

from datetime import date

import pytest
from msgspec import structs

from tests.unit.papers.parties import FINNISH, NETWORK, NORWEGIAN, PRIVATE, RATE, SWEDISH, SWISS
from tests.unit.papers.rules import CEN, PEPPOL, against_schema, broken, read_by_another
from utfall.papers import Kind, Line, Paper, Party, Payment, tax_between, write_ubl

LAST = date(2026, 11, 30)
LINES = (
    Line(words="Fjällbutiken: 31 orders", minor=11_526),
    Line(words="Fjällbutiken: 12 leads", minor=7_933),
    Line(words="Placement in the newsletter", minor=11),
)

WORKED = (Line(words="Fjällbutiken: commission", minor=123_450),)


def paper(
    kind: Kind, seller: Party, buyer: Party, currency: str = "SEK", lines: tuple[Line, ...] = LINES
) -> Paper:
    return Paper(
        kind=kind,
        number="A-2026-000017",
        issued_on=date(2026, 12, 1),
        due_on=date(2026, 12, 31),
        period=(date(2026, 11, 1), LAST),
        currency=currency,
        seller=seller,
        buyer=buyer,
        tax=tax_between(seller, buyer, LAST),
        lines=lines,
        payment=Payment(account="SE4550000000058398257466", bic="ESSESESS", reference="123463"),
        corrects=("A-2026-000016", date(2026, 11, 1)) if kind.is_credit else None,
    )


def as_billing(content: bytes) -> bytes:
    """A self-billing paper under the names of billing: the rules at hand know no other, and are the
    same else.
    """
    return content.replace(b":selfbilling:", b":billing:")


@pytest.mark.parametrize(
    ("written", "category"),
    [
        (paper(Kind.INVOICE, NETWORK, SWEDISH), "S"),
        (paper(Kind.INVOICE, NETWORK, FINNISH, "EUR"), "AE"),
        (paper(Kind.INVOICE, NETWORK, NORWEGIAN, "NOK"), "O"),
        (paper(Kind.INVOICE, NORWEGIAN, NORWEGIAN, "NOK"), "S"),
        (paper(Kind.CREDIT_NOTE, NETWORK, SWEDISH), "S"),
        (paper(Kind.CREDIT_NOTE, NETWORK, FINNISH, "EUR"), "AE"),
    ],
)
def test_an_invoice_breaks_no_rule(written: Paper, category: str) -> None:
    content = write_ubl(written)
    assert (written.tax.category, broken(content, CEN), broken(content, PEPPOL)) == (category, [], [])
    assert against_schema(content) == []


@pytest.mark.parametrize(
    ("written", "category"),
    [
        (paper(Kind.SELF_BILLING, SWEDISH, NETWORK), "S"),
        (paper(Kind.SELF_BILLING, FINNISH, NETWORK, "EUR"), "AE"),
        (paper(Kind.SELF_BILLING, NORWEGIAN, NETWORK, "NOK"), "G"),
        (paper(Kind.SELF_BILLING_CREDIT, SWEDISH, NETWORK), "S"),
    ],
)
def test_a_self_billing_invoice_breaks_no_rule(written: Paper, category: str) -> None:
    content = write_ubl(written)
    assert (written.tax.category, broken(content, CEN), against_schema(content)) == (category, [], [])
    left = [one for one in broken(as_billing(content), PEPPOL) if "P0100" not in one and "P0101" not in one]
    assert left == [], "but for the types, which only self-billing has"


@pytest.mark.parametrize("seller", [PRIVATE, SWISS])
def test_who_has_no_address_in_peppol_still_gets_a_paper_that_the_standard_accepts(seller: Party) -> None:
    content = write_ubl(paper(Kind.SELF_BILLING, seller, NETWORK))
    assert broken(content, CEN) == []


def test_a_line_against_its_paper_is_minus_one_piece() -> None:
    lines = (*LINES, Line(words="Havsbutiken: refunds", minor=-2_001))
    content = write_ubl(paper(Kind.INVOICE, NETWORK, SWEDISH, lines=lines))
    assert (broken(content, CEN), broken(content, PEPPOL)) == ([], [])
    assert b'<cbc:PriceAmount currencyID="SEK">20.01</cbc:PriceAmount>' in content


def test_a_peppol_address_is_used_before_the_registration() -> None:
    buyer = structs.replace(SWEDISH, peppol="0088:7300010000001")
    content = write_ubl(paper(Kind.INVOICE, NETWORK, buyer))
    assert b'<cbc:EndpointID schemeID="0088">7300010000001</cbc:EndpointID>' in content
    assert (broken(content, CEN), broken(content, PEPPOL)) == ([], [])


def test_a_currency_without_decimals_has_none_on_paper() -> None:
    content = write_ubl(paper(Kind.INVOICE, NETWORK, FINNISH, "ISK"))
    assert broken(content, CEN) == []
    assert b'<cbc:PayableAmount currencyID="ISK">19470</cbc:PayableAmount>' in content


def test_tax_is_said_in_the_sellers_own_currency_as_well() -> None:
    for kind in (Kind.INVOICE, Kind.CREDIT_NOTE):
        written = structs.replace(paper(kind, NETWORK, SWEDISH, "NOK", WORKED), own_rate=RATE)
        content = write_ubl(written)
        assert (broken(content, CEN), broken(content, PEPPOL), against_schema(content)) == ([], [], [])
        told = read_by_another(content)
        assert (told["currency"], told["totals"]["tax_total"]) == ("NOK", "308.63")
        assert (told["tax_currency"], told["tax_total_in_tax_currency"]) == ("SEK", "328.56")


def test_the_same_paper_gives_the_same_bytes_and_another_library_reads_all_of_it() -> None:
    first, again = (write_ubl(paper(Kind.INVOICE, NETWORK, SWEDISH)) for _ in range(2))
    assert first == again
    told = read_by_another(first)
    assert (told["profile"], told["type"], told["number"]) == ("peppol", "380", "A-2026-000017")
    assert (told["issue_date"], told["due_date"]) == ("2026-12-01", "2026-12-31")
    assert told["period"] == {"start": "2026-11-01", "end": "2026-11-30"}
    assert told["totals"] == {
        "line_total": "194.70",
        "tax_exclusive": "194.70",
        "tax_total": "48.68",
        "tax_inclusive": "243.38",
        "payable": "243.38",
    }
    assert [(one["name"], one["net_amount"]) for one in told["lines"]] == [
        ("Fjällbutiken: 31 orders", "115.26"),
        ("Fjällbutiken: 12 leads", "79.33"),
        ("Placement in the newsletter", "0.11"),
    ]
    assert (told["seller"]["name"], told["seller"]["vat_id"]) == (NETWORK.name, NETWORK.vat)
    assert (told["buyer"]["name"], told["buyer"]["vat_id"]) == (SWEDISH.name, SWEDISH.vat)
    assert told["buyer_reference"] == "Anna, marketing"
    payment = told["payment"]
    assert (payment["means_code"], payment["remittance_info"]) == ("30", "123463")
    assert payment["credit_transfers"] == [{"iban": "SE4550000000058398257466", "bic": "ESSESESS"}]


def test_another_library_sees_who_sold_and_what_a_credit_note_takes_back() -> None:
    told = read_by_another(write_ubl(paper(Kind.SELF_BILLING_CREDIT, FINNISH, NETWORK, "EUR")))
    assert (told["type"], told["seller"]["vat_id"]) == ("261", FINNISH.vat)
    assert told["buyer"]["name"] == NETWORK.name
    assert told["preceding_invoices"] == [{"number": "A-2026-000016", "date": "2026-11-01"}]
    (part,) = told["vat_breakdown"]
    assert (part["category"], part["rate"], part["taxable"], part["tax"]) == ("AE", "0", "194.70", "0.00")
    assert "196" in told["vat_exemptions"]["AE"]["reason"]
