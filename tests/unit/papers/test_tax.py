"""Every row of *Which tax*, the rates around the days on which they changed, and cases that are refused."""

from datetime import date

import pytest
from msgspec import structs

from tests.unit.papers.parties import FINNISH, NETWORK, NORWEGIAN, PRIVATE, SWEDISH, SWISS
from utfall.papers import Party, TaxRefused, party_problems, rate_on, tax_between

DAY = date(2026, 11, 30)
ALAND = Party(name="Ö Ab", country="FI", known_as="P9", town="Mariehamn", postcode="22100", vat="FI20774740")
BRITISH = Party(name="Hill Ltd", country="GB", known_as="P8", town="Leeds", vat="GB980780684")
REGISTERED_SWISS = structs.replace(SWISS, vat="CHE100155212MWST")
NOT_REGISTERED = Party(name="Pieni", country="FI", known_as="P7", town="Turku")
AMERICAN = Party(name="Hill Inc", country="US", known_as="P6", town="Boise", vat="1")


@pytest.mark.parametrize(
    ("seller", "buyer", "category", "ppm"),
    [
        (PRIVATE, NETWORK, "O", 0),
        (NETWORK, SWEDISH, "S", 250_000),
        (NORWEGIAN, NORWEGIAN, "S", 250_000),
        (FINNISH, FINNISH, "S", 255_000),
        (NETWORK, FINNISH, "AE", 0),
        (NETWORK, NORWEGIAN, "O", 0),
        (NETWORK, SWISS, "O", 0),
        (NORWEGIAN, NETWORK, "G", 0),
        (REGISTERED_SWISS, REGISTERED_SWISS, "S", 81_000),
        (REGISTERED_SWISS, NETWORK, "O", 0),
        (NETWORK, AMERICAN, "O", 0),
        (BRITISH, NETWORK, "O", 0),
    ],
)
def test_a_case_has_one_tax(seller: Party, buyer: Party, category: str, ppm: int) -> None:
    tax = tax_between(seller, buyer, DAY)
    assert (tax.category, tax.rate_ppm) == (category, ppm)
    assert (tax.untaxed is None) == (ppm > 0)


@pytest.mark.parametrize(
    ("seller", "buyer", "code"),
    [
        (NETWORK, NOT_REGISTERED, "buyer_vat_needed"),
        (NETWORK, ALAND, "territory"),
        (ALAND, NETWORK, "territory"),
        (AMERICAN, NETWORK, "seller_country"),
    ],
)
def test_a_case_without_an_answer_is_refused(seller: Party, buyer: Party, code: str) -> None:
    with pytest.raises(TaxRefused) as refused:
        tax_between(seller, buyer, DAY)
    assert refused.value.code == code


def test_a_rate_that_is_not_known_yet_is_not_guessed() -> None:
    with pytest.raises(TaxRefused) as refused:
        tax_between(NETWORK, SWEDISH, date(2020, 12, 31))
    assert refused.value.code == "rate_unknown"


def test_the_rate_is_that_of_the_last_day_of_the_period() -> None:
    before, after = (tax_between(FINNISH, FINNISH, date(2024, month, 30)) for month in (8, 9))
    assert (before.rate_ppm, after.rate_ppm) == (240_000, 255_000)
    later = {"SE": ((date(2021, 1, 1), 250_000), (date(2027, 1, 1), 260_000))}
    assert [rate_on("SE", date(year, 1, 1), later) for year in (2026, 2027)] == [250_000, 260_000]


@pytest.mark.parametrize(
    ("party", "problems"),
    [
        (NETWORK, []),
        (FINNISH, []),
        (NORWEGIAN, []),
        (PRIVATE, []),
        (REGISTERED_SWISS, []),
        (structs.replace(SWISS, vat="CHE100155213MWST"), ["vat"]),
        (ALAND, ["territory"]),
        (Party(name=" ", country="se", known_as="P1"), ["name", "country", "town"]),
        (Party(name="X", country="SE", known_as="P1", town="Y", vat="SE556036079401"), ["vat"]),
        (Party(name="X", country="DK", known_as="P1", town="Y", number="13585627"), ["number"]),
    ],
)
def test_a_party_is_told_what_keeps_it_off_a_paper(party: Party, problems: list[str]) -> None:
    assert party_problems(party) == problems
