"""What the network earned, month by month: added up once for what is past, and on from there for what is new.

A fee counts in the month in which the book settled it; one that is taken back counts against the month
in which that happened.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import transaction

from utfall.portal.book import facade as book
from utfall.portal.book.facade import opened
from utfall.portal.finance.contracts import Fee
from utfall.portal.finance.models import FeeMonth

MONTHS: Final = 12


class Counted(NamedTuple):
    """The fees of a month in every currency, from entries after one and through another."""

    month: str
    after: int
    through: int
    fees: dict[str, int]


def months_until(today: date) -> list[date]:
    """The first days of the last twelve months.

    >>> months_until(date(2026, 11, 22))[0]
    datetime.date(2025, 12, 1)
    """
    found = [today.replace(day=1)]
    while len(found) < MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]


def counted(found: book.Book, today: date) -> list[Counted]:
    """The fees of the last twelve months: of what was kept, and of what came since."""
    firsts = months_until(today)
    kept = {row.month: row for row in FeeMonth.objects.system().filter(month__in=map(_name, firsts))}
    bounds = [_before(found, first) for first in firsts] + [book.last_transaction(found)]
    return [
        _month(found, _name(first), after, through, kept.get(_name(first)))
        for first, after, through in zip(firsts, bounds, bounds[1:], strict=False)
    ]


def _month(found: book.Book, month: str, after: int, through: int, row: FeeMonth | None) -> Counted:
    # What was kept of a book that was rebuilt since has other bounds, and is counted again.
    is_known = row is not None and row.after == after and row.through <= through
    sums = dict(row.fees) if is_known and row else {}
    for one in book.fees_between(found, row.through if is_known and row else after, through):
        sums[one.currency] = sums.get(one.currency, 0) + one.micros
    return Counted(month, after, through, sums)


def of_currency(months: list[Counted], currency: str) -> tuple[Fee, ...]:
    """The fees of months in one currency."""
    return tuple(Fee(month=one.month, micros=one.fees.get(currency, 0)) for one in months)


def keep(today: date | None = None) -> int:
    """Keep what was counted, so that nobody counts it again; how many months had something new."""
    with opened() as found:
        months = counted(found, today or book.today()) if found is not None else []
    changed = 0
    with transaction.atomic():
        kept = {row.month: row.through for row in FeeMonth.objects.system()}
        for one in months:
            if one.through > kept.get(one.month, one.after):
                told = {"after": one.after, "through": one.through, "fees": one.fees}
                FeeMonth.objects.system().update_or_create(month=one.month, defaults=told)
                changed += 1
    return changed


def _before(found: book.Book, first: date) -> int:
    """The last entry settled before a day."""
    return book.transaction_at(found, book.begins_ms(first) - 1)


def _name(first: date) -> str:
    return f"{first:%Y-%m}"
