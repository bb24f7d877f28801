"""What crosses from the overview to pages and the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from utfall.portal.reports.contracts import MetricView, Unit

Value = int | float | None
Good = Literal["up", "down", "neither"]


class Days(StrEnum):
    """A span that people name; those that reports know too have the same name there."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_7 = "last_7"
    LAST_14 = "last_14"
    LAST_30 = "last_30"
    LAST_90 = "last_90"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    THIS_YEAR = "this_year"
    CUSTOM = "custom"


class Against(StrEnum):
    """What a span is compared with."""

    PERIOD = "period"
    YEAR = "year"
    NOTHING = "nothing"


class Grain(StrEnum):
    """What one point of the time series is."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody wants to see; all of it is in the address. `last` is included, as people say it.

    An empty metric is the one usual for the caller, an empty currency the one with the most money.
    """

    days: Days = Days.LAST_30
    first: date | None = None
    last: date | None = None
    against: Against = Against.PERIOD
    program: int | None = None
    currency: str = ""
    metric: str = ""
    other: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As an address carries it."""
        told: list[tuple[str, object]] = [("days", self.days.value)]
        if self.days is Days.CUSTOM:
            told += [("from", self.first), ("to", self.last)]
        told += [("against", self.against.value)] if self.against is not Against.PERIOD else []
        rest = {"program": self.program, "currency": self.currency, "m": self.metric, "m2": self.other}
        told += list(rest.items())
        return [(name, str(value)) for name, value in told if value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its change in ppm against the days it is compared with, and the line it came about by."""

    about: MetricView
    value: Value
    before: Value
    change: int | None
    good: Good
    spark: Sequence[Value] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One metric over time; `before` holds the days it is compared with, point by point."""

    about: MetricView
    values: Sequence[Value]
    before: Sequence[Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of the funnel; `rate` is its share of the step before in ppm."""

    name: str
    count: int | None
    rate: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A partner or a program with its number and its change in ppm; None where there was nothing before."""

    id: int
    name: str
    value: int
    before: int | None
    change: int | None
    is_new: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The largest; and those that fell the most, or are the smallest where nothing is compared."""

    by: Literal["publisher", "program"]
    about: MetricView
    top: Sequence[Ranked]
    bottom: Sequence[Ranked]
    is_fall: bool
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """How far a goal is and where it is heading. `affordable`: the outcomes its budget still pays for, where
    that is less than what is missing.
    """

    program: int
    name: str
    currency: str
    outcome: str
    target: int
    done: int
    first: date
    last: date
    verdict: str
    ceiling: str
    expected: int | None
    low: int | None
    high: int | None
    days_left: int
    needed_per_day: int
    affordable: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """A budget by the book: what its period has spent and reserved, and the part of it that is gone (ppm)."""

    limit: int
    program: int
    name: str
    program_name: str
    currency: str
    cap: int
    spent: int
    reserved: int
    gone: int | None
    verdict: Literal["even", "fast", "slow", "out", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything one page shows, of one moment. `last` and `other_last` are included."""

    asked: Asked
    zone: str
    first: date
    last: date
    other_first: date | None
    other_last: date | None
    has_today: bool
    same_hours: bool
    currency: str
    currencies: Sequence[str]
    figures: Sequence[Figure]
    grain: Grain
    labels: Sequence[str]
    other_labels: Sequence[str]
    lines: Sequence[Line]
    funnel: Sequence[Step]
    ranking: Ranking
    goals: Sequence[GoalLine]
    budgets: Sequence[Pace]
    aims_left: int
    shipped: int
    is_empty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewView:
    """A view that is kept; `address` is the query of its page. `is_default`: it opens first."""

    id: int
    name: str
    shared: bool
    is_own: bool
    is_default: bool
    by: str
    address: str
    changed_at: datetime


__all__ = [
    "Against",
    "Asked",
    "Days",
    "Figure",
    "GoalLine",
    "Good",
    "Grain",
    "Line",
    "Overview",
    "Pace",
    "Ranked",
    "Ranking",
    "Step",
    "Unit",
    "Value",
    "ViewView",
]
