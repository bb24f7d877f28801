"""The overview's own words: spans, comparisons, steps of the funnel, how goals and budgets stand."""

from datetime import date
from typing import Final

from babel.dates import format_interval, format_skeleton
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.look.formats import (
    COMPACT_FROM,
    change,
    compact,
    locale,
    money,
    money_compact,
    number,
    share,
)
from utfall.portal.overview.contracts import Against, Days, Grain, Value
from utfall.portal.reports.contracts import MetricView, Unit

DAYS: Final[dict[Days, Promise]] = {
    Days.TODAY: _("Today"),
    Days.YESTERDAY: _("Yesterday"),
    Days.LAST_7: _("Last 7 days"),
    Days.LAST_14: _("Last 14 days"),
    Days.LAST_30: _("Last 30 days"),
    Days.LAST_90: _("Last 90 days"),
    Days.THIS_MONTH: _("This month"),
    Days.LAST_MONTH: _("Last month"),
    Days.THIS_QUARTER: _("This quarter"),
    Days.THIS_YEAR: _("This year"),
    Days.CUSTOM: _("Other days"),
}
AGAINST: Final[dict[Against, Promise]] = {
    Against.PERIOD: _("Compared with the days before"),
    Against.YEAR: _("Compared with a year ago"),
    Against.NOTHING: _("Compared with nothing"),
}
STEPS: Final[dict[str, Promise]] = {
    "impressions": _("Impressions"),
    "clicks": _("Clicks"),
    "conversions": _("Orders and leads"),
    "approved": _("Approved"),
}
PACES: Final[dict[str, Promise]] = {
    "even": _("In step with time"),
    "fast": _("Faster than time"),
    "slow": _("Slower than time"),
    "out": _("Used up"),
    "open": _("Without an end"),
}
PACE_TONES: Final = {"even": "good", "fast": "warn", "slow": "calm", "out": "bad", "open": "calm"}
GOAL_TONES: Final = {
    "reached": "good",
    "on_track": "good",
    "at_risk": "warn",
    "out_of_reach": "bad",
    "too_early": "calm",
}
TIMES: Final = frozenset({"roas", "roi"})
"""Ratios that are told as a number, since they seldom lie between nought and one."""


def told(about: MetricView, value: Value, currency: str) -> str:
    """A number in full; what is unknown is a dash."""
    if value is None:
        return "–"
    match about.unit:
        case Unit.COUNT:
            return number(value)
        case Unit.MONEY | Unit.PRICE:
            return money(_cents(value), currency) if currency else number(value)
        case Unit.RATIO if about.name in TIMES:
            return number(round(value, 2))
    return share(round(value * 1000) * 1000)


def at_a_glance(about: MetricView, value: Value, currency: str) -> str:
    """A number as a card shows it: short, so that it is read at once."""
    if value is not None and currency and about.unit is Unit.MONEY:
        whole = abs(value) >= COMPACT_FROM * 1_000_000
        return money_compact(int(round(value, -6)) if whole else _cents(value), currency)
    if value is not None and about.unit is Unit.COUNT:
        return compact(value)
    return told(about, value, currency)


def _cents(micros: int | float) -> int:
    return round(micros / 10_000) * 10_000


def change_words(ppm: int | None) -> str:
    """A change to be read at a glance: whole percents from ten on; from tenfold on, how many times."""
    if ppm is None:
        return ""
    if ppm >= 9_000_000:
        return gettext("%(count)s times") % {"count": number(round(1 + ppm / 1_000_000))}
    return change(round(ppm, -4) if abs(ppm) >= 100_000 else round(ppm, -3))


def point_words(point: str, grain: Grain) -> str:
    """A point of the time series along its axis."""
    if grain is Grain.HOUR:
        return f"{point[11:13]}:00"
    if grain is Grain.WEEK:
        return gettext("Week %(week)s") % {"week": point[6:8].lstrip("0")}
    return short_day(date.fromisoformat(point))


def short_day(day: date) -> str:
    """21 Nov."""
    return str(format_skeleton("MMMd", day, locale=locale())).replace(".", "")


def span_words(first: date, last: date) -> str:
    """1–30 Nov 2026."""
    return str(format_interval(first, last, "yMMMd", locale=locale()))
