"""The operator's figures in one currency, all from the book at one entry."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils import timezone

from utfall.portal.access import Caller, Kind, NotFound, Permission
from utfall.portal.access.times import from_ms
from utfall.portal.banking import facade as banking
from utfall.portal.book import facade as book
from utfall.portal.finance.ageing import receivables
from utfall.portal.finance.contracts import WEEKS, Account, Coming, Figures, Said, Used
from utfall.portal.finance.fees import Counted, counted, of_currency
from utfall.portal.finance.forecasting import forecast, incoming, outgoing
from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import Standing
from utfall.portal.funding.ledger import opened
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import Due, Reason
from utfall.portal.people import facade as people

DAY_MS: Final = 86_400_000
USUAL: Final = "SEK"
PATIENT: Final = frozenset({Reason.NOT_YET, Reason.IN_BATCH})
"""Reasons that end by themselves, on a payout day."""


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
    caller.require(Permission.MONEY)
    if caller.kind is not Kind.OPERATOR:
        raise NotFound
    today = timezone.localdate()
    read = _read(today)
    found = _currencies(read.balances)
    chosen = currency if currency in found else _usual(found, read.balances)
    standings = [one for one in funding.within(read.balances, read.entry) if one.currency == chosen]
    return _assembled(read, chosen, found, standings, payouts.due(caller), today)


def _read(today: date) -> Read:
    with opened() as found:
        if found is None:
            return Read(0, timezone.now(), [], [], [], [])
        end = datetime.combine(today + timedelta(weeks=WEEKS), datetime.min.time(), UTC)
        return Read(
            book.last_transaction(found),
            from_ms(book.progress(found).now),
            book.balances(found),
            book.advertiser_papers(found),
            book.holds_ending(found, int(end.timestamp() * 1000)),
            counted(found, today),
        )


def _assembled(
    read: Read,
    currency: str,
    currencies: Sequence[str],
    standings: Sequence[Standing],
    due: Iterable[Due],
    today: date,
) -> Figures:
    papers = [one for one in read.papers if one.currency == currency]
    numbers = {one.party for one in papers} | {one.advertiser for one in standings}
    names = {number: party.name for number, party in people.parties(Kind.ADVERTISER, numbers).items()}
    accounts = _accounts(read.balances, currency)
    sums = {(one.owner, one.bucket): one.micros for one in accounts}
    coming = _coming([one for one in due if one.currency == currency], today)
    holds = {from_ms(one.day * DAY_MS).date(): one.micros for one in read.holds if one.currency == currency}
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
    )


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


def _coming(due: Iterable[Due], today: date) -> tuple[Coming, ...]:
    """What is payable by the day on which it is paid; the last is what has none."""
    sums: dict[date | None, list[int]] = {}
    for one in due:
        if one.payable_micros > 0:
            told = sums.setdefault(_day_of(one, today), [0, 0])
            told[0], told[1] = told[0] + 1, told[1] + one.payable_micros
    days = sorted(sums, key=lambda day: (day is None, day or today))
    return tuple(Coming(day=day, publishers=sums[day][0], micros=sums[day][1]) for day in days)


def _day_of(one: Due, today: date) -> date | None:
    if one.is_due:
        return today
    patient = all(each.reason in PATIENT for each in one.reasons)
    return (one.next_day or today) if patient else None
