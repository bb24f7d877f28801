"""The figures as they stood at the end of a day: docs/algorithms/funding.md, *As of a past day*."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, refuse
from utfall.portal.access.times import from_ms
from utfall.portal.banking import facade as banking
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.adding import accounts, chosen_of, exchanged, imbalance
from utfall.portal.finance.ageing import receivables
from utfall.portal.finance.contracts import Figures, PayableThen, Said, Stood, Unowned
from utfall.portal.finance.exchanging import positions
from utfall.portal.finance.fees import Counted, by_advertiser, counted, of_currency
from utfall.portal.finance.month_ends import nearest
from utfall.portal.people import facade as people
from utfall.portal.rates import rates
from utfall.portal.statements import facade as statements

_DAY: Final = timedelta(days=1)
ENDS: Final = 6
"""So many ends of months are offered."""


class Days(NamedTuple):
    """The past days that there are, and the last ends of months among them, newest first."""

    first: date
    last: date
    ends: tuple[date, ...]


class _Read(NamedTuple):
    """What was read of the book at the end of a day."""

    entry: int
    at_ms: int
    balances: list[book.Balance]
    papers: list[book.OpenThen]
    unowned: list[book.UnownedThen]
    fees: list[Counted]


def figures_then(currency: str, day: date) -> Figures:
    """What stood in a currency at the end of a day that is over."""
    read = _read(day)
    chosen, found = chosen_of(read.balances, currency)
    papers = [one for one in read.papers if one.currency == chosen]
    balances = [one for one in read.balances if one.currency == chosen and one.balance_micros]
    buyers = {one.owner_id for one in balances if one.owner == "advertiser"} | {one.party for one in papers}
    names = people.party_names(Kind.ADVERTISER, buyers)
    return Figures(
        currency=chosen,
        currencies=tuple(found),
        entry=read.entry,
        at=from_ms(read.at_ms),
        today=day,
        as_of=day,
        imbalance_micros=imbalance(read.balances),
        accounts=accounts(read.balances, chosen),
        receivables=receivables(papers, names, day),
        used=(),
        coming=(),
        coming_as_of=None,
        fees=of_currency(read.fees, chosen),
        advertiser_fees=by_advertiser(read.fees, chosen),
        forecast=None,
        said=said(chosen, day),
        positions=positions(exchanged(read.balances), chosen, rates, day),
        stood=_stood(balances, names),
        payables=_payables(balances),
        unowned=_unowned(one for one in read.unowned if one.currency == chosen),
    )


def _read(day: date) -> _Read:
    with opened() as found:
        entry = entry_of(found, day)
        assert found is not None, "a book without entries was refused"
        return _Read(
            entry,
            book.settled_at(found, entry),
            book.balances_then(found, entry, nearest(found, entry)),
            book.papers_open_then(found, entry),
            book.unowned_then(found, entry),
            counted(found, day, entry),
        )


def entry_of(found: book.Book | None, day: date) -> int:
    """The last entry settled by the end of a day. Refused where more may follow, and where there is none."""
    if day >= book.today():
        refuse("day_not_over", _("Choose a day that has passed."), "as_of")
    entry = book.transaction_at(found, book.begins_ms(day + _DAY) - 1) if found is not None else 0
    if not entry:
        refuse("before_the_book", _("Nothing was settled by the end of that day."), "as_of")
    if not statements.days_are_over(day):
        words = _("Something may still be settled on that day. Ask again in an hour.")
        refuse("day_not_over", words, "as_of", status=409)
    return entry


def past_days() -> Days | None:
    """The past days that figures can be of; None where there is none yet."""
    with opened() as found:
        settled = book.first_settled_at(found) if found is not None else None
    if settled is None:
        return None
    first, last = book.day_of(settled), book.today() - _DAY
    ends: list[date] = []
    while len(ends) < ENDS and (end := (ends[-1] if ends else book.today()).replace(day=1) - _DAY) >= first:
        ends.append(end)
    return Days(first, last, tuple(ends)) if first <= last else None


def said(currency: str, until: date = date.max) -> Said | None:
    """What the bank said last, on a day or before, that stands on the account."""
    told = banking.last_balances(until).get(currency)
    return Said(on=told[0], micros=told[1]) if told else None


def _stood(balances: Iterable[book.Balance], names: dict[int, str]) -> tuple[Stood, ...]:
    """By advertiser, who had the most on its deposit first."""
    held: dict[int, dict[str, int]] = {}
    for one in balances:
        if one.owner == "advertiser":
            held.setdefault(one.owner_id, {})[one.bucket] = one.balance_micros
    told = [
        Stood(
            advertiser=number,
            name=names.get(number, f"#{number}"),
            deposit_micros=-sums.get("deposit", 0),
            accrued_micros=sums.get("accrued", 0),
            owed_micros=sums.get("owed", 0),
            receivable_micros=sums.get("receivable", 0),
        )
        for number, sums in sorted(held.items())
    ]
    return tuple(sorted(told, key=lambda one: -one.deposit_micros))


def _payables(balances: Iterable[book.Balance]) -> tuple[PayableThen, ...]:
    """By publisher, who had the most to come first."""
    held = {
        one.owner_id: -one.balance_micros
        for one in balances
        if (one.owner, one.bucket) == ("publisher", "payable")
    }
    names = people.party_names(Kind.PUBLISHER, held)
    told = sorted(held.items(), key=lambda one: (-one[1], one[0]))
    return tuple(
        PayableThen(publisher=number, name=names.get(number, f"#{number}"), micros=micros)
        for number, micros in told
    )


def _unowned(rows: Iterable[book.UnownedThen]) -> tuple[Unowned, ...]:
    return tuple(
        Unowned(
            receipt=one.id,
            day=date.fromisoformat(one.day),
            identity=one.identity,
            words=one.words,
            micros=one.amount_micros,
        )
        for one in rows
    )
