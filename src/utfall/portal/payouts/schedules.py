"""On which days a publisher is paid: docs/algorithms/payouts.md, *Schedules*."""

from collections.abc import Collection
from datetime import date, timedelta
from itertools import count
from typing import Final

from utfall.portal.payouts.contracts import Schedule

_DAY: Final = timedelta(days=1)
_MONTH_DAYS: Final = {Schedule.MONTHLY: (15,), Schedule.SEMI_MONTHLY: (1, 15)}
_MONDAY: Final = 0
LONGEST: Final = 32
"""Between two days of a schedule there are fewer days."""


def is_payday(schedule: Schedule, day: date) -> bool:
    """Whether the schedule has this day."""
    match schedule:
        case Schedule.WEEKLY:
            return day.weekday() == _MONDAY
        case Schedule.MANUAL:
            return True
        case _:
            return day.day in _MONTH_DAYS[schedule]


def is_due(schedule: Schedule, day: date, last: date | None, served: Collection[date] = ()) -> bool:
    """Whether the schedule has a day after the last payout and on or before this one, and no payout that was
    made ahead is of it. `served`: for which days payouts were made.

    >>> is_due(Schedule.WEEKLY, date(2026, 11, 11), date(2026, 11, 2))
    True
    >>> is_due(Schedule.WEEKLY, date(2026, 11, 13), date(2026, 11, 11))
    False
    >>> is_due(Schedule.WEEKLY, date(2026, 12, 28), date(2026, 12, 23), [date(2026, 12, 28)])
    False
    """
    newest = _newest(schedule, day)
    return (last is None or newest > last) and all(_newest(schedule, one) != newest for one in served)


def next_day(schedule: Schedule, day: date, last: date | None, served: Collection[date] = ()) -> date:
    """The day itself when due, else the schedule's first day after it of which no payout was made ahead.

    >>> next_day(Schedule.SEMI_MONTHLY, date(2026, 11, 22), date(2026, 11, 22))
    datetime.date(2026, 12, 1)
    >>> next_day(Schedule.WEEKLY, date(2026, 11, 13), date(2026, 11, 11))
    datetime.date(2026, 11, 16)
    >>> next_day(Schedule.WEEKLY, date(2026, 12, 24), date(2026, 12, 23), [date(2026, 12, 28)])
    datetime.date(2027, 1, 4)
    """
    if is_due(schedule, day, last, served):
        return day
    taken = {_newest(schedule, one) for one in served}
    later = (day + n * _DAY for n in count(1))
    return next(one for one in later if is_payday(schedule, one) and one not in taken)


def _newest(schedule: Schedule, day: date) -> date:
    """The last day of the schedule on or before a day."""
    return next(day - n * _DAY for n in range(LONGEST) if is_payday(schedule, day - n * _DAY))
