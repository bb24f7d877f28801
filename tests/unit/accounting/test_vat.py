"""What a paper is to VAT: the seller's own currency as it stands on it, and where its other party is."""

from datetime import date

import pytest
from msgspec import structs

from tests.unit.papers.parties import FINNISH, NETWORK, NORWEGIAN, PRIVATE, RATE, SWEDISH
from utfall.accounting import Place, Treatment, vat_of
from utfall.papers import Kind, Line, Paper, Party, Tax, tax_between

DAY = date(2026, 11, 30)


def paper_of(kind: Kind, seller: Party, buyer: Party, tax: Tax) -> Paper:
    """The month of docs/algorithms/papers.md, 1,234.50 NOK; with the worked rate where it is taxed."""
    return Paper(
        kind=kind,
        number="S1-2026-000001",
        issued_on=DAY,
        period=(DAY, DAY),
        currency="NOK",
        seller=seller,
        buyer=buyer,
        lines=(Line(words="x", minor=123_450),),
        tax=tax,
        own_rate=RATE if tax.rate_ppm else None,
    )


@pytest.mark.parametrize(("kind", "sign"), [(Kind.SELF_BILLING, 1), (Kind.SELF_BILLING_CREDIT, -1)])
def test_the_worked_tax_in_the_sellers_own_currency(kind: Kind, sign: int) -> None:
    said = vat_of(paper_of(kind, SWEDISH, NETWORK, tax_between(SWEDISH, NETWORK, DAY)))
    assert (said.treatment, said.rate_ppm, said.party) == (Treatment.DOMESTIC, 250_000, SWEDISH)
    assert (said.own_currency, said.own_tax_micros) == ("SEK", sign * 328_560_000)


def test_a_paper_without_a_rate_says_no_tax_in_the_sellers_own_currency() -> None:
    paper = paper_of(Kind.INVOICE, NETWORK, SWEDISH, tax_between(NETWORK, SWEDISH, DAY))
    said = vat_of(structs.replace(paper, own_rate=None))
    assert (said.treatment, said.own_currency, said.own_tax_micros) == (Treatment.DOMESTIC, "", 0)


@pytest.mark.parametrize(
    ("house", "party", "treatment", "place"),
    [
        (NETWORK, FINNISH, Treatment.REVERSE_CHARGE, Place.UNION),
        (NETWORK, NORWEGIAN, Treatment.ABROAD, Place.OUTSIDE),
        (NORWEGIAN, FINNISH, Treatment.EXPORT, Place.UNION),
        (PRIVATE, SWEDISH, Treatment.NOT_REGISTERED, Place.HOME),
    ],
)
def test_what_charges_no_tax_says_why_and_where(
    house: Party, party: Party, treatment: Treatment, place: Place
) -> None:
    said = vat_of(paper_of(Kind.INVOICE, house, party, tax_between(house, party, DAY)))
    assert (said.treatment, said.place, said.party) == (treatment, place, party)
    assert (said.rate_ppm, said.own_currency, said.own_tax_micros) == (0, "", 0)
