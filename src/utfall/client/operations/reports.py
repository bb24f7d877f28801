"""The operations of reports."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Iterator

from utfall.client.models.reports import (
    AgreementAnswer,
    DimensionAnswer,
    EventAnswer,
    FileAnswer,
    ListedFileAnswer,
    ListedSavedAnswer,
    MetricAnswer,
    ReportAnswer,
    SavedAnswer,
    ScheduleAnswer,
)
from utfall.client.models.reports_sent import (
    EventsSent,
    ExportSent,
    QueriesSent,
    QuerySent,
    SavedSent,
    ScheduleSent,
)
from utfall.client.reading import each
from utfall.client.transport import Calls


class Reports:
    """Reports."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def ask(self, body: QuerySent, *, idempotency_key: str | None = None) -> ReportAnswer:
        """Ask for a report. Any metrics by any dimensions, within the caller's reach. Nothing is changed
        by asking.
        """
        return self._calls.call("POST", "/reports", ReportAnswer, body=body, key=idempotency_key)

    def ask_many(self, body: QueriesSent, *, idempotency_key: str | None = None) -> tuple[ReportAnswer, ...]:
        """Ask for several reports. All of the same moment, in their order."""
        return self._calls.call(
            "POST", "/reports/many", tuple[ReportAnswer, ...], body=body, key=idempotency_key
        )

    def events(self, body: EventsSent, *, idempotency_key: str | None = None) -> tuple[EventAnswer, ...]:
        """Single events behind a report. The newest first, at most 200."""
        return self._calls.call(
            "POST", "/reports/events", tuple[EventAnswer, ...], body=body, key=idempotency_key
        )

    def metrics(self) -> tuple[MetricAnswer, ...]:
        """Metrics. Every metric that may be asked for, with its formula and what it includes."""
        return self._calls.call("GET", "/reports/metrics", tuple[MetricAnswer, ...])

    def dimensions(self) -> tuple[DimensionAnswer, ...]:
        """Dimensions. Every dimension that may be asked by."""
        return self._calls.call("GET", "/reports/dimensions", tuple[DimensionAnswer, ...])

    def agreement(self) -> AgreementAnswer:
        """Whether reports equal the book. The caller's sums of all time, in reports and in the book. Not
        found before anything was settled.
        """
        return self._calls.call("GET", "/reports/agreement", AgreementAnswer)

    def all_saved(self, *, after: int | None = None, limit: int | None = None) -> ListedSavedAnswer:
        """Kept reports. The caller's own and those shared within its organisation, newest first."""
        return self._calls.call(
            "GET", "/reports/saved", ListedSavedAnswer, query={"after": after, "limit": limit}
        )

    def each_all_saved(self, *, limit: int | None = None) -> Iterator[SavedAnswer]:
        """Kept reports. All of them, part by part."""
        return each(lambda after: self.all_saved(after=after, limit=limit))

    def save(self, body: SavedSent, *, idempotency_key: str | None = None) -> SavedAnswer:
        """Keep a report. Keep a report under a name."""
        return self._calls.call("POST", "/reports/saved", SavedAnswer, body=body, key=idempotency_key)

    def saved(self, report: int) -> SavedAnswer:
        """One kept report. A report that is kept."""
        return self._calls.call("GET", f"/reports/saved/{report}", SavedAnswer)

    def change(self, report: int, body: SavedSent, *, idempotency_key: str | None = None) -> SavedAnswer:
        """Change a kept report. Its name, what it shows, and whether it is shared."""
        return self._calls.call(
            "PUT", f"/reports/saved/{report}", SavedAnswer, body=body, key=idempotency_key
        )

    def remove(self, report: int, *, idempotency_key: str | None = None) -> None:
        """Keep a report no longer. It is no longer sent to anybody."""
        self._calls.call("DELETE", f"/reports/saved/{report}", type(None), key=idempotency_key)

    def schedule(
        self, report: int, body: ScheduleSent, *, idempotency_key: str | None = None
    ) -> ScheduleAnswer:
        """Have a report sent. To the person who asks; a key that belongs to nobody is refused."""
        return self._calls.call(
            "POST", f"/reports/saved/{report}/schedules", ScheduleAnswer, body=body, key=idempotency_key
        )

    def end_schedule(self, schedule: int, *, idempotency_key: str | None = None) -> None:
        """No longer have a report sent. It is no longer sent."""
        self._calls.call("DELETE", f"/reports/schedules/{schedule}", type(None), key=idempotency_key)

    def files(self, *, after: int | None = None, limit: int | None = None) -> ListedFileAnswer:
        """Files of reports. The caller's own, newest first, until they expire."""
        return self._calls.call(
            "GET", "/reports/files", ListedFileAnswer, query={"after": after, "limit": limit}
        )

    def each_files(self, *, limit: int | None = None) -> Iterator[FileAnswer]:
        """Files of reports. All of them, part by part."""
        return each(lambda after: self.files(after=after, limit=limit))

    def export(self, body: ExportSent, *, idempotency_key: str | None = None) -> FileAnswer:
        """Make a file of a report. CSV, XLSX or Parquet, however long; it is made as work and kept for
        seven days.
        """
        return self._calls.call("POST", "/reports/files", FileAnswer, body=body, key=idempotency_key)

    def file(self, file: int) -> FileAnswer:
        """One file of a report. Whether it is ready."""
        return self._calls.call("GET", f"/reports/files/{file}", FileAnswer)

    def fetch(self, file: int) -> None:
        """Fetch a file of a report. The file itself."""
        self._calls.call("GET", f"/reports/files/{file}/content", type(None))
