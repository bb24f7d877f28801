"""A year of money, 2024: two advertisers, three currencies, some of it turned into another, and everything
that goes wrong with payments.

One test, a function a season: each goes on where the one before ended. At the end every account is explained
(`year_proof`), and then everything is taken back until nothing stands anywhere.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.scenarios.money_year import PARTICULARS, Year, living, rate_on
from tests.scenarios.year_proof import everything_holds, everything_is_explained
from tests.scenarios.year_undone import everything_is_taken_back
from utfall.bank import Scheme, bank_account
from utfall.events import Action, PaperKind
from utfall.portal.banking import facade as banking
from utfall.portal.banking.contracts import Verdict
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.paper_contracts import PaperView
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import PayoutState, PayoutView, Schedule

A_CENT = 10_000
"""What is less stays payable, or is added to what stayed."""
WITHIN_ITS_CENT = 5_000
"""Half of a minor unit: how far tax that is rounded once may be from the rate's product."""


class Month(NamedTuple):
    """What was issued on its first day, about the month before, and paid on its fifteenth."""

    issued: list[PaperView]
    paid: list[PayoutView]


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    with living(tmp_path / "year", datetime(2023, 12, 20, 8, tzinfo=UTC)) as one:
        yield one


@pytest.mark.slow
def test_a_year_of_money_adds_up_and_can_be_taken_back(year: Year) -> None:
    seasons = (
        three_ordinary_months,
        a_transfer_fails,
        a_chargeback_comes_late,
        a_publisher_wants_euros,
        a_tax_changes,
        a_publisher_moves,
        a_payment_comes_back,
        the_last_of_it_is_paid,
    )
    for season in seasons:
        season(year)
    everything_is_explained(year)
    everything_holds(year)
    everything_is_taken_back(year)
    everything_holds(year)


def month(year: Year, number: int) -> Month:
    """An ordinary month; what it earns is payable on its 27th."""
    began = beginning(year, number)
    rest(year, number)
    return began


def beginning(year: Year, number: int) -> Month:
    """Papers and payouts of what was earned before, and the first orders."""
    year.until(number, 1)
    issued = year.bill(*_before(number))
    year.collect(issued)
    year.until(number, 4)
    for link, units in ((711, 1100.55), (712, 333.33), (721, 4999.99), (731, 2150.0)):
        year.sell(f"{number}-{link}-a", link, units)
    year.until(number, 15)
    return Month(issued, year.pay())


def rest(year: Year, number: int) -> None:
    """More orders, and the approval of all."""
    year.until(number, 17)
    for link, units in ((711, 1200.10), (721, 1234.56)):
        year.sell(f"{number}-{link}-b", link, units)
    year.until(number, 24)
    year.amend(Action.APPROVE, *(one for one in year.orders if one.startswith(f"{number}-")))
    year.until(number, 28)


def _before(number: int) -> tuple[int, int]:
    return (2024, number - 1) if number > 1 else (2023, 12)


def states(year: Year, paid: list[PayoutView]) -> set[PayoutState]:
    return {payouts.payout(year.cashier, one.id).state for one in paid}


def papers_of(year: Year, name: str) -> list[PaperView]:
    """A publisher's papers, newest first."""
    return invoices.papers_of("publisher", getattr(year.people, name).number)


def three_ordinary_months(year: Year) -> None:
    """January has nothing to invoice yet; somebody pays in without saying who it is."""
    assert month(year, 1) == ([], [])
    for number in (2, 3):
        issued, paid = month(year, number)
        kinds = [one.kind for one in issued]
        assert (kinds.count(PaperKind.INVOICE), kinds.count(PaperKind.SELF_BILLING)) == (3, 5)
        assert len(paid) == 5
        year.arrive(*paid)
        assert states(year, paid) == {PayoutState.COMPLETED}
        assert invoices.open_papers() == []
    first = papers_of(year, "suomi")[-1]
    assert (first.net_micros, first.tax_micros) == (184_050_000, 44_170_000), "8 % of 2300.65; 24 % of that"
    year.hear(year.bank.credit(year.today, "SEK", 100_000_000, "", "Utstyr AS"))
    (found,) = banking.suspense(year.cashier)
    assert found.verdict is Verdict.SUSPENSE
    banking.match(year.cashier, found.id, year.people.outfitter.number)
    year.settle()
    assert banking.movement(year.cashier, found.id).verdict is Verdict.DEPOSIT


def a_transfer_fails(year: Year) -> None:
    """April's payout to the Finnish blog meets a closed account; May's has both, to another."""
    _, paid = month(year, 4)
    suomi = year.people.suomi
    (lost,) = [one for one in paid if one.publisher == suomi.number]
    year.hear(year.bank.refused(year.today, f"UTFALL-{lost.batch}-{lost.currency}", lost.name))
    year.arrive(*(one for one in paid if one is not lost))
    assert payouts.payout(year.cashier, lost.id).state is PayoutState.FAILED
    (due,) = [one for one in payouts.due(year.cashier) if one.publisher == suomi.number]
    assert "account_refused" in {one.reason.value for one in due.reasons}
    other = bank_account(Scheme.IBAN, "FI5542345670000081", "FI")
    payouts.set_account(suomi.caller(), PARTICULARS["suomi"].name, other)
    issued, paid = month(year, 5)
    (both,) = [one for one in paid if one.publisher == suomi.number]
    (billed,) = [one for one in issued if one.owner == "publisher" and one.party == suomi.number]
    assert abs(both.amount_micros - lost.amount_micros - billed.total_micros) <= A_CENT
    assert billed.net_micros > papers_of(year, "suomi")[-1].net_micros, "what February's steps raised"
    year.arrive(*paid)


def a_chargeback_comes_late(year: Year) -> None:
    """Orders paid in spring are refunded in June, for more than June earns: it carries forward."""
    kyst = year.people.kyst
    year.arrive(*beginning(year, 6).paid)
    year.until(6, 16)
    year.amend(Action.REFUND, "1-731-a", "2-731-a")
    rest(year, 6)
    issued, paid = month(year, 7)
    (credit,) = [one for one in issued if one.owner == "publisher" and one.party == kyst.number]
    assert (credit.kind, credit.net_micros) == (PaperKind.SELF_BILLING_CREDIT, -193_500_000)
    assert kyst.number not in {one.publisher for one in paid}
    year.arrive(*paid)
    (earned,) = payouts.earnings(kyst.caller())
    assert earned.owing_micros == 0, "July earned what was owed, to the micro"
    _, paid = month(year, 8)
    assert kyst.number not in {one.publisher for one in paid}
    year.arrive(*paid)


def a_publisher_wants_euros(year: Year) -> None:
    """From September on the Norwegian blog is paid in EUR what it earns in NOK, by the rate of the day."""
    kyst = year.people.kyst
    payouts.set_wishes(
        kyst.caller(), currency="EUR", minimum_micros=5_000_000, schedule=Schedule.MONTHLY, into="EUR"
    )


def a_tax_changes(year: Year) -> None:
    """Finland taxes what ends in August with 24 %, and what ends in September with 25.5 %."""
    finnish = {("advertiser", year.people.shop.number), ("publisher", year.people.suomi.number)}
    for number, ppm in ((9, 240_000), (10, 255_000)):
        began = beginning(year, number)
        for one in began.issued:
            rate = ppm if (one.owner, one.party) in finnish else 0
            assert abs(one.tax_micros - one.net_micros * rate // 1_000_000) <= WITHIN_ITS_CENT, one
        year.arrive(*began.paid)
        _is_paid_by_the_rate_of_the_day(year, began.paid)
        if number == 9:
            rest(year, number)


def _is_paid_by_the_rate_of_the_day(year: Year, paid: list[PayoutView]) -> None:
    (mine,) = [one for one in paid if one.publisher == year.people.kyst.number]
    (turned,) = mine.exchanges
    rate = Decimal(rate_on(year.today, "NOK"))
    assert (mine.currency, turned.currency, turned.rate.day) == ("EUR", "NOK", year.today)
    assert turned.rate.currency_micros == rate * 1_000_000
    assert abs(turned.into_micros - turned.micros / rate) <= 1
    assert abs(turned.into_micros - mine.amount_micros) < A_CENT


def a_publisher_moves(year: Year) -> None:
    """In October the Swedish blog moves to Finland: papers from then on are taxed there, and none before."""
    fjall = year.people.fjall
    before = {one.name: invoices.document(one.name) for one in papers_of(year, "fjall")}
    finnish = replace(PARTICULARS["fjall"], name="Tunturi Oy", country="FI", town="Inari", vat="FI09853608")
    year.until(10, 16)
    year.move(fjall, finnish, bank_account(Scheme.IBAN, "FI1410093000123458", "FI", "NDEAFIHH"))
    rest(year, 10)
    issued, paid = month(year, 11)
    own = [one for one in issued if (one.owner, one.party) == ("publisher", fjall.number)]
    assert {one.currency for one in own} == {"EUR", "SEK"}
    for one in own:
        assert abs(one.tax_micros - one.net_micros * 255_000 // 1_000_000) <= WITHIN_ITS_CENT
    assert {name: invoices.document(name) for name in before} == before
    assert all(b"SE556036079301" in one.content for one in before.values())
    assert {one.currency for one in paid if one.publisher == fjall.number} == {"EUR", "SEK"}
    year.arrive(*paid)


def a_payment_comes_back(year: Year) -> None:
    """What the designer was paid in November comes back in December, and goes to another account."""
    designer = year.people.designer
    (mine, *_) = payouts.payouts(designer.caller()).items
    year.until(11, 29)
    year.hear(year.bank.came_back(year.today, mine.currency, mine.name, mine.amount_micros))
    assert payouts.payout(year.cashier, mine.id).state is PayoutState.RETURNED
    other = bank_account(Scheme.IBAN, "SE4550000000058398257466", "SE")
    payouts.set_account(designer.caller(), "Disa Form", other)
    _, paid = month(year, 12)
    (again,) = [one for one in paid if one.publisher == designer.number]
    assert again.amount_micros > mine.amount_micros
    year.arrive(*paid)


def the_last_of_it_is_paid(year: Year) -> None:
    """No more orders; what December earned, and what its steps raised, is invoiced and paid."""
    for number in (1, 2, 3, 4):
        year.until(number, 1, 2025)
        year.collect(year.bill(*((2025, number - 1) if number > 1 else (2024, 12))))
        year.until(number, 15, 2025)
        year.arrive(*year.pay())
