"""The accounting year: twelve months from the first of a month."""

from datetime import date, timedelta
from typing import NamedTuple


class Year(NamedTuple):
    """A year, its first and its last day."""

    first: date
    last: date


def year_of(day: date, begins: int) -> Year:
    """The accounting year that a day is in, where years begin in a month (1 to 12).

    >>> year_of(date(2026, 4, 30), 5)
    Year(first=datetime.date(2025, 5, 1), last=datetime.date(2026, 4, 30))
    """
    first = date(day.year if day.month >= begins else day.year - 1, begins, 1)
    return Year(first, first.replace(year=first.year + 1) - timedelta(days=1))
