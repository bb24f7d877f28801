"""Days of statements, and which entries of the book they are: docs/algorithms/statements.md."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils import timezone

from utfall.portal.access.times import to_ms
from utfall.portal.book import facade as book

MARGIN: Final = timedelta(hours=1)
"""After that much nothing is settled that began before."""
_DAY: Final = timedelta(days=1)
FIRST_YEAR: Final = 2000
"""Of no year before it anything is asked."""


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
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def bounds(found: book.Book, first: date, last: date) -> Bounds:
    """The entries that were settled on the days `first` to `last`."""
    begin, end = book.begins_ms(first), _ends_ms(last)
    return Bounds(
        book.transaction_at(found, begin - 1), book.transaction_at(found, end - 1), is_over(found, last)
    )


def _ends_ms(day: date) -> int:
    """When the next day begins; the last day that can be written never ends."""
    return book.begins_ms(day + _DAY) if day < date.max else to_ms(datetime.max.replace(tzinfo=UTC))


def is_over(found: book.Book, day: date) -> bool:
    """Whether nothing can be settled on a day any more."""
    end = _ends_ms(day)
    return end <= max(book.settled_until(found), to_ms(timezone.now() - MARGIN))


def first_day(publisher: int | None = None) -> date | None:
    """The day on which anything was settled first, or first became payable to a publisher; None before."""
    with book.opened() as found:
        if found is None:
            return None
        settled = book.first_settled_at(found) if publisher is None else _first_payable(found, publisher)
    return None if settled is None else book.day_of(settled)


def _first_payable(found: book.Book, publisher: int) -> int | None:
    last = book.last_transaction(found)
    rows = [
        row
        for one in book.balances_of(found, "publisher", publisher)
        if one.bucket == "payable"
        for row in book.statement_lines(
            found, "publisher", publisher, one.bucket, one.currency, after=0, through=last, count=1
        )
    ]
    return min((row.settled_at for row in rows), default=None)
