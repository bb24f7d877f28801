"""The operator's figures in one currency, all from the book at one entry."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.times import from_ms
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.adding import accounts, chosen_of, exchanged, imbalance
from utfall.portal.finance.ageing import receivables
from utfall.portal.finance.contracts import WEEKS, Figures, Used
from utfall.portal.finance.exchanging import positions
from utfall.portal.finance.fees import Counted, by_advertiser, counted, of_currency
from utfall.portal.finance.forecasting import forecast, incoming, outgoing
from utfall.portal.finance.past import figures_then, said
from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import Standing
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import DueDays
from utfall.portal.people import facade as people
from utfall.portal.rates import rates

DAY_MS: Final = 86_400_000


class Read(NamedTuple):
    """What was read of the book at one entry."""

    entry: int
    at: datetime
    balances: list[book.Balance]
    papers: list[book.AdvertiserPaper]
    holds: list[book.HoldEnding]
    fees: list[Counted]


def figures(caller: Caller, currency: str = "", as_of: date | None = None) -> Figures:
    """Balances, the age of invoices, credit, payables, fees and the cash to come, in one currency; or what of
    these stood at the end of a past day.
    """
    caller.require_operator(Permission.MONEY)
    if as_of is not None:
        return figures_then(currency, as_of)
    today = book.today()
    read = _read(today)
    chosen, found = chosen_of(read.balances, currency)
    coming = payouts.due_days(caller)
    standings = [one for one in funding.within(read.balances, read.entry) if one.currency == chosen]
    return _assembled(read, chosen, found, standings, coming, today)


def _read(today: date) -> Read:
    with opened() as found:
        if found is None:
            return Read(0, timezone.now(), [], [], [], [])
        return Read(
            book.last_transaction(found),
            from_ms(book.progress(found).now),
            book.balances(found),
            book.advertiser_papers(found),
            book.holds_ending(found, book.begins_ms(today + timedelta(weeks=WEEKS))),
            counted(found, today),
        )


def _assembled(
    read: Read,
    currency: str,
    currencies: Sequence[str],
    standings: Sequence[Standing],
    due: DueDays,
    today: date,
) -> Figures:
    papers = [one for one in read.papers if one.currency == currency]
    numbers = {one.party for one in papers} | {one.advertiser for one in standings}
    names = people.party_names(Kind.ADVERTISER, numbers)
    stands = accounts(read.balances, currency)
    sums = {(one.owner, one.bucket): one.micros for one in stands}
    holds = {from_ms(one.day * DAY_MS).date(): one.micros for one in read.holds if one.currency == currency}
    coming = tuple(due.days.get(currency, ()))
    income, stale = incoming(papers, standings, today)
    outgo, unscheduled = outgoing(currency, -sums.get(("publisher", "transfer"), 0), coming, holds, today)
    return Figures(
        currency=currency,
        currencies=tuple(currencies),
        entry=read.entry,
        at=read.at,
        today=today,
        imbalance_micros=imbalance(read.balances),
        accounts=stands,
        receivables=receivables(papers, names, today),
        used=tuple(
            Used(name=names.get(one.advertiser, f"#{one.advertiser}"), standing=one)
            for one in sorted(standings, key=lambda one: -one.used_micros)
        ),
        coming=coming,
        coming_as_of=due.as_of,
        fees=of_currency(read.fees, currency),
        advertiser_fees=by_advertiser(read.fees, currency),
        forecast=forecast(
            bank_micros=sums.get(("operator", "bank"), 0),
            today=today,
            income=income,
            outgo=outgo,
            unscheduled_micros=unscheduled,
            stale_micros=stale,
        ),
        said=said(currency),
        positions=positions(exchanged(read.balances), currency, rates, today),
    )
