"""The operator's figures in one currency, all from the book at one entry."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils import timezone

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.access.times import from_ms
from utfall.portal.banking import facade as banking
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.ageing import receivables
from utfall.portal.finance.contracts import WEEKS, Account, Figures, Said, Used
from utfall.portal.finance.exchanging import positions
from utfall.portal.finance.fees import Counted, counted, of_currency
from utfall.portal.finance.forecasting import forecast, incoming, outgoing
from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import Standing
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import DueDays
from utfall.portal.people import facade as people
from utfall.portal.rates import rates

DAY_MS: Final = 86_400_000
USUAL: Final = "SEK"


class Read(NamedTuple):
    """What was read of the book at one entry."""

    entry: int
    at: datetime
    balances: list[book.Balance]
    papers: list[book.AdvertiserPaper]
    holds: list[book.HoldEnding]
    fees: list[Counted]


def figures(caller: Caller, currency: str = "") -> Figures:
    """Balances, the age of invoices, credit, payables, fees and the cash to come, in one currency."""
    caller.require_operator(Permission.MONEY)
    today = book.today()
    read = _read(today)
    found = _currencies(read.balances)
    chosen = currency if currency in found else _usual(found, read.balances)
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
    accounts = _accounts(read.balances, currency)
    sums = {(one.owner, one.bucket): one.micros for one in accounts}
    holds = {from_ms(one.day * DAY_MS).date(): one.micros for one in read.holds if one.currency == currency}
    coming = tuple(due.days.get(currency, ()))
    income, stale = incoming(papers, standings, today)
    outgo, unscheduled = outgoing(-sums.get(("publisher", "transfer"), 0), coming, holds, today)
    return Figures(
        currency=currency,
        currencies=tuple(currencies),
        entry=read.entry,
        at=read.at,
        today=today,
        imbalance_micros=sum(abs(one) for one in _imbalances(read.balances)),
        accounts=accounts,
        receivables=receivables(papers, names, today),
        used=tuple(
            Used(name=names.get(one.advertiser, f"#{one.advertiser}"), standing=one)
            for one in sorted(standings, key=lambda one: -one.used_micros)
        ),
        coming=coming,
        coming_as_of=due.as_of,
        fees=of_currency(read.fees, currency),
        forecast=forecast(
            bank_micros=sums.get(("operator", "bank"), 0),
            today=today,
            income=income,
            outgo=outgo,
            unscheduled_micros=unscheduled,
            stale_micros=stale,
        ),
        said=_said(currency),
        positions=positions(_exchanged(read.balances), currency, rates, today),
    )


def _exchanged(balances: Iterable[book.Balance]) -> dict[str, int]:
    """What stands on the exchange accounts, by currency."""
    return {
        one.currency: one.balance_micros
        for one in balances
        if (one.owner, one.bucket) == ("operator", "exchange")
    }


def _said(currency: str) -> Said | None:
    told = banking.last_balances().get(currency)
    return Said(on=told[0], micros=told[1]) if told else None


def _currencies(balances: Iterable[book.Balance]) -> list[str]:
    return sorted({one.currency for one in balances})


def _usual(found: Sequence[str], balances: Iterable[book.Balance]) -> str:
    """The currency with the most accounts."""
    counts = Counter(one.currency for one in balances)
    return max(found, key=lambda one: (counts[one], one)) if found else USUAL


def _accounts(balances: Iterable[book.Balance], currency: str) -> tuple[Account, ...]:
    sums: dict[tuple[str, str], int] = {}
    for one in balances:
        if one.currency == currency:
            key = (one.owner, one.bucket)
            sums[key] = sums.get(key, 0) + one.balance_micros
    return tuple(Account(owner=key[0], bucket=key[1], micros=sums[key]) for key in sorted(sums))


def _imbalances(balances: Iterable[book.Balance]) -> list[int]:
    """What the balances of each currency add up to: nothing."""
    sums: dict[str, int] = {}
    for one in balances:
        sums[one.currency] = sums.get(one.currency, 0) + one.balance_micros
    return list(sums.values())
