"""Which month of a bond a time lies in: the calendar's months, counted from the day the bond was made."""

from calendar import monthrange
from datetime import date

from utfall.engine.state import Bond
from utfall.terms import Snapshot


def month_of(bond: Bond, at: int, terms: Snapshot) -> int | None:
    """The month of a bond in which a time lies, from 1 on; None outside of its months."""
    if at < bond.at:
        return None
    month = month_between(terms.day_of(bond.program, bond.at), terms.day_of(bond.program, at))
    return month if month <= bond.months else None


def month_between(first: date, day: date) -> int:
    """The number of the month that a day lies in, counted from a first day.

    >>> first = date(2026, 1, 31)
    >>> [month_between(first, day) for day in (date(2026, 2, 27), date(2026, 2, 28), date(2026, 4, 30))]
    [1, 2, 4]
    """
    months = (day.year - first.year) * 12 + day.month - first.month
    begins = min(first.day, monthrange(day.year, day.month)[1])
    return months + (day.day >= begins)
