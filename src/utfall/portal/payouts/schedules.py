"""On which days a publisher is paid: docs/algorithms/payouts.md, *Schedules*."""

from datetime import date, timedelta
from typing import Final

from utfall.portal.payouts.contracts import Schedule

_DAY: Final = timedelta(days=1)
_MONTH_DAYS: Final = {Schedule.MONTHLY: (15,), Schedule.SEMI_MONTHLY: (1, 15)}
_MONDAY: Final = 0
_LONGEST: Final = 32


def is_payday(schedule: Schedule, day: date) -> bool:
    """Whether the schedule has this day."""
    match schedule:
        case Schedule.WEEKLY:
            return day.weekday() == _MONDAY
        case Schedule.MANUAL:
            return True
        case _:
            return day.day in _MONTH_DAYS[schedule]


def is_due(schedule: Schedule, day: date, last: date | None) -> bool:
    """Whether the schedule has a day after the last payout and on or before this one.

    >>> is_due(Schedule.WEEKLY, date(2026, 11, 11), date(2026, 11, 2))
    True
    >>> is_due(Schedule.WEEKLY, date(2026, 11, 13), date(2026, 11, 11))
    False
    """
    newest = next(day - n * _DAY for n in range(_LONGEST) if is_payday(schedule, day - n * _DAY))
    return last is None or newest > last


def next_day(schedule: Schedule, day: date, last: date | None) -> date:
    """The day itself when due, else the schedule's first day after it.

    >>> next_day(Schedule.SEMI_MONTHLY, date(2026, 11, 22), date(2026, 11, 22))
    datetime.date(2026, 12, 1)
    >>> next_day(Schedule.WEEKLY, date(2026, 11, 13), date(2026, 11, 11))
    datetime.date(2026, 11, 16)
    """
    if is_due(schedule, day, last):
        return day
    return next(day + n * _DAY for n in range(1, _LONGEST) if is_payday(schedule, day + n * _DAY))
