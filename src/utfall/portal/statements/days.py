"""Days of statements, and which entries of the book they are: docs/algorithms/statements.md."""

from datetime import date, timedelta
from typing import Final, NamedTuple

from django.utils import timezone

from utfall.portal.access.times import to_ms
from utfall.portal.book import facade as book

MARGIN: Final = timedelta(hours=1)
"""After that much nothing is settled that began before."""
_DAY: Final = timedelta(days=1)


class Bounds(NamedTuple):
    """Entries after one and through another; whether more may still come to those days."""

    after: int
    through: int
    is_over: bool


def month_of(day: date) -> tuple[date, date]:
    """The first and the last day of a month.

    >>> month_of(date(2026, 2, 11))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    first = day.replace(day=1)
    return first, (first + 31 * _DAY).replace(day=1) - _DAY


def bounds(found: book.Book, first: date, last: date) -> Bounds:
    """The entries that were settled on the days `first` to `last`."""
    begin, end = book.begins_ms(first), book.begins_ms(last + _DAY)
    return Bounds(
        book.transaction_at(found, begin - 1), book.transaction_at(found, end - 1), is_over(found, last)
    )


def is_over(found: book.Book, day: date) -> bool:
    """Whether nothing can be settled on a day any more."""
    end = book.begins_ms(day + _DAY)
    return end <= max(book.settled_until(found), to_ms(timezone.now() - MARGIN))
