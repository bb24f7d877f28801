"""Reports by API: everything that the pages do."""

from typing import Any

from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Kind, NotFound, Permission
from utfall.portal.reports import facade
from utfall.portal.reports.contracts import (
    Agreement,
    DifferenceView,
    DimensionView,
    EventView,
    FileView,
    MetricView,
    SavedView,
    ScheduleView,
)
from utfall.portal.reports.files import TYPES, view
from utfall.portal.reports.making import days_of, query_of
from utfall.portal.reports.schemas import (
    AddressAsked,
    AgreementAnswer,
    DifferenceAnswer,
    DimensionAnswer,
    EventAnswer,
    EventsSent,
    ExportSent,
    FileAnswer,
    MetricAnswer,
    QueriesSent,
    QuerySent,
    ReportAnswer,
    SavedAnswer,
    SavedSent,
    ScheduleAnswer,
    ScheduleSent,
    answer,
)
from utfall.portal.reports.wanted import from_address
from utfall.portal.rest.facade import ApiRequest, Endpoints, Listed, Paging, Query, listed

endpoints = Endpoints("reports", _("Reports"))


@endpoints.post("/reports", answers=ReportAnswer, summary="Ask for a report")
def ask(request: ApiRequest, body: QuerySent) -> dict[str, Any]:
    """Any metrics by any dimensions, within the caller's reach. Nothing is changed by asking."""
    return answer(facade.ask(request.caller, body.query(request.caller)))


@endpoints.get("/reports", answers=ReportAnswer, summary="Ask for a report by its address", conflicts=True)
def ask_by_address(request: ApiRequest, wanted: Query[AddressAsked]) -> dict[str, Any]:
    """The question as an address, as the form of a report's page sends it: to link to, to keep, to share."""
    asked = from_address(request.GET)
    assert asked is not None, "a metric is named"
    query = query_of(request.caller, asked, days_of(request.caller, asked))
    return answer(facade.ask(request.caller, query))


@endpoints.post("/reports/many", answers=list[ReportAnswer], summary="Ask for several reports")
def ask_many(request: ApiRequest, body: QueriesSent) -> list[dict[str, Any]]:
    """All of the same moment, in their order."""
    asked = [one.query(request.caller) for one in body.queries]
    return [answer(one) for one in facade.ask_many(request.caller, asked)]


@endpoints.post("/reports/events", answers=list[EventAnswer], summary="Single events behind a report")
def events(request: ApiRequest, body: EventsSent) -> list[EventView]:
    """The newest first, at most 200."""
    return facade.events(request.caller, body.report.wanted(), count=body.limit)


@endpoints.get("/reports/metrics", answers=list[MetricAnswer], summary="Metrics")
def metrics(request: ApiRequest) -> tuple[MetricView, ...]:
    """Every metric that may be asked for, with its formula and what it includes."""
    return facade.metrics(request.caller)


@endpoints.get("/reports/dimensions", answers=list[DimensionAnswer], summary="Dimensions")
def dimensions(request: ApiRequest) -> tuple[DimensionView, ...]:
    """Every dimension that may be asked by."""
    return facade.dimensions(request.caller)


@endpoints.get(
    "/reports/agreement",
    answers=AgreementAnswer,
    summary="Whether reports equal the book",
    conflicts=True,
)
def agreement(request: ApiRequest) -> Agreement:
    """The caller's sums of all time, in reports and in the book. Not found before anything was settled."""
    found = facade.agreement(request.caller)
    if found is None:
        raise NotFound
    return found


@endpoints.get(
    "/reports/differences",
    needs=Permission.OPERATE,
    kinds=frozenset({Kind.OPERATOR}),
    answers=list[DifferenceAnswer],
    summary="Sums that differ from the book",
)
def differences(request: ApiRequest) -> list[DifferenceView]:
    """Whose sums reports and book tell differently, at most 200. They are compared every five minutes."""
    return facade.differences(request.caller)


@endpoints.get("/reports/saved", answers=Listed[SavedAnswer], summary="Kept reports")
def all_saved(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The caller's own and those shared within its organisation, newest first."""
    return listed(facade.all_saved(request.caller, after=paging.after, limit=paging.limit))


@endpoints.post("/reports/saved", answers=SavedAnswer, status=201, summary="Keep a report")
def save(request: ApiRequest, body: SavedSent) -> SavedView:
    """Keep a report under a name."""
    return facade.save(request.caller, body.name, body.report.wanted(), shared=body.shared)


@endpoints.get("/reports/saved/{int:report}", answers=SavedAnswer, summary="One kept report")
def saved(request: ApiRequest, report: int) -> SavedView:
    """A report that is kept."""
    return facade.saved(request.caller, report)


@endpoints.put("/reports/saved/{int:report}", answers=SavedAnswer, summary="Change a kept report")
def change(request: ApiRequest, report: int, body: SavedSent) -> SavedView:
    """Its name, what it shows, and whether it is shared."""
    wanted = body.report.wanted()
    return facade.change(request.caller, report, name=body.name, wanted=wanted, shared=body.shared)


@endpoints.delete("/reports/saved/{int:report}", summary="Keep a report no longer")
def remove(request: ApiRequest, report: int) -> None:
    """It is no longer sent to anybody."""
    facade.remove(request.caller, report)


@endpoints.post(
    "/reports/saved/{int:report}/schedules", answers=ScheduleAnswer, status=201, summary="Have a report sent"
)
def schedule(request: ApiRequest, report: int, body: ScheduleSent) -> ScheduleView:
    """To the person who asks; a key that belongs to nobody is refused."""
    return facade.schedule(request.caller, report, body.draft())


@endpoints.delete("/reports/schedules/{int:schedule}", summary="No longer have a report sent")
def end_schedule(request: ApiRequest, schedule: int) -> None:
    """It is no longer sent."""
    facade.end_schedule(request.caller, schedule)


@endpoints.get("/reports/files", answers=Listed[FileAnswer], summary="Files of reports")
def files(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    """The caller's own, newest first, until they expire."""
    return listed(facade.files(request.caller, after=paging.after, limit=paging.limit))


@endpoints.post("/reports/files", answers=FileAnswer, status=201, summary="Make a file of a report")
def export(request: ApiRequest, body: ExportSent) -> FileView:
    """CSV, XLSX or Parquet, however long; it is made as work and kept for seven days."""
    return facade.export(request.caller, body.report.wanted(), body.form, body.name)


@endpoints.get("/reports/files/{int:file}", answers=FileAnswer, summary="One file of a report")
def file(request: ApiRequest, file: int) -> FileView:
    """Whether it is ready."""
    return view(request.caller, file)


@endpoints.get(
    "/reports/files/{int:file}/content", answers=bytes, summary="Fetch a file of a report", conflicts=True
)
def fetch(request: ApiRequest, file: int) -> Any:
    """The file itself."""
    found, path = facade.fetch(request.caller, file)
    name = f"report-{found.id}.{found.form.value}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=TYPES[found.form])
