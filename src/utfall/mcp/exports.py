"""Files of reports: asked for, made in the background, and read."""

from typing import Annotated, Any, Final, Literal

from msgspec import UNSET, Meta

from utfall.client.models import ReportExportSent, ReportFileForm, ReportWantedSent
from utfall.mcp.desk import Desk
from utfall.mcp.plain import Plain, listed, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Plan
from utfall.mcp.reports import By, FirstDay, LastDay, Metrics, Where, span_of
from utfall.mcp.tools import After, Days, Few, Id, Tools

tools = Tools()

CHARACTERS: Final = 20_000
"""So much of a file is told at once."""


@tools.reads("Files of reports")
def report_files(desk: Desk, *, limit: Few = 20, after: After = None) -> Plain:
    """The files of reports that were made with this key, newest first; each is kept for seven days."""
    return listed(desk.client.reports.files(limit=limit, after=after))


@tools.reads("Read a file of a report")
def report_file(
    desk: Desk,
    *,
    file: Annotated[Id, Meta(description="Its number (tool report_files).")],
    offset: Annotated[int, Meta(ge=0, description="From which character on: `next_offset`.")] = 0,
) -> Plain:
    """Whether a file is ready, and of a CSV file its text, 20 000 characters at a time. Of XLSX and Parquet
    the address where a program fetches them with the key."""
    found = desk.client.reports.file(file)
    told: Plain = {"file": plain(found)}
    if found.ready_at is None:
        return {**told, "next": "It is being made. Ask again in a few seconds."}
    if found.form != ReportFileForm.CSV:
        return {**told, "fetch": f"{desk.portal.rstrip('/')}/api/v1/reports/files/{file}/content"}
    text = desk.client.reports.fetch(file).decode("utf-8-sig")
    part = text[offset : offset + CHARACTERS]
    end = offset + len(part)
    return {**told, "text": part, **({"next_offset": end} if end < len(text) else {})}


@tools.writes("Make a file of a report", operation="reports_export", needs="look", can_be_undone=True)
def export_report(
    desk: Desk,
    *,
    metrics: Metrics,
    by: By = (),
    where: Where = None,
    days: Days = "last_30",
    first: FirstDay = None,
    last: LastDay = None,
    form: Literal["csv", "xlsx", "parquet"] = "csv",
    name: Annotated[str, Meta(max_length=80, description="What you call it.")] = "",
) -> Plan:
    """Make a file of a report however long it is; report_file reads it once it is ready. It changes nothing
    but the list of files. With `first` and `last`, `days` counts for nothing."""
    if (first is None) != (last is None):
        raise Declined(
            "days_half", "A span has a first and a last day.", "Say both, or `days` alone.", "first"
        )
    wanted = ReportWantedSent(metrics=metrics, by=by, where=where or {}, **span_of(days, first, last))
    body = ReportExportSent(report=wanted, form=ReportFileForm(form), name=name or UNSET)
    span = days if first is None else f"{first} to {last}"
    return Plan(
        would=f"Make a {form} file of {', '.join(metrics)} by {', '.join(by) or 'nothing'}, {span}.",
        changes={"file": {"now": "none", "then": name or "a file without a name"}},
        notes=("It is kept for seven days, for this key alone.",),
        do=lambda key: _made(desk.client.reports.export(body, idempotency_key=key)),
    )


def _made(file: Any) -> Plain:
    return {"file": plain(file), "next": f"Call report_file with file {file.id} in a few seconds."}
