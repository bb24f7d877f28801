"""Lines of papers: the examples worked by hand in docs/algorithms/papers.md."""

from utfall.portal.book.facade import Earning, Papering
from utfall.portal.invoices.composing import lines_of

NAMES = {7: "Fjäll", 8: "Hav"}


def earned(program: int, kind: str, micros: int, fee: int = 0) -> Earning:
    return Earning(1, "SEK", program, kind, 1, micros, fee)


def said(owner: str, left: int, *some: Earning) -> tuple[list[tuple[str, int]], int, int]:
    found = lines_of(Papering(owner, 1, "SEK", 0, left, None), some, NAMES, "en")
    return [(one.words, one.minor) for one in found.lines], found.net_micros, found.left_micros


def test_the_worked_invoice() -> None:
    orders, bonus = earned(7, "approve", 187_999_680, 31_333_280), earned(7, "bonus", 30_000_000, 5_000_000)
    lines = [
        ("Fjäll: commission", 15_666),
        ("Fjäll: bonuses and placements", 2_500),
        ("Fjäll: network fee", 3_633),
    ]
    assert said("advertiser", 0, orders, bonus) == (lines, 217_990_000, 9_680)


def test_the_worked_credit_note() -> None:
    lines = [("Fjäll: commission", 3_999), ("Fjäll: network fee", 800)]
    refund = earned(7, "refund", -48_000_000, -8_000_000)
    assert said("advertiser", 9_680, refund) == (lines, -47_990_000, -320)


def test_a_program_whose_refunds_outweigh_it_goes_against_the_paper() -> None:
    both = earned(7, "release", 100_000_000), earned(8, "refund", -20_005_000)
    assert said("publisher", 0, *both) == (
        [("Fjäll: commission", 10_000), ("Hav: commission", -2_001)],
        79_990_000,
        5_000,
    )


def test_what_a_credit_note_took_back_is_a_line_of_its_own() -> None:
    lines = [("Fjäll: commission", 100), ("Credited before, invoiced again", 5_000)]
    assert said("publisher", 50_000_000, earned(7, "release", 1_000_000)) == (lines, 51_000_000, 0)
