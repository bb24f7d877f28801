"""Which days a page is about, what they are compared with, and the points of its time series."""

from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.overview.contracts import Against, Asked, Days, Grain

LONGEST: Final = 800
"""Days of a span of one's own."""
HOURS_UP_TO: Final = 2
DAYS_UP_TO: Final = 190
_DAY: Final = timedelta(days=1)


class Span(NamedTuple):
    """Days from `start` until `end`, which is not included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days

    @property
    def last(self) -> date:
        """The last day, as people say it."""
        return self.end - _DAY


def span_of(asked: Asked, today: date) -> Span:
    """The days that are wanted, on a day.

    >>> span_of(Asked(days=Days.THIS_QUARTER), date(2026, 5, 9))
    Span(start=datetime.date(2026, 4, 1), end=datetime.date(2026, 5, 10))
    """
    after, month = today + _DAY, today.replace(day=1)
    match asked.days:
        case Days.TODAY:
            return Span(today, after)
        case Days.YESTERDAY:
            return Span(today - _DAY, today)
        case Days.THIS_MONTH:
            return Span(month, after)
        case Days.LAST_MONTH:
            return Span((month - _DAY).replace(day=1), month)
        case Days.THIS_QUARTER:
            return Span(month.replace(month=(today.month - 1) // 3 * 3 + 1), after)
        case Days.THIS_YEAR:
            return Span(month.replace(month=1), after)
        case Days.CUSTOM:
            return _own(asked)
    return Span(after - timedelta(days=int(asked.days.value.rpartition("_")[2])), after)


def _own(asked: Asked) -> Span:
    if asked.first is None or asked.last is None:
        refuse("days_missing", _("Say from which day until which."), "from")
    if asked.last < asked.first:
        refuse("days_reversed", _("The last day comes before the first. Swap them."), "to")
    if (asked.last - asked.first).days >= LONGEST:
        sentence = _("At most %(count)s days at once. Ask for fewer, or make a report.")
        refuse("too_many_days", sentence % {"count": LONGEST}, "from")
    return Span(asked.first, asked.last + _DAY)


def before(span: Span, against: Against) -> Span | None:
    """What a span is compared with: as many days just before it, or the same days a year ago.

    >>> before(Span(date(2028, 2, 29), date(2028, 3, 1)), Against.YEAR)
    Span(start=datetime.date(2027, 2, 28), end=datetime.date(2027, 3, 1))
    """
    if against is Against.PERIOD:
        return Span(span.start - timedelta(days=span.days), span.start)
    if against is Against.YEAR:
        return Span(_year_before(span.start), _year_before(span.last) + _DAY)
    return None


def _year_before(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


def grain_of(span: Span) -> Grain:
    """What one point of a series of these days is."""
    if span.days <= HOURS_UP_TO:
        return Grain.HOUR
    return Grain.DAY if span.days <= DAYS_UP_TO else Grain.WEEK


def points(span: Span, grain: Grain) -> list[str]:
    """The names of a span's points, in order: `2026-11-21T07` for hours, `2026-11-21`, `2026-W47`.

    >>> points(Span(date(2026, 11, 21), date(2026, 11, 23)), Grain.DAY)
    ['2026-11-21', '2026-11-22']
    """
    days = [span.start + timedelta(days=place) for place in range(span.days)]
    if grain is Grain.HOUR:
        return [f"{day}T{hour:02}" for day in days for hour in range(24)]
    if grain is Grain.DAY:
        return [str(day) for day in days]
    return list(dict.fromkeys(week_of(day) for day in days))


def week_of(day: date) -> str:
    """An ISO week as reports call it."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02}"


def point_of(value: object, grain: Grain) -> str:
    """The point that a row of a report belongs to."""
    text = value.isoformat() if isinstance(value, date | datetime) else str(value)
    return text[: {Grain.HOUR: 13, Grain.DAY: 10, Grain.WEEK: 8}[grain]]
