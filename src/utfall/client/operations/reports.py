"""The operations of reports."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from utfall.client.models.reports import (
    BookAgreementAnswer,
    BookDifferenceAnswer,
    DimensionAnswer,
    ListedReportFileAnswer,
    ListedSavedReportAnswer,
    MetricDefinitionAnswer,
    ReportAnswer,
    ReportEventAnswer,
    ReportFileAnswer,
    ReportScheduleAnswer,
    SavedReportAnswer,
)
from utfall.client.models.reports_sent import (
    ReportEventsSent,
    ReportExportSent,
    ReportQueriesSent,
    ReportQuerySent,
    ReportScheduleSent,
    SavedReportSent,
)
from utfall.client.reading import each
from utfall.client.transport import Calls

DaysWord = Literal[
    "today",
    "yesterday",
    "last_7",
    "last_30",
    "last_90",
    "this_month",
    "last_month",
    "this_year",
    "last_year",
    "all",
    "custom",
]


class Reports:
    """Reports."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def ask(self, body: ReportQuerySent, *, idempotency_key: str | None = None) -> ReportAnswer:
        """Ask for a report. Any metrics by any dimensions, within the caller's reach. Nothing is changed
        by asking.
        """
        return self._calls.call("POST", "/reports", ReportAnswer, body=body, key=idempotency_key)

    def ask_by_address(
        self,
        *,
        m: Sequence[str],
        by: Sequence[str] | None = None,
        days: DaysWord | None = None,
        from_: date | None = None,
        to: date | None = None,
        order: str | None = None,
        rows: int | None = None,
        where: Sequence[str] | None = None,
        is_: Sequence[str] | None = None,
    ) -> ReportAnswer:
        """Ask for a report by its address. The question as an address, as the form of a report's page
        sends it: to link to, to keep, to share.
        """
        return self._calls.call(
            "GET",
            "/reports",
            ReportAnswer,
            query={
                "m": m,
                "by": by,
                "days": days,
                "from": from_,
                "to": to,
                "order": order,
                "rows": rows,
                "where": where,
                "is": is_,
            },
        )

    def ask_many(
        self, body: ReportQueriesSent, *, idempotency_key: str | None = None
    ) -> tuple[ReportAnswer, ...]:
        """Ask for several reports. All of the same moment, in their order."""
        return self._calls.call(
            "POST", "/reports/many", tuple[ReportAnswer, ...], body=body, key=idempotency_key
        )

    def events(
        self, body: ReportEventsSent, *, idempotency_key: str | None = None
    ) -> tuple[ReportEventAnswer, ...]:
        """Single events behind a report. The newest first, at most 200."""
        return self._calls.call(
            "POST", "/reports/events", tuple[ReportEventAnswer, ...], body=body, key=idempotency_key
        )

    def metrics(self) -> tuple[MetricDefinitionAnswer, ...]:
        """Metrics. Every metric that may be asked for, with its formula and what it includes."""
        return self._calls.call("GET", "/reports/metrics", tuple[MetricDefinitionAnswer, ...])

    def dimensions(self) -> tuple[DimensionAnswer, ...]:
        """Dimensions. Every dimension that may be asked by."""
        return self._calls.call("GET", "/reports/dimensions", tuple[DimensionAnswer, ...])

    def agreement(self) -> BookAgreementAnswer:
        """Whether reports equal the book. The caller's sums of all time, in reports and in the book. Not
        found before anything was settled.
        """
        return self._calls.call("GET", "/reports/agreement", BookAgreementAnswer)

    def differences(self) -> tuple[BookDifferenceAnswer, ...]:
        """Sums that differ from the book. Whose sums reports and book tell differently, at most 200. They
        are compared every five minutes.
        """
        return self._calls.call("GET", "/reports/differences", tuple[BookDifferenceAnswer, ...])

    def all_saved(self, *, after: int | None = None, limit: int | None = None) -> ListedSavedReportAnswer:
        """Kept reports. The caller's own and those shared within its organisation, newest first."""
        return self._calls.call(
            "GET", "/reports/saved", ListedSavedReportAnswer, query={"after": after, "limit": limit}
        )

    def each_all_saved(self, *, limit: int | None = None) -> Iterator[SavedReportAnswer]:
        """Kept reports. All of them, part by part."""
        return each(lambda after: self.all_saved(after=after, limit=limit))

    def save(self, body: SavedReportSent, *, idempotency_key: str | None = None) -> SavedReportAnswer:
        """Keep a report. Keep a report under a name."""
        return self._calls.call("POST", "/reports/saved", SavedReportAnswer, body=body, key=idempotency_key)

    def saved(self, report: int) -> SavedReportAnswer:
        """One kept report. A report that is kept."""
        return self._calls.call("GET", f"/reports/saved/{report}", SavedReportAnswer)

    def change(
        self, report: int, body: SavedReportSent, *, idempotency_key: str | None = None
    ) -> SavedReportAnswer:
        """Change a kept report. Its name, what it shows, and whether it is shared."""
        return self._calls.call(
            "PUT", f"/reports/saved/{report}", SavedReportAnswer, body=body, key=idempotency_key
        )

    def remove(self, report: int, *, idempotency_key: str | None = None) -> None:
        """Keep a report no longer. It is no longer sent to anybody."""
        self._calls.call("DELETE", f"/reports/saved/{report}", type(None), key=idempotency_key)

    def schedule(
        self, report: int, body: ReportScheduleSent, *, idempotency_key: str | None = None
    ) -> ReportScheduleAnswer:
        """Have a report sent. To the person who asks; a key that belongs to nobody is refused."""
        return self._calls.call(
            "POST", f"/reports/saved/{report}/schedules", ReportScheduleAnswer, body=body, key=idempotency_key
        )

    def end_schedule(self, schedule: int, *, idempotency_key: str | None = None) -> None:
        """No longer have a report sent. It is no longer sent."""
        self._calls.call("DELETE", f"/reports/schedules/{schedule}", type(None), key=idempotency_key)

    def files(self, *, after: int | None = None, limit: int | None = None) -> ListedReportFileAnswer:
        """Files of reports. The caller's own, newest first, until they expire."""
        return self._calls.call(
            "GET", "/reports/files", ListedReportFileAnswer, query={"after": after, "limit": limit}
        )

    def each_files(self, *, limit: int | None = None) -> Iterator[ReportFileAnswer]:
        """Files of reports. All of them, part by part."""
        return each(lambda after: self.files(after=after, limit=limit))

    def export(self, body: ReportExportSent, *, idempotency_key: str | None = None) -> ReportFileAnswer:
        """Make a file of a report. CSV, XLSX or Parquet, however long; it is made as work and kept for
        seven days.
        """
        return self._calls.call("POST", "/reports/files", ReportFileAnswer, body=body, key=idempotency_key)

    def file(self, file: int) -> ReportFileAnswer:
        """One file of a report. Whether it is ready."""
        return self._calls.call("GET", f"/reports/files/{file}", ReportFileAnswer)

    def fetch(self, file: int) -> bytes:
        """Fetch a file of a report. The file itself."""
        return self._calls.call("GET", f"/reports/files/{file}/content", bytes)
