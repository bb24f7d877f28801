"""What the operations of reports take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.reports import ReportComparison, ReportFileForm, ReportPreset, ReportRhythm


class ReportWantedSent(Struct, frozen=True, kw_only=True):
    """A report as it is kept. Without `days`: the last thirty; `custom` has `start` and `end`."""

    metrics: Sequence[str]
    by: Sequence[str] | UnsetType = UNSET
    pivot: str | UnsetType = UNSET
    """The dimension that goes across."""
    where: Mapping[str, Sequence[int | str | None]] | UnsetType = UNSET
    days: ReportPreset | UnsetType = UNSET
    """Left out: "last_30"."""
    start: date | UnsetType | None = UNSET
    end: date | UnsetType | None = UNSET
    """The day after the last."""
    against: ReportComparison | UnsetType = UNSET
    """Left out: "nothing"."""
    order: str | UnsetType = UNSET
    rows: int | UnsetType = UNSET
    """Left out: 100."""


class ReportEventsSent(Struct, frozen=True, kw_only=True):
    """The report whose single events are wanted."""

    report: ReportWantedSent
    limit: int | UnsetType = UNSET
    """Left out: 200."""


class ReportExportSent(Struct, frozen=True, kw_only=True):
    """A report to make a file of."""

    report: ReportWantedSent
    form: ReportFileForm | UnsetType = UNSET
    """Left out: "csv"."""
    name: str | UnsetType = UNSET


class ReportQuerySent(Struct, frozen=True, kw_only=True):
    """A question: which metrics, by which dimensions, of which facts."""

    metrics: Sequence[str]
    by: Sequence[str] | UnsetType = UNSET
    where: Mapping[str, Sequence[int | str | None]] | UnsetType = UNSET
    """Wanted values; null: where it is empty."""
    start: date | UnsetType | None = UNSET
    """The first day, in each program's own zone."""
    end: date | UnsetType | None = UNSET
    """The day after the last."""
    order: Sequence[str] | UnsetType = UNSET
    """Columns; with a minus the largest first."""
    limit: int | UnsetType = UNSET
    """Left out: 1000."""


class ReportQueriesSent(Struct, frozen=True, kw_only=True):
    """Several questions, answered of the same moment."""

    queries: Sequence[ReportQuerySent]


class ReportScheduleSent(Struct, frozen=True, kw_only=True):
    """When a report is sent to the person who asks."""

    rhythm: ReportRhythm
    hour: int | UnsetType = UNSET
    """Left out: 7."""
    weekday: int | UnsetType = UNSET
    """0 is Monday. Left out: 0."""
    day: int | UnsetType = UNSET
    """Of the month; the last where it is shorter. Left out: 1."""
    zone: str | UnsetType = UNSET
    """As in the IANA database; empty: the programs' own."""


class SavedReportSent(Struct, frozen=True, kw_only=True):
    """A report to keep."""

    name: str
    shared: bool | UnsetType = UNSET
    """Left out: False."""
    report: ReportWantedSent


__all__ = [
    "ReportEventsSent",
    "ReportExportSent",
    "ReportQueriesSent",
    "ReportQuerySent",
    "ReportScheduleSent",
    "ReportWantedSent",
    "SavedReportSent",
]
