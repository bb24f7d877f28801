"""Numbers: what can be counted, reports, the events behind them, and how it goes at a glance."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from msgspec import Meta

from utfall.client.models import ReportEventsSent, ReportPreset, ReportQuerySent, ReportWantedSent
from utfall.mcp.desk import Desk
from utfall.mcp.plain import Plain, amount, decimal, percent, plain
from utfall.mcp.tools import AnyProgram, Days, Tools

tools = Tools()

Metrics = Annotated[
    Sequence[str],
    Meta(min_length=1, max_length=12, description="Names of metrics (list_metrics): clicks, cost, …"),
]
By = Annotated[
    Sequence[str], Meta(max_length=4, description="Names of dimensions (list_dimensions): day, publisher.")
]
Where = Annotated[
    Mapping[str, Sequence[int | str | None]] | None,
    Meta(
        description='Wanted values by dimension: {"program": [7], "device": ["mobile"]}; null where empty.',
    ),
]
FirstDay = Annotated[date | None, Meta(description="The first day, in each program's own zone.")]
LastDay = Annotated[date | None, Meta(description="The last day, included.")]
Sorted = Annotated[
    Sequence[str], Meta(max_length=4, description="Columns to sort by; `-cost` puts the largest first.")
]


@tools.reads("Metrics and what they mean")
def list_metrics(
    desk: Desk, *, search: Annotated[str, Meta(max_length=60, description="Part of a name or meaning.")] = ""
) -> Plain:
    """Every number that can be asked for: its name, its words, unit, formula, and what is included. Look here
    before you explain a number or choose one; a metric that is not listed may not be seen with this key."""
    found = [plain(one) for one in desk.client.reports.metrics()]
    return {"metrics": [one for one in found if search.lower() in " ".join(map(str, one.values())).lower()]}


@tools.reads("Dimensions")
def list_dimensions(desk: Desk) -> Plain:
    """Everything that a report can be split by or narrowed to: day, program, publisher, device, reason, …"""
    return {"dimensions": [plain(one) for one in desk.client.reports.dimensions()]}


@tools.reads("Ask for a report")
def report(
    desk: Desk,
    *,
    metrics: Metrics,
    by: By = (),
    where: Where = None,
    first: FirstDay = None,
    last: LastDay = None,
    order: Sorted = (),
    limit: Annotated[int, Meta(ge=1, le=500, description="At most so many rows.")] = 50,
) -> Plain:
    """Any metrics by any dimensions of what happened. Totals are of all rows, whatever the limit, and equal
    the book. Amounts are decimals in the currency that stands in the row; currencies are never added up.
    Without days: of all time. To find why a number moved, ask by day first, then by publisher, device or
    reason over the days in question."""
    asked = ReportQuerySent(
        metrics=metrics, by=by, where=where or {}, start=first, end=_after(last), order=order, limit=limit
    )
    found = desk.client.reports.ask(asked)
    units = {column.name: column.unit for column in found.columns}
    return {
        "columns": [plain(column) for column in found.columns],
        "rows": [_row(row, units, found.names) for row in found.rows],
        "totals": [_row(row, units, found.names) for row in found.totals],
        "counted_up_to_batch": found.shipped,
    }


def span_of(days: str, first: date | None, last: date | None) -> dict[str, Any]:
    """Days as the API takes them, by the names of its fields: those of a name, or from `first` on."""
    if first is None:
        return {"days": ReportPreset(days)}
    return {"days": ReportPreset("custom"), "start": first, "end": _after(last)}


def _after(last: date | None) -> date | None:
    """The day after the last one: spans are half-open in the API."""
    return None if last is None else last + timedelta(days=1)


def _row(row: Plain, units: dict[str, Any], names: dict[str, dict[str, str]]) -> Plain:
    """A row with amounts as decimals, and each number of a program or publisher with its name."""
    told: Plain = {}
    for name, value in row.items():
        told[name] = measured(value, units.get(name), row.get("currency") or "")
        if (called := names.get(name, {}).get(str(value))) is not None:
            told[f"{name}_name"] = called
    return told


def measured(value: Any, unit: Any, currency: str) -> Any:
    """A metric's value, by its unit; what is unknown stays null."""
    match str(unit), value:
        case "money", int():
            return decimal(value, currency)
        case "price", int() | float():
            return round(value / 1_000_000, 6)
        case "ratio", float():
            return round(value, 6)
    return value


@tools.reads("Single events behind a report")
def report_events(
    desk: Desk,
    *,
    metrics: Metrics,
    where: Where = None,
    days: Days = "last_30",
    first: FirstDay = None,
    last: LastDay = None,
    limit: Annotated[int, Meta(ge=1, le=200, description="At most so many.")] = 20,
) -> Plain:
    """The single facts behind a number of a report, the newest first: what happened, what settlement decided
    and why, and the `transaction` whose receipt can be read with the tool receipt. With `first` and `last`,
    `days` counts for nothing."""
    wanted = ReportWantedSent(metrics=metrics, where=where or {}, **span_of(days, first, last))
    found = desk.client.reports.events(ReportEventsSent(report=wanted, limit=limit))
    events = []
    for one in found:
        told = plain(one)
        told["amounts"] = {name: amount(value, one.currency) for name, value in one.amounts.items()}
        events.append(told)
    return {"events": events}


@tools.reads("How it goes, at a glance")
def overview(
    desk: Desk,
    *,
    days: Literal[
        "today",
        "yesterday",
        "last_7",
        "last_14",
        "last_30",
        "last_90",
        "this_month",
        "last_month",
        "this_year",
    ] = "last_7",
    against: Annotated[
        Literal["period", "year", "nothing"],
        Meta(description="Compared with the days before, or a year ago."),
    ] = "period",
    program: AnyProgram = None,
    currency: Annotated[str | None, Meta(description="Where there are several currencies.")] = None,
) -> Plain:
    """What a marketer looks at in the morning: the main figures with their change, the funnel, the best
    partners and those that fell, goals with a forecast, and the pace of budgets."""
    found = desk.client.overview.overview(days=days, against=against, program=program, currency=currency)
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "last_day_is_not_over": found.has_today,
        "compared_with": None
        if found.other_first is None
        else [str(found.other_first), str(found.other_last)],
        "currency": found.currency,
        "figures": [_figure(one, found.currency) for one in found.figures],
        "funnel": [plain(step) | {"share_of_step_before": _share(step.rate)} for step in found.funnel],
        "ranking": _ranking(found.ranking, found.currency),
        "goals": [plain(one) for one in found.goals],
        "budgets": [_pace(one) for one in found.budgets],
    }


def _figure(figure: Any, currency: str) -> Plain:
    about = figure.about
    return {
        "metric": about.name,
        "words": about.words,
        "value": measured(figure.value, about.unit, currency),
        "before": measured(figure.before, about.unit, currency),
        "change": _share(figure.change),
    }


def _share(ppm: int | None) -> str | None:
    return None if ppm is None else percent(ppm)


def _ranking(ranking: Any, currency: str) -> Plain:
    def told(one: Any) -> Plain:
        value = measured(one.value, ranking.about.unit, currency)
        before = measured(one.before, ranking.about.unit, currency)
        said = {
            "id": one.id,
            "name": one.name,
            "value": value,
            "before": before,
            "change": _share(one.change),
        }
        return said | ({"is_new": True} if one.is_new else {})

    return {
        "by": ranking.by,
        "metric": ranking.about.name,
        "top": [told(one) for one in ranking.top],
        "fell_most" if ranking.is_fall else "smallest": [told(one) for one in ranking.bottom],
    }


def _pace(budget: Any) -> Plain:
    told: Plain = plain(budget)
    for name in ("cap", "spent", "reserved"):
        told[name] = amount(getattr(budget, name), budget.currency)
    if budget.gone is not None:
        told["gone"] = percent(budget.gone)
    return told


@tools.reads("Whether reports equal the book")
def agreement(desk: Desk) -> Plain:
    """The sums of all time, in reports and in the book of account: whether they are equal."""
    found = desk.client.reports.agreement()
    sums = [
        {"name": one.name, "report": amount(one.lake, one.currency), "book": amount(one.book, one.currency)}
        for one in found.sums
    ]
    return {"is_compared": found.is_compared, "is_equal": found.is_equal, "sums": sums}
