"""What the API's operations of reports take and answer."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field as Limited

from utfall.portal.reports.calendar import Against, Preset
from utfall.portal.reports.contracts import Form, Query, Report, Rhythm, ScheduleDraft, Unit
from utfall.portal.reports.making import resolved
from utfall.portal.reports.wanted import Wanted
from utfall.portal.rest.facade import Field, Moment, Schema, Strict

Name = Annotated[str, Limited(min_length=1, max_length=60)]
Text = Annotated[str, Limited(max_length=200)]
Asked = Annotated[list[int | Text | None], Limited(min_length=1, max_length=1000)]
LARGEST = 100_000


class QuerySent(Strict):
    """A question: which metrics, by which dimensions, of which facts."""

    metrics: list[Name] = Field(min_length=1, max_length=40, examples=[["clicks", "sales", "cost"]])
    by: list[Name] = Field([], max_length=6, examples=[["day"]])
    where: dict[Name, Asked] = Field({}, max_length=20, description="Wanted values; null: where it is empty.")
    start: date | None = Field(None, description="The first day, in each program's own zone.")
    end: date | None = Field(None, description="The day after the last.")
    order: list[Name] = Field([], max_length=6, description="Columns; with a minus the largest first.")
    limit: int = Field(1000, ge=1, le=LARGEST)

    def query(self, caller: Any) -> Query:
        """As the facade takes it; names stand for ids."""
        where = {name: resolved(caller, name, tuple(values)) for name, values in self.where.items()}
        return Query(
            metrics=tuple(self.metrics),
            by=tuple(self.by),
            where=where,
            start=self.start,
            end=self.end,
            order=tuple(self.order),
            limit=self.limit,
        )


class AddressAsked(Schema):
    """A report as an address carries it; each `where` names a dimension, the `is` beside it wanted values."""

    m: list[Name] = Field(min_length=1, max_length=12, description="Metrics.", examples=[["clicks", "cost"]])
    by: list[Name] = Field([], max_length=4, description="Dimensions.", examples=[["day"]])
    days: Preset = Preset.LAST_30
    first: date | None = Field(None, alias="from", description="The first day, with `days=custom`.")
    last: date | None = Field(None, alias="to", description="The last day, included.")
    order: str = Field("", max_length=61, description="A column; with a minus the largest first.")
    rows: int = Field(100, ge=1, le=1000)
    where: list[Name] = Field([], max_length=20, examples=[["publisher"]])
    values: list[Text] = Field([], alias="is", max_length=20, examples=[["7,12"]])


class QueriesSent(Strict):
    """Several questions, answered of the same moment."""

    queries: list[QuerySent] = Field(min_length=1, max_length=20)


class ColumnAnswer(Schema):
    """A column: a dimension, or a metric with its unit. Amounts and prices are in micros."""

    name: str
    words: str
    unit: Unit | None


class ReportAnswer(Schema):
    """An answer. Totals are of all rows, whatever the limit; a row per currency where money is in it."""

    columns: list[ColumnAnswer]
    rows: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    names: dict[str, dict[int, str]] = Field(description="What the ids in the rows are called.")
    shipped: int = Field(description="The last settled batch that is counted.")


def answer(report: Report) -> dict[str, Any]:
    """A report as it is answered."""
    return {
        "columns": list(report.columns),
        "rows": list(report.rows),
        "totals": list(report.totals),
        "names": report.names,
        "shipped": report.shipped,
    }


class MetricAnswer(Schema):
    """A metric, and what it means."""

    name: str
    words: str
    unit: Unit
    formula: str
    included: str
    of_money: bool


class DimensionAnswer(Schema):
    """A dimension, and what it says."""

    name: str
    words: str
    kind: str = Field(description="id, word, currency or clock")
    described: str


class WantedSent(Strict):
    """A report as it is kept. Without `days`: the last thirty; `custom` has `start` and `end`."""

    metrics: list[Name] = Field(min_length=1, max_length=12)
    by: list[Name] = Field([], max_length=4)
    pivot: str = Field("", max_length=60, description="The dimension that goes across.")
    where: dict[Name, Asked] = Field({}, max_length=20)
    days: Preset = Preset.LAST_30
    start: date | None = None
    end: date | None = Field(None, description="The day after the last.")
    against: Against = Against.NOTHING
    order: str = Field("", max_length=61)
    rows: int = Field(100, ge=1, le=1000)

    def wanted(self) -> Wanted:
        """As the facade takes it."""
        return Wanted(
            metrics=tuple(self.metrics),
            by=tuple(self.by),
            pivot=self.pivot,
            where={name: tuple(values) for name, values in self.where.items()},
            preset=self.days,
            start=self.start,
            end=self.end,
            against=self.against,
            order=self.order,
            limit=self.rows,
        )


class SavedSent(Strict):
    """A report to keep."""

    name: str = Field(min_length=1, max_length=120)
    shared: bool = False
    report: WantedSent


class ScheduleSent(Strict):
    """When a report is sent to the person who asks."""

    rhythm: Rhythm
    hour: int = Field(7, ge=0, le=23)
    weekday: int = Field(0, ge=0, le=6, description="0 is Monday.")
    day: int = Field(1, ge=1, le=31, description="Of the month; the last where it is shorter.")
    zone: str = Field("", max_length=60, description="As in the IANA database; empty: the programs' own.")

    def draft(self) -> ScheduleDraft:
        """As the facade takes it."""
        return ScheduleDraft(**self.dict())


class ScheduleAnswer(Schema):
    """When a report is sent, and to whom."""

    id: int
    report: int
    email: str
    rhythm: Rhythm
    hour: int
    weekday: int
    day: int
    zone: str
    next_at: Moment
    sent_at: Moment | None
    problem: str


class SavedAnswer(Schema):
    """A report that is kept."""

    id: int
    name: str
    shared: bool
    by: str
    is_own: bool
    wanted: dict[str, Any]
    changed_at: Moment
    schedules: list[ScheduleAnswer]


class ExportSent(Strict):
    """A report to make a file of."""

    report: WantedSent
    form: Form = Form.CSV
    name: str = Field("", max_length=120)


class FileAnswer(Schema):
    """A file: fetch it when `ready_at` is set, before it expires. `work` says how far it is."""

    id: int
    name: str
    form: Form
    rows: int
    bytes: int
    work: int | None
    created_at: Moment
    ready_at: Moment | None
    expires_at: Moment


class EventsSent(Strict):
    """The report whose single events are wanted."""

    report: WantedSent
    limit: int = Field(200, ge=1, le=200)


class EventAnswer(Schema):
    """A fact behind a number. Amounts are in micros of `currency`."""

    event: str
    occurred_at: Moment
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


class AgreedAnswer(Schema):
    """A sum in reports and in the book, in micros."""

    name: str
    currency: str
    lake: int
    book: int
    is_equal: bool


class DifferenceAnswer(Schema):
    """A sum that reports and book tell differently, in micros; `batch`: up to which both were counted."""

    id: int
    owner: Literal["advertiser", "publisher"]
    number: int
    name: str
    measure: str
    words: str
    currency: str
    lake: int
    book: int
    batch: int
    found_at: Moment
    seen_at: Moment


class AgreementAnswer(Schema):
    """Whether reports equal the book; compared where both are of one batch."""

    shipped: int
    settled: int
    is_compared: bool
    is_equal: bool
    sums: list[AgreedAnswer]
