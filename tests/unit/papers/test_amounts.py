"""From micros of the book to öre on paper: the worked example, and that nothing is lost."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as some
from msgspec import structs

from tests.unit.papers.parties import NETWORK, RATE, SWEDISH
from utfall.money import minor_micros
from utfall.papers import Kind, Line, Paper, Tax, own_tax, shares_in_minor, sums_of


def paper_of(*minor: int, ppm: int = 250_000) -> Paper:
    day = date(2026, 11, 30)
    return Paper(
        kind=Kind.INVOICE,
        number="A-2026-000001",
        issued_on=day,
        period=(day, day),
        currency="SEK",
        seller=NETWORK,
        buyer=SWEDISH,
        lines=tuple(Line(words="x", minor=one) for one in minor),
        tax=Tax(category="S", rate_ppm=ppm),
    )


def test_the_worked_example() -> None:
    lines, left = shares_in_minor([115_260_000, 79_333_333, 106_667], "SEK")
    assert (lines, left) == ((11_526, 7_933, 11), 0)
    assert sums_of(paper_of(*lines)) == (19_470, 4_868, 24_338)


def test_the_worked_tax_in_the_sellers_own_currency() -> None:
    worked = structs.replace(paper_of(123_450), currency="NOK")
    assert (sums_of(worked).tax, own_tax(worked, RATE)) == (30_863, 32_856)


@given(
    some.lists(some.integers(-(10**12), 10**12), min_size=1, max_size=20),
    some.sampled_from(["SEK", "ISK", "KWD"]),
)
def test_lines_and_what_is_left_are_all_there_was(micros: list[int], currency: str) -> None:
    lines, left = shares_in_minor(micros, currency)
    unit, sign = minor_micros(currency), -1 if sum(micros) < 0 else 1
    assert sign * sum(lines) * unit + left == sum(micros)
    assert 0 <= sign * left < unit
    assert all(abs(sign * line * unit - one) < unit for line, one in zip(lines, micros, strict=True))
    assert shares_in_minor([-one for one in micros], currency)[1] == -left
