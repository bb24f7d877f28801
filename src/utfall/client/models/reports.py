"""What the operations of reports answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.words import Word


class ReportFileForm(Word):
    """The form of a file."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class ReportRhythm(Word):
    """How often a report is sent."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class MetricUnit(Word):
    """What a number means. `money` is whole micros; `price` is micros per one of something, seldom whole."""

    COUNT = "count"
    MONEY = "money"
    PRICE = "price"
    RATIO = "ratio"


class ReportComparison(Word):
    """What a span is compared with."""

    NOTHING = "nothing"
    PERIOD = "period"
    YEAR = "year"


class ReportPreset(Word):
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


class AgreedSumAnswer(Struct, frozen=True, kw_only=True):
    """A sum in reports and in the book, in micros."""

    name: str
    currency: str
    lake: int
    book: int
    is_equal: bool


class BookAgreementAnswer(Struct, frozen=True, kw_only=True):
    """Whether reports equal the book; compared where both are of one batch."""

    shipped: int
    settled: int
    is_compared: bool
    is_equal: bool
    sums: tuple[AgreedSumAnswer, ...]


class BookDifferenceAnswer(Struct, frozen=True, kw_only=True):
    """A sum that reports and book tell differently, in micros; `batch`: up to which both were counted."""

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


class DimensionAnswer(Struct, frozen=True, kw_only=True):
    """A dimension, and what it says."""

    name: str
    words: str
    kind: str
    """id, word, currency or clock."""
    described: str


class ReportFileAnswer(Struct, frozen=True, kw_only=True):
    """A file: fetch it when `ready_at` is set, before it expires. `work` says how far it is."""

    id: int
    name: str
    form: ReportFileForm
    rows: int
    bytes: int
    work: int | None
    created_at: datetime
    ready_at: datetime | None
    expires_at: datetime


class ListedReportFileAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ReportFileAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ReportScheduleAnswer(Struct, frozen=True, kw_only=True):
    """When a report is sent, and to whom."""

    id: int
    report: int
    email: str
    rhythm: ReportRhythm
    hour: int
    weekday: int
    day: int
    zone: str
    next_at: datetime
    sent_at: datetime | None
    problem: str


class SavedReportAnswer(Struct, frozen=True, kw_only=True):
    """A report that is kept."""

    id: int
    name: str
    shared: bool
    by: str
    is_own: bool
    wanted: dict[str, Any]
    changed_at: datetime
    schedules: tuple[ReportScheduleAnswer, ...]


class ListedSavedReportAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[SavedReportAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class MetricDefinitionAnswer(Struct, frozen=True, kw_only=True):
    """A metric, and what it means."""

    name: str
    words: str
    unit: MetricUnit
    formula: str
    included: str
    of_money: bool


class ReportColumnAnswer(Struct, frozen=True, kw_only=True):
    """A column: a dimension, or a metric with its unit. Amounts and prices are in micros."""

    name: str
    words: str
    unit: MetricUnit | None


class ReportAnswer(Struct, frozen=True, kw_only=True):
    """An answer. Totals are of all rows, whatever the limit; a row per currency where money is in it."""

    columns: tuple[ReportColumnAnswer, ...]
    rows: tuple[dict[str, Any], ...]
    totals: tuple[dict[str, Any], ...]
    names: dict[str, dict[str, str]]
    """What the ids in the rows are called."""
    shipped: int
    """The last settled batch that is counted."""


class ReportEventAnswer(Struct, frozen=True, kw_only=True):
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


__all__ = [
    "AgreedSumAnswer",
    "BookAgreementAnswer",
    "BookDifferenceAnswer",
    "DimensionAnswer",
    "ListedReportFileAnswer",
    "ListedSavedReportAnswer",
    "MetricDefinitionAnswer",
    "MetricUnit",
    "ReportAnswer",
    "ReportColumnAnswer",
    "ReportComparison",
    "ReportEventAnswer",
    "ReportFileAnswer",
    "ReportFileForm",
    "ReportPreset",
    "ReportRhythm",
    "ReportScheduleAnswer",
    "SavedReportAnswer",
]
