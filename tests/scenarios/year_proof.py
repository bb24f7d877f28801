"""What must hold at the end of a year of money, asked of the book, the papers, the payouts and the bank."""

from collections import Counter
from itertools import count

from tests.scenarios.money_year import CURRENCIES, Year
from tests.scenarios.world import evidence_of
from utfall.portal.book import facade as book
from utfall.workers.invariants import check_all
from utfall.workers.replay import ReplaySource, replay

_ASKED = count(1)


def everything_holds(year: Year) -> None:
    """Every currency sums to zero, every invariant holds, and the book can be settled again to the byte."""
    with year.opened() as found:
        assert {one.currency: one.difference_micros for one in book.trial_balance(found)} == dict.fromkeys(
            CURRENCIES, 0
        )
        assert check_all(evidence_of(year.config, found)) == []
    again = replay(ReplaySource.of(year.config), year.folder / f"again-{next(_ASKED)}.sqlite3")
    assert again.identical, again.difference


def everything_is_explained(year: Year) -> None:
    """Papers and the bank say what the book says, and every payout leads to its receipts."""
    with year.opened() as found:
        _the_bank_agrees(year, found)
        _papers_sum_to_the_book(found)
        _taxes_are_what_papers_charged(found)
        _payouts_lead_to_receipts(found)
        _gain_and_loss_is_what_was_turned(found)


def standing(found: book.Book) -> dict[tuple[str, int, str, str], int]:
    """What stands where something stands."""
    return {
        (one.owner, one.owner_id, one.bucket, one.currency): one.balance_micros
        for one in book.balances(found)
        if one.balance_micros
    }


def _the_bank_agrees(year: Year, found: book.Book) -> None:
    stands = standing(found)
    assert {one: stands.get(("operator", 1, "bank", one), 0) for one in CURRENCIES} == dict(year.bank.holds)


def _papers_sum_to_the_book(found: book.Book) -> None:
    """Net of all papers and what was too little for one is what was earned; nothing is left to invoice."""
    through = book.last_transaction(found)
    papers = book.papers(found, count=1000)
    for party in {(one.owner, one.party, one.currency) for one in papers}:
        own = [one for one in papers if (one.owner, one.party, one.currency) == party]
        asked = book.unpapered(found, *party, through)
        earned = sum(one.amount_micros for one in book.earned_sums(found, *party, after=0, through=through))
        assert asked.whole_micros == 0, party
        assert sum(one.net_micros for one in own) + asked.standing_micros == earned, party


def _taxes_are_what_papers_charged(found: book.Book) -> None:
    charged: Counter[tuple[str, int, str, str]] = Counter()
    for one in book.papers(found, count=1000):
        if one.owner == "advertiser":
            charged["operator", 1, "vat_out", one.currency] -= one.tax_micros
        else:
            charged["operator", 1, "vat_in", one.currency] += one.tax_micros
    stands = standing(found)
    assert {one: micros for one, micros in stands.items() if one[2].startswith("vat_")} == {
        one: micros for one, micros in charged.items() if micros
    }


def _receipts(found: book.Book, line: book.Line) -> list[book.ReceiptRow]:
    """Of the line's own transaction; the second half of an exchange is told by the receipt of the first."""
    told = book.receipts_of_transaction(found, line.transaction)
    if told or line.kind != "exchange" or line.corrects is None:
        return told
    return book.receipts_of_transaction(found, line.corrects)


def _gain_and_loss_is_what_was_turned(found: book.Book) -> None:
    """What the network took over in one currency and gave for it in another, and nothing else."""
    turned: Counter[str] = Counter()
    for one in book.exchanges(found, count=1000):
        assert book.receipts_of_transaction(found, one.transaction), one
        turned[one.currency] -= one.amount_micros
        turned[one.into] += one.into_amount_micros
    stands = {key[3]: micros for key, micros in standing(found).items() if key[2] == "exchange"}
    assert stands == turned
    assert {"EUR", "NOK"} == set(turned)


def _payouts_lead_to_receipts(found: book.Book) -> None:
    """Every micro of every payout is lines of the book, and every line has a receipt."""
    paid = book.payouts(found, count=1000)
    assert {one.status for one in paid} == {"completed", "failed", "returned"}
    for one in paid:
        made_of = book.lines_of_payout(found, one.number, count=1000)
        opening = book.standing_at(found, "publisher", one.publisher, "payable", one.currency, one.since)
        turned = sum(each.into_amount_micros for each in book.exchanges_of_payout(found, one.transaction))
        made = opening + sum(line.amount_micros for line in made_of) - turned
        assert made == -one.amount_micros - one.rest_micros, one
        for line in made_of:
            if line.kind != "release" or line.conversion is not None:
                assert _receipts(found, line), line
        if one.status == "completed":
            assert all(
                each.receipt is not None for each in book.commissions_of_payout(found, one.number, count=1000)
            )
