"""What crosses from reports to other apps: questions, answers, and what can be asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Value = str | int | None


class Unit(StrEnum):
    """What a number means. `money` is whole micros; `price` is micros per one of something, seldom whole."""

    COUNT = "count"
    MONEY = "money"
    PRICE = "price"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Query:
    """Which metrics, by which dimensions, of which facts.

    `where` maps a dimension to the values that are wanted (None: those where it is empty). `start` and
    `end` are days in each program's own zone, `end` not included. `order` names columns, with a minus sign
    for the largest first.
    """

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    where: Mapping[str, Sequence[Value]] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    order: tuple[str, ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricView:
    """A metric that the caller may ask for, and what it means, in the reader's language."""

    name: str
    words: str
    unit: Unit
    formula: str
    included: str
    of_money: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DimensionView:
    """A dimension that the caller may ask by; `kind`: id, word, currency or clock."""

    name: str
    words: str
    kind: str
    described: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of an answer: a dimension, or a metric with its unit."""

    name: str
    words: str
    unit: Unit | None = None

    @property
    def is_metric(self) -> bool:
        """Whether it holds numbers."""
        return self.unit is not None


Row = Mapping[str, Any]
"""A value per column by its name: ids, words, dates, micros; None where it is unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An answer: rows and totals by column name, what ids are called, and the last batch it has counted.

    Totals have a row per currency where money is in them. `names` knows the ids in the rows, as far as the
    terms do.
    """

    query: Query
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    totals: tuple[Row, ...]
    shipped: int
    names: Mapping[str, Mapping[int, str]]

    def called(self, column: str, value: Any) -> str:
        """What a value is called: an id's name, else the value itself; empty where it is unknown."""
        if value is None:
            return ""
        return self.names.get(column, {}).get(value, str(value))

    @property
    def total(self) -> Row:
        """The totals where there is one row of them: one currency, or no money. Empty where there is none."""
        return self.totals[0] if self.totals else {}


class Rhythm(StrEnum):
    """How often a report is sent."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Form(StrEnum):
    """The form of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleDraft:
    """When a report is to be sent. `weekday`: 0 is Monday; `day`: of the month, or its last."""

    rhythm: Rhythm
    hour: int = 7
    weekday: int = 0
    day: int = 1
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleView:
    """When a report is sent, and to whom."""

    id: int
    report: int
    email: str
    rhythm: Rhythm
    hour: int
    weekday: int
    day: int
    zone: str
    next_at: datetime
    sent_at: datetime | None
    problem: str
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """A report that is kept. `address`: the query of its page."""

    id: int
    name: str
    shared: bool
    by: str
    is_own: bool
    wanted: Mapping[str, Any]
    address: str
    changed_at: datetime
    schedules: tuple[ScheduleView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """A file that was made of a report, or is being made by a piece of work."""

    id: int
    name: str
    form: Form
    rows: int
    bytes: int
    work: int | None
    created_at: datetime
    ready_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A sum as the lake has it and as the book does, in micros."""

    name: str
    words: str
    currency: str
    lake: int
    book: int

    @property
    def is_equal(self) -> bool:
        """Whether they are the same, to the micro."""
        return self.lake == self.book


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """All sums of the caller's, in the lake and in the book. Compared where both are of one batch."""

    shipped: int
    settled: int
    sums: tuple[Agreed, ...]

    @property
    def is_compared(self) -> bool:
        """Whether lake and book speak of the same batch."""
        return self.shipped == self.settled

    @property
    def is_equal(self) -> bool:
        """Whether every sum is the same."""
        return self.is_compared and all(one.is_equal for one in self.sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceView:
    """A sum that reports and book tell differently, whose it is, and since when; amounts in micros."""

    id: int
    owner: str
    number: int
    name: str
    measure: str
    words: str
    currency: str
    lake: int
    book: int
    batch: int
    found_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """A fact behind a number: what happened, what was decided, what it counts and costs."""

    event: str
    occurred_at: datetime
    kind: str
    verdict: str
    reason: str
    status: str
    program: int | None
    publisher: int | None
    transaction: int | None
    currency: str
    amounts: Mapping[str, int]
    counts: Mapping[str, int]
