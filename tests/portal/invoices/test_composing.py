"""Lines of papers: the examples worked by hand in docs/algorithms/papers.md; tax in the seller's currency."""

from datetime import date

from tests.portal.payouts.conftest import HOUSE_IBAN
from utfall.papers import own_tax
from utfall.portal.access import Kind
from utfall.portal.book.facade import Earning, Papering
from utfall.portal.invoices.composing import Desk, lines_of
from utfall.portal.invoices.contracts import Draft, HouseAccount, ParticularsView
from utfall.portal.invoices.drafting import Ground, judged
from utfall.portal.invoices.frozen import decoded
from utfall.portal.invoices.models import Paper, Run
from utfall.portal.invoices.parties import party_of
from utfall.portal.invoices.reasons import sentence_of
from utfall.rates import read_table

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


def norwegian(kind: Kind) -> ParticularsView:
    draft = Draft(name="Ås AS", country="NO", town="Ås", vat="NO974760673MVA")
    return ParticularsView(kind=kind, number=1, draft=draft, problems=())


def drafted(rates: str) -> Paper:
    """An invoice of a Norwegian network to a Norwegian, in Swedish crowns."""
    run = Run(since=date(2026, 11, 1), until=date(2026, 11, 30), through=9)
    desk = Desk(
        house=party_of(norwegian(Kind.OPERATOR)),
        accounts={"SEK": HouseAccount(currency="SEK", account=HOUSE_IBAN)},
        programs=NAMES,
        rates=lambda: read_table(rates),
    )
    found = Ground(desk, {1: norwegian(Kind.ADVERTISER)}, frozenset())
    position = Papering("advertiser", 1, "SEK", 0, 0, None)
    return judged(run, position, [earned(7, "approve", 1_000_000_000)], found)


def test_tax_is_said_in_the_sellers_own_currency_by_the_rate_of_the_last_day_or_there_is_no_paper() -> None:
    table = "Date,SEK,NOK\n2026-11-27,10.978,10.312\n2026-12-01,9,9\n"
    paper = decoded(drafted(table).content).paper
    assert paper.own_rate is not None
    assert (paper.own_rate.into, paper.own_rate.day) == ("NOK", date(2026, 11, 27))
    assert own_tax(paper, paper.own_rate) == 23_483
    row = drafted(table.replace("11-27", "11-22"))
    assert (row.state, row.reason, row.content) == ("none", "no_rate", "")
    missing = "There is no rate of SEK in NOK of 30 Nov 2026 or the seven days before. "
    assert str(sentence_of(row.reason, row.why)).startswith(missing)
