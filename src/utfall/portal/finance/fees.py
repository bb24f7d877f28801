"""What the network earned, month by month: added up once for what is past, and on from there for what is new.

A fee counts in the month in which the book settled it; one that is taken back counts against the month
in which that happened.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from utfall.portal.access import Kind
from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.contracts import AdvertiserFee, Fee
from utfall.portal.finance.models import FeeMonth
from utfall.portal.people import facade as people

MONTHS: Final = 12


class Counted(NamedTuple):
    """The fees of a month by currency and advertiser, from entries after one and through another."""

    month: str
    after: int
    through: int
    fees: dict[str, Counter[int]]


def months_until(today: date) -> list[date]:
    """The first days of the last twelve months.

    >>> months_until(date(2026, 11, 22))[0]
    datetime.date(2025, 12, 1)
    """
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def counted(found: book.Book, today: date, through: int | None = None) -> list[Counted]:
    """The fees of the last twelve months, until the last entry or another: of what was kept, and of what came
    since.
    """
    firsts = months_until(today)
    kept = {row.month: row for row in FeeMonth.objects.system().filter(month__in=map(_name, firsts))}
    last = book.last_transaction(found) if through is None else through
    bounds = [*(_before(found, first) for first in firsts), last]
    return [
        _month(found, _name(first), after, until, kept.get(_name(first)))
        for first, after, until in zip(firsts, bounds, bounds[1:], strict=False)
    ]


def _month(found: book.Book, month: str, after: int, through: int, row: FeeMonth | None) -> Counted:
    # What was kept of a book that was rebuilt since has other bounds, and is counted again.
    is_known = row is not None and row.after == after and row.through <= through
    sums = _kept(row) if is_known and row else None
    since = row.through if sums is not None and row else after
    fees = sums or {}
    for one in book.fees_by_advertiser(found, since, through):
        fees.setdefault(one.currency, Counter())[one.advertiser] += one.micros
    return Counted(month, after, through, fees)


def _kept(row: FeeMonth) -> dict[str, Counter[int]] | None:
    """What was kept of a month by advertiser, whose numbers are texts in JSON; None where that is not told or
    not what the month came to.
    """
    told = {
        currency: Counter({int(number): micros for number, micros in fees.items()})
        for currency, fees in (row.advertisers or {}).items()
    }
    return told if _sums(told) == row.fees else None


def _sums(fees: dict[str, Counter[int]]) -> dict[str, int]:
    return {currency: told.total() for currency, told in fees.items()}


def of_currency(months: list[Counted], currency: str) -> tuple[Fee, ...]:
    """The fees of months in one currency."""
    return tuple(Fee(month=one.month, micros=_sums(one.fees).get(currency, 0)) for one in months)


def by_advertiser(months: Sequence[Counted], currency: str) -> tuple[AdvertiserFee, ...]:
    """The fees of months in one currency by advertiser, who brought the most first."""
    numbers = {number for one in months for number in one.fees.get(currency, ())}
    names = people.party_names(Kind.ADVERTISER, numbers)
    return tuple(
        AdvertiserFee(
            month=one.month,
            advertiser=number,
            name=names.get(number) or (f"#{number}" if number else _("Of no advertiser")),
            micros=micros,
        )
        for one in months
        for number, micros in sorted(one.fees.get(currency, {}).items(), key=lambda each: (-each[1], each[0]))
        if micros
    )


def keep(today: date | None = None) -> int:
    """Keep what was counted, so that nobody counts it again; how many months had something new."""
    with opened() as found:
        months = counted(found, today or book.today()) if found is not None else []
    changed = 0
    with transaction.atomic():
        rows = FeeMonth.objects.system()
        kept = {row.month: row.through for row in rows if _kept(row) is not None}
        for one in months:
            if one.through > kept.get(one.month, one.after):
                told = {"after": one.after, "through": one.through, "fees": _sums(one.fees)}
                told["advertisers"] = one.fees
                FeeMonth.objects.system().update_or_create(month=one.month, defaults=told)
                changed += 1
    return changed


def _before(found: book.Book, first: date) -> int:
    """The last entry settled before a day."""
    return book.transaction_at(found, book.begins_ms(first) - 1)


def _name(first: date) -> str:
    return f"{first:%Y-%m}"
