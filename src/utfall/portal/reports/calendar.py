"""Days as the caller's programs count them: the zone they share, today in it, and spans that people name."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

from utfall.portal.access import Caller, Kind
from utfall.portal.sealing.facade import terms_in_force

UTC: Final = "UTC"


class Span(NamedTuple):
    """Days from `start` until `end`, which is not included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days


class Preset(StrEnum):
    """A span that people name."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_7 = "last_7"
    LAST_30 = "last_30"
    LAST_90 = "last_90"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    ALL = "all"
    CUSTOM = "custom"


class Against(StrEnum):
    """What a span is compared with."""

    NOTHING = "nothing"
    PERIOD = "period"
    YEAR = "year"


def zone_of(caller: Caller, program: int | None = None) -> str:
    """The zone in which the caller's programs (or this one) count their days; UTC where they differ."""
    terms = terms_in_force()
    if terms is None:
        return UTC
    if program is not None:
        found = terms.programs.get(program)
        return found.zone if found else UTC
    seen = {one.zone for one in terms.programs.values() if _concerns(caller, one.advertiser)}
    return seen.pop() if len(seen) == 1 else UTC


def _concerns(caller: Caller, advertiser: int) -> bool:
    return caller.sees_all or caller.kind is Kind.PUBLISHER or advertiser in caller.advertisers


def today(caller: Caller, program: int | None = None) -> date:
    """The calendar day it is where the caller's programs count theirs."""
    return timezone.now().astimezone(ZoneInfo(zone_of(caller, program))).date()


def span_of(preset: Preset, day: date) -> Span | None:
    """The days that a preset means on a day; None where it bounds nothing.

    >>> span_of(Preset.LAST_MONTH, date(2026, 3, 15))
    Span(start=datetime.date(2026, 2, 1), end=datetime.date(2026, 3, 1))
    """
    after, month = day + timedelta(days=1), day.replace(day=1)
    match preset:
        case Preset.TODAY:
            return Span(day, after)
        case Preset.YESTERDAY:
            return Span(day - timedelta(days=1), day)
        case Preset.LAST_7 | Preset.LAST_30 | Preset.LAST_90:
            return Span(after - timedelta(days=int(preset.value.rpartition("_")[2])), after)
        case Preset.THIS_MONTH:
            return Span(month, after)
        case Preset.LAST_MONTH:
            return Span((month - timedelta(days=1)).replace(day=1), month)
        case Preset.THIS_YEAR:
            return Span(day.replace(month=1, day=1), after)
        case Preset.LAST_YEAR:
            return Span(date(day.year - 1, 1, 1), date(day.year, 1, 1))
    return None


def before(span: Span, against: Against) -> Span | None:
    """The span that another is compared with: as many days just before it, or the same days a year ago.

    >>> before(Span(date(2026, 3, 1), date(2026, 3, 11)), Against.PERIOD)
    Span(start=datetime.date(2026, 2, 19), end=datetime.date(2026, 3, 1))
    """
    match against:
        case Against.PERIOD:
            return Span(span.start - timedelta(days=span.days), span.start)
        case Against.YEAR:
            return Span(_year_before(span.start), _year_before(span.end))
    return None


def _year_before(day: date) -> date:
    leap = day.month == 2 and day.day == 29
    return day.replace(year=day.year - 1, day=28 if leap else day.day)
