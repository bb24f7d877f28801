"""The overview as the API asks for it and answers."""

from datetime import date
from typing import Literal

from utfall.portal.overview.contracts import Against, Asked, Days, Grain
from utfall.portal.reports.contracts import Unit
from utfall.portal.rest.facade import Field, Moment, Number, Schema, Strict


class Wanted(Strict):
    """What is wanted; what is left out is what is usual."""

    days: Days = Days.LAST_30
    first: date | None = Field(None, description="The first day, with `days=custom`.")
    last: date | None = Field(None, description="The last day, which is included.")
    against: Against = Field(Against.PERIOD, description="What it is compared with.")
    program: Number | None = None
    currency: str = Field("", pattern="^([A-Z]{3})?$", description="Empty: the one with the most money.")
    metric: str = Field("", max_length=40, description="Over time; a metric of reports.")
    other: str = Field("", max_length=40, description="A second metric over time.")

    def asked(self) -> Asked:
        """The same as the facade takes it."""
        return Asked(**{name: getattr(self, name) for name in Wanted.model_fields})


class MetricAnswer(Schema):
    """A metric and what it means, in your language."""

    name: str
    words: str
    unit: Unit = Field(description="Money and prices are in millionths of the currency's unit.")
    formula: str
    included: str


class FigureAnswer(Schema):
    """A number with its change in parts per million; null where it is unknown."""

    about: MetricAnswer
    value: float | int | None
    before: float | int | None
    change: int | None
    good: Literal["up", "down", "neither"]
    spark: list[float | int | None]


class LineAnswer(Schema):
    """A metric over time, point by point; null is unknown, which is not zero."""

    about: MetricAnswer
    values: list[float | int | None]
    before: list[float | int | None]


class StepAnswer(Schema):
    """A step of the funnel, and its share of the one before in parts per million."""

    name: str
    count: int | None
    rate: int | None


class RankedAnswer(Schema):
    """A partner or a program."""

    id: int
    name: str
    value: int
    before: int | None
    change: int | None
    is_new: bool


class RankingAnswer(Schema):
    """The largest, and those that fell the most (or the smallest, where nothing is compared)."""

    by: Literal["publisher", "program"]
    about: MetricAnswer
    top: list[RankedAnswer]
    bottom: list[RankedAnswer]
    is_fall: bool
    count: int


class GoalAnswer(Schema):
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


class PaceAnswer(Schema):
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
    verdict: Literal["even", "fast", "slow", "out", "open"]


class OverviewAnswer(Schema):
    """Everything the overview shows, of one moment."""

    zone: str
    first: date
    last: date
    other_first: date | None
    other_last: date | None
    has_today: bool = Field(description="The last day is not over.")
    same_hours: bool = Field(description="Sums are compared with the same hours.")
    currency: str
    currencies: list[str]
    figures: list[FigureAnswer]
    grain: Grain
    labels: list[str]
    other_labels: list[str]
    lines: list[LineAnswer]
    funnel: list[StepAnswer]
    ranking: RankingAnswer
    goals: list[GoalAnswer]
    budgets: list[PaceAnswer]
    aims_left: int = Field(description="Further programs with a goal or a budget.")
    shipped: int = Field(description="The last batch that is counted.")
    is_empty: bool


class ViewSent(Strict):
    """A view as it is to be kept."""

    name: str = Field(max_length=120)
    shared: bool = False
    view: Wanted


class ViewChanged(Strict):
    """What of a view changes."""

    name: str | None = Field(None, max_length=120)
    shared: bool | None = None
    view: Wanted | None = None


class ViewAnswer(Schema):
    """A view that is kept; `address` is the query of its page."""

    id: int
    name: str
    shared: bool
    is_own: bool
    is_default: bool
    by: str
    address: str
    changed_at: Moment
