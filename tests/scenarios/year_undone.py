"""A year of money is taken back: orders, payouts, papers, what was settled, and what was paid in."""

from collections import defaultdict
from itertools import count
from typing import Any

from tests.scenarios.money_year import Year
from tests.scenarios.year_proof import standing
from utfall.events import Action, Exchange, Funding, MoneyEvent, Paper, PaperKind, PayoutEnd, Settling
from utfall.portal.book import facade as book
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import PayoutState
from utfall.portal.validation.facade import money_id, tell

CREDITS = {"advertiser": PaperKind.CREDIT_NOTE, "publisher": PaperKind.SELF_BILLING_CREDIT}
PAPERS = {"advertiser": PaperKind.INVOICE, "publisher": PaperKind.SELF_BILLING}
_EVENTS = count(1)


def everything_is_taken_back(year: Year) -> None:
    """Afterwards nothing stands on any account."""
    year.amend(Action.REFUND, *year.orders)
    _payouts_come_back(year)
    _what_was_turned_is_turned_back(year)
    for one in _papers(year, positive=True):
        _credit(year, one)
    _what_was_credited_before(year)
    for one in _papers(year, positive=None):
        if one.owner == "advertiser" and one.open_micros:
            _told(year, Settling, paper=one.name, amount_micros=one.open_micros)
    _deposits_are_paid_back(year)
    with year.opened() as found:
        assert standing(found) == {}


def _payouts_come_back(year: Year) -> None:
    for one in payouts.payouts(year.cashier, limit=200).items:
        if one.state is PayoutState.COMPLETED:
            payouts.note_by_hand(year.cashier, one.id, PayoutEnd.RETURNED, why="All of it is taken back")
    year.settle()


def _what_was_turned_is_turned_back(year: Year) -> None:
    """By the rate of then, so that neither a gain nor a loss is left."""
    with year.opened() as found:
        rows = [one for one in book.exchanges(found, count=1000) if one.undone is None]
    for one in rows:
        _told(
            year,
            Exchange,
            owner=one.owner,
            party=one.party,
            currency=one.currency,
            into=one.into,
            amount_micros=-one.amount_micros,
            into_amount_micros=-one.into_amount_micros,
            currency_micros=one.currency_micros,
            into_micros=one.into_micros,
            rate_source=one.rate_source,
            day=one.day,
            through=one.through,
            undoes=one.event,
        )


def _papers(year: Year, *, positive: bool | None) -> list[book.PaperRow]:
    """Papers in the order in which they were issued."""
    with year.opened() as found:
        rows = book.papers(found, count=1000)
    return [one for one in reversed(rows) if positive is None or (one.net_micros > 0) is positive]


def _credit(year: Year, one: book.PaperRow) -> None:
    """A credit note over the whole of a paper."""
    _paper(
        year,
        one,
        CREDITS[one.owner],
        net_micros=-one.net_micros,
        tax_micros=-one.tax_micros,
        through=one.through,
        corrects=one.name,
    )


def _what_was_credited_before(year: Year) -> None:
    """Credit notes that took back what was refunded during the year: papers take them back in turn."""
    left: dict[tuple[str, int, str], list[book.PaperRow]] = defaultdict(list)
    for one in _papers(year, positive=False):
        if one.corrects is None:
            left[one.owner, one.party, one.currency].append(one)
    for (owner, _, _), rows in left.items():
        with year.opened() as found:
            through = book.last_transaction(found)
        _paper(
            year,
            rows[0],
            PAPERS[owner],
            net_micros=-sum(one.net_micros for one in rows),
            tax_micros=-sum(one.tax_micros for one in rows),
            through=through,
        )


def _paper(year: Year, like: book.PaperRow, kind: PaperKind, **fields: Any) -> None:
    """A paper to a paper's party, in a series of its own."""
    with year.opened() as found:
        series = f"U{like.series}"
        number = book.next_number(found, series)
    _told(
        year,
        Paper,
        paper=kind,
        series=series,
        number=number,
        party=like.party,
        currency=like.currency,
        period_from=like.period_from,
        period_until=like.period_until,
        digest="undone",
        **fields,
    )


def _deposits_are_paid_back(year: Year) -> None:
    with year.opened() as found:
        stands = standing(found)
    for (owner, party, bucket, currency), micros in stands.items():
        if (owner, bucket) == ("advertiser", "deposit"):
            _told(
                year,
                Funding,
                advertiser=party,
                currency=currency,
                amount_micros=micros,
                identity=f"back {party} {currency}",
                day=year.today.isoformat(),
            )


def _told(year: Year, kind: Any, **fields: Any) -> None:
    """An event of money, which settlement must accept."""
    at = year.clock.look()
    event: MoneyEvent = kind(
        id=money_id(at, "undone", next(_EVENTS)), occurred_at=at, received_at=at, **fields
    )
    tell([event])
    year.settle()
    with year.opened() as found:
        assert book.answers(found, [event.id])[event.id].reason is None, event
