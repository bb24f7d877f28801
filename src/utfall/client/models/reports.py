"""What the operations of reports answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.words import Word


class Against(Word):
    """What a span is compared with."""

    NOTHING = "nothing"
    PERIOD = "period"
    YEAR = "year"


class Unit(Word):
    """What a number means. `money` is whole micros; `price` is micros per one of something, seldom whole."""

    COUNT = "count"
    MONEY = "money"
    PRICE = "price"
    RATIO = "ratio"


class Form(Word):
    """The form of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Rhythm(Word):
    """How often a report is sent."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Preset(Word):
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


class AgreedAnswer(Struct, frozen=True, kw_only=True):
    """A sum in reports and in the book, in micros."""

    name: str
    currency: str
    lake: int
    book: int
    is_equal: bool


class AgreementAnswer(Struct, frozen=True, kw_only=True):
    """Whether reports equal the book; compared where both are of one batch."""

    shipped: int
    settled: int
    is_compared: bool
    is_equal: bool
    sums: tuple[AgreedAnswer, ...]


class ColumnAnswer(Struct, frozen=True, kw_only=True):
    """A column: a dimension, or a metric with its unit. Amounts and prices are in micros."""

    name: str
    words: str
    unit: Unit | None


class DimensionAnswer(Struct, frozen=True, kw_only=True):
    """A dimension, and what it says."""

    name: str
    words: str
    kind: str
    """id, word, currency or clock."""
    described: str


class EventAnswer(Struct, frozen=True, kw_only=True):
    """A fact behind a number. Amounts are in micros of `currency`."""

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
    amounts: dict[str, int]
    counts: dict[str, int]


class FileAnswer(Struct, frozen=True, kw_only=True):
    """A file: fetch it when `ready_at` is set, before it expires. `work` says how far it is."""

    id: int
    name: str
    form: Form
    rows: int
    bytes: int
    work: int | None
    created_at: datetime
    ready_at: datetime | None
    expires_at: datetime


class ListedFileAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[FileAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ScheduleAnswer(Struct, frozen=True, kw_only=True):
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


class SavedAnswer(Struct, frozen=True, kw_only=True):
    """A report that is kept."""

    id: int
    name: str
    shared: bool
    by: str
    is_own: bool
    wanted: dict[str, Any]
    changed_at: datetime
    schedules: tuple[ScheduleAnswer, ...]


class ListedSavedAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[SavedAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class MetricAnswer(Struct, frozen=True, kw_only=True):
    """A metric, and what it means."""

    name: str
    words: str
    unit: Unit
    formula: str
    included: str
    of_money: bool


class ReportAnswer(Struct, frozen=True, kw_only=True):
    """An answer. Totals are of all rows, whatever the limit; a row per currency where money is in it."""

    columns: tuple[ColumnAnswer, ...]
    rows: tuple[dict[str, Any], ...]
    totals: tuple[dict[str, Any], ...]
    names: dict[str, dict[str, str]]
    """What the ids in the rows are called."""
    shipped: int
    """The last settled batch that is counted."""


__all__ = [
    "Against",
    "AgreedAnswer",
    "AgreementAnswer",
    "ColumnAnswer",
    "DimensionAnswer",
    "EventAnswer",
    "FileAnswer",
    "Form",
    "ListedFileAnswer",
    "ListedSavedAnswer",
    "MetricAnswer",
    "Preset",
    "ReportAnswer",
    "Rhythm",
    "SavedAnswer",
    "ScheduleAnswer",
    "Unit",
]
