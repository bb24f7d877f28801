"""When people come: by trade, day of the year, weekday and hour. Local time; multipliers around one."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final


class Trade(StrEnum):
    """What an advertiser sells: each has its own year."""

    SHOP = "shop"
    SERVICE = "service"
    APP = "app"


_MONTHS: Final = {
    Trade.SHOP: (1.05, 0.85, 0.95, 1.0, 1.05, 0.95, 0.75, 0.95, 1.05, 1.1, 1.2, 1.3),
    Trade.SERVICE: (1.3, 1.15, 1.1, 1.0, 0.95, 0.8, 0.35, 0.9, 1.15, 1.15, 1.1, 0.75),
    Trade.APP: (0.7, 0.75, 0.85, 0.95, 1.15, 1.4, 1.6, 1.35, 1.15, 0.95, 0.75, 0.7),
}
_WEEKDAYS: Final = {
    Trade.SHOP: (1.02, 0.96, 0.95, 0.98, 0.98, 0.95, 1.16),
    Trade.SERVICE: (1.3, 1.35, 1.3, 1.25, 1.0, 0.35, 0.45),
    Trade.APP: (0.85, 0.85, 0.88, 0.95, 1.1, 1.25, 1.12),
}
_HOURS: Final = {
    Trade.SHOP: (4, 2, 1, 1, 1, 3, 8, 14, 18, 22, 26, 30, 34, 32, 30, 30, 32, 36, 44, 56, 62, 54, 34, 14),
    Trade.SERVICE: (1, 1, 1, 1, 1, 2, 8, 26, 56, 70, 72, 62, 40, 62, 66, 60, 44, 24, 16, 18, 22, 16, 8, 3),
    Trade.APP: (5, 3, 2, 1, 2, 6, 18, 30, 32, 34, 36, 36, 38, 36, 36, 38, 44, 50, 52, 50, 46, 38, 26, 12),
}
_GROWTH: Final = {Trade.SHOP: (0.85, 1.15), Trade.SERVICE: (0.95, 1.05), Trade.APP: (0.8, 1.2)}
"""Of the first and of the last day of a year."""

BLACK_FRIDAY: Final = 3.6


@cache
def clicks(trade: Trade, day: date) -> float:
    """How many clicks a day has, against an average one.

    >>> round(clicks(Trade.SHOP, date(2025, 11, 28)), 2), round(clicks(Trade.SERVICE, date(2026, 7, 12)), 2)
    (4.23, 0.16)
    """
    factor = _MONTHS[trade][day.month - 1] * _WEEKDAYS[trade][day.weekday()]
    return factor * (_sale(day) if trade is Trade.SHOP else _holiday(day))


@cache
def orders(trade: Trade, day: date) -> float:
    """How many of those who come buy, against an average day."""
    if trade is not Trade.SHOP:
        return 1.0
    return 1.0 + 0.35 * min(_sale(day) - 1.0, 2.6) / 2.6 if _sale(day) > 1.0 else 1.0


def growth(trade: Trade, days_before_end: float) -> float:
    """How far the market has grown, so many days before the end of the year that is told."""
    first, last = _GROWTH[trade]
    return last - (last - first) * min(max(days_before_end, 0.0), 365.0) / 365.0


def hours(trade: Trade) -> tuple[int, ...]:
    """The weight of each hour of a local day."""
    return _HOURS[trade]


@cache
def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November.

    >>> black_friday(2025)
    datetime.date(2025, 11, 28)
    """
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 22)


def _sale(day: date) -> float:
    """What a shop's calendar adds to a day."""
    from_friday = (day - black_friday(day.year)).days
    if from_friday == 0:
        return BLACK_FRIDAY
    if -4 <= from_friday <= 3:
        return 2.4 if from_friday == 3 else 1.9
    if day.month == 12 and day.day <= 18:
        return 1.35
    if day.month == 12 and day.day in (24, 25):
        return 0.5
    if (day.month == 12 and day.day >= 26) or (day.month == 1 and day.day <= 14):
        return 1.6
    return 1.18 if 25 <= day.day <= 27 else 1.0


def _holiday(day: date) -> float:
    """Days on which nobody works, and few walk."""
    return 0.4 if (day.month, day.day) in ((12, 24), (12, 25), (12, 26), (12, 31), (1, 1), (1, 6)) else 1.0
