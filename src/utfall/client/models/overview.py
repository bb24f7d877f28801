"""What the operations of overview answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.models.reports import MetricUnit
from utfall.client.words import Word


class OverviewGrain(Word):
    """What one point of the time series is."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


class OverviewComparison(Word):
    """What a span is compared with."""

    PERIOD = "period"
    YEAR = "year"
    NOTHING = "nothing"


class OverviewDays(Word):
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


class BudgetPaceAnswer(Struct, frozen=True, kw_only=True):
    """A budget by the book in micros; `gone`: the part of its period that is over, in parts per million."""

    limit: int
    program: int
    name: str
    program_name: str
    currency: str
    cap: int
    spent: int
    reserved: int
    gone: int | None
    verdict: str


class OverviewMetricAnswer(Struct, frozen=True, kw_only=True):
    """A metric and what it means, in your language."""

    name: str
    words: str
    unit: MetricUnit
    """Money and prices are in millionths of the currency's unit."""
    formula: str
    included: str


class FigureAnswer(Struct, frozen=True, kw_only=True):
    """A number with its change in parts per million; null where it is unknown."""

    about: OverviewMetricAnswer
    value: float | int | None
    before: float | int | None
    change: int | None
    good: str
    spark: tuple[float | int | None, ...]


class FunnelStepAnswer(Struct, frozen=True, kw_only=True):
    """A step of the funnel, and its share of the one before in parts per million."""

    name: str
    count: int | None
    rate: int | None


class GoalOutlookAnswer(Struct, frozen=True, kw_only=True):
    """A goal and where it is heading; `affordable`: what its budget still pays for, if too little."""

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


class OverviewViewAnswer(Struct, frozen=True, kw_only=True):
    """A view that is kept; `address` is the query of its page."""

    id: int
    name: str
    shared: bool
    is_own: bool
    is_default: bool
    by: str
    address: str
    changed_at: datetime


class ListedOverviewViewAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[OverviewViewAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class MetricLineAnswer(Struct, frozen=True, kw_only=True):
    """A metric over time, point by point; null is unknown, which is not zero."""

    about: OverviewMetricAnswer
    values: tuple[float | int | None, ...]
    before: tuple[float | int | None, ...]


class RankedAnswer(Struct, frozen=True, kw_only=True):
    """A partner or a program."""

    id: int
    name: str
    value: int
    before: int | None
    change: int | None
    is_new: bool


class RankingAnswer(Struct, frozen=True, kw_only=True):
    """The largest, and those that fell the most (or the smallest, where nothing is compared)."""

    by: str
    about: OverviewMetricAnswer
    top: tuple[RankedAnswer, ...]
    bottom: tuple[RankedAnswer, ...]
    is_fall: bool
    count: int


class OverviewAnswer(Struct, frozen=True, kw_only=True):
    """Everything the overview shows, of one moment."""

    zone: str
    first: date
    last: date
    other_first: date | None
    other_last: date | None
    has_today: bool
    """The last day is not over."""
    same_hours: bool
    """Sums are compared with the same hours."""
    currency: str
    currencies: tuple[str, ...]
    figures: tuple[FigureAnswer, ...]
    grain: OverviewGrain
    labels: tuple[str, ...]
    other_labels: tuple[str, ...]
    lines: tuple[MetricLineAnswer, ...]
    funnel: tuple[FunnelStepAnswer, ...]
    ranking: RankingAnswer
    goals: tuple[GoalOutlookAnswer, ...]
    budgets: tuple[BudgetPaceAnswer, ...]
    aims_left: int
    """Further programs with a goal or a budget."""
    shipped: int
    """The last batch that is counted."""
    is_empty: bool


__all__ = [
    "BudgetPaceAnswer",
    "FigureAnswer",
    "FunnelStepAnswer",
    "GoalOutlookAnswer",
    "ListedOverviewViewAnswer",
    "MetricLineAnswer",
    "OverviewAnswer",
    "OverviewComparison",
    "OverviewDays",
    "OverviewGrain",
    "OverviewMetricAnswer",
    "OverviewViewAnswer",
    "RankedAnswer",
    "RankingAnswer",
]
