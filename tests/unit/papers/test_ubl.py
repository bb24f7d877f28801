"""Papers as UBL, judged by the rules of EN 16931 and Peppol themselves."""

from datetime import date

import pytest
from lxml import etree
from msgspec import structs

from tests.unit.papers.parties import FINNISH, NETWORK, NORWEGIAN, PRIVATE, SWEDISH, SWISS
from tests.unit.papers.rules import CEN, PEPPOL, broken
from utfall.papers import Kind, Line, Paper, Party, Payment, tax_between, write_ubl

LAST = date(2026, 11, 30)
LINES = (
    Line(words="Fjällbutiken: 31 orders", minor=11_526),
    Line(words="Fjällbutiken: 12 leads", minor=7_933),
    Line(words="Placement in the newsletter", minor=11),
)


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
    assert (written.tax.category, broken(content, CEN)) == (category, [])
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


def test_the_same_paper_gives_the_same_bytes_and_says_what_to_pay() -> None:
    first, again = (write_ubl(paper(Kind.INVOICE, NETWORK, SWEDISH)) for _ in range(2))
    assert first == again
    names = {"cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"}
    read = etree.fromstring(first)
    assert read.xpath("//cbc:PayableAmount/text()", namespaces=names) == ["243.38"]
    assert read.xpath("//cbc:PaymentID/text()", namespaces=names) == ["123463"]
    assert read.xpath("//cbc:BuyerReference/text()", namespaces=names) == ["Anna, marketing"]
