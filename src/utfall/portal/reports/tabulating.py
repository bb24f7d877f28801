"""A report as a table of a page: cells with words, with a way further in, and a row of totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from utfall.portal.reports.contracts import Column, Report, Row
from utfall.portal.reports.making import CLOCKS, Made
from utfall.portal.reports.saying import called, changed, measured
from utfall.portal.reports.wanted import Wanted

ACROSS_MOST: Final = 12
"""Columns of a pivot; what is smaller is left to the table without it."""
NEXT: Final = {
    "advertiser": "program",
    "program": "publisher",
    "group": "publisher",
    "publisher": "link",
    "month": "day",
    "week": "day",
    "day": "publisher",
    "link": "day",
    "reason": "publisher",
    "device": "publisher",
    "country": "publisher",
}
"""What a value is opened by when somebody asks for more of it."""
BEHIND: Final[dict[str, dict[str, str]]] = {
    **{one: {"kind": "conversion"} for one in ("conversions", "sales", "leads", "actions", "installs")},
    "impressions": {"kind": "impression", "verdict": "accepted"},
    "gross_impressions": {"kind": "impression"},
    "clicks": {"kind": "click", "verdict": "accepted"},
    "gross_clicks": {"kind": "click"},
    "invalid_clicks": {"kind": "click", "verdict": "refused"},
}
"""Which single events a number counts; behind any other stand all of its row."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, its number for sorting, how it changed, and where it leads."""

    words: str
    value: Any = None
    changed: str = ""
    href: str = ""
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading: its words, the metric that explains itself, and the order it sorts by."""

    words: str
    name: str = ""
    is_number: bool = False
    over: str = ""
    order: str = ""
    falling: bool | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row and the facts behind it."""

    cells: Sequence[Cell]
    events: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A report as it is shown. `cut`: there may be more rows than are shown."""

    headings: Sequence[Heading]
    lines: Sequence[Line]
    totals: Sequence[Line]
    cut: bool = False
    left_out: Sequence[str] = field(default_factory=tuple)


def tabulate(made: Made) -> Table:
    """The table of a report."""
    if made.wanted.pivot and made.wanted.pivot not in made.wanted.by:
        return _pivoted(made)
    report = made.report
    dims, metrics = _parts(report)
    others = _by_key(made.other, dims) if made.other else {}
    comparable = bool(made.other) and not CLOCKS & {one.name for one in dims}
    lines = [
        _line(made, row, dims, metrics, others.get(_key(row, dims), {}) if comparable else None)
        for row in report.rows
    ]
    headings = [_heading(made.wanted, one) for one in (*dims, *metrics)]
    return Table(
        headings=headings,
        lines=lines,
        totals=_totals(made, dims, metrics),
        cut=len(report.rows) >= (made.query.limit or len(report.rows) + 1),
    )


def _parts(report: Report) -> tuple[list[Column], list[Column]]:
    dims = [one for one in report.columns if not one.is_metric]
    currencies = {row.get("currency") for row in report.rows}
    if "currency" not in report.query.by and len(currencies) < 2:
        dims = [one for one in dims if one.name != "currency"]
    return dims, [one for one in report.columns if one.is_metric]


def _heading(wanted: Wanted, column: Column) -> Heading:
    falling = None
    if wanted.order.removeprefix("-") == column.name:
        falling = wanted.order.startswith("-")
    first = f"-{column.name}" if column.is_metric else column.name
    order = (column.name if falling else f"-{column.name}") if falling is not None else first
    return Heading(
        column.words,
        column.name if column.is_metric else "",
        is_number=column.is_metric,
        order=replace(wanted, order=order).address,
        falling=falling,
    )


def _line(made: Made, row: Row, dims: Sequence[Column], metrics: Sequence[Column], other: Row | None) -> Line:
    narrow = _narrowed(made.wanted, row, [one.name for one in dims])
    cells = [_named(made, row, one) for one in dims]
    cells += [_number(one, row, other, narrow) for one in metrics]
    return Line(cells, narrow.address)


def _named(made: Made, row: Row, column: Column) -> Cell:
    value = row[column.name]
    further = _narrowed(made.wanted, row, [column.name])
    by = NEXT.get(column.name, "day")
    if by not in made.wanted.by:
        rest = tuple(one for one in made.wanted.by if one != column.name)
        further = replace(further, by=(*rest, by)[:4], order="")
    href = "" if column.name in ("currency", "hour") else further.address
    return Cell(called(made.report, column.name, value), value, href=href)


def _number(column: Column, row: Row, other: Row | None, behind: Wanted | None = None) -> Cell:
    value = row.get(column.name)
    told = "" if other is None else changed(value, other.get(column.name))
    href = _counted(behind, column.name) if behind and value else ""
    return Cell(measured(column, value, row.get("currency")), value, told, href, is_number=True)


def _counted(wanted: Wanted, metric: str) -> str:
    """The report of those events alone that a metric counts, as an address."""
    found = wanted
    for name, value in BEHIND.get(metric, {}).items():
        found = found if name in found.where else found.narrowed(name, value)
    return found.address


def _narrowed(wanted: Wanted, row: Row, names: Iterable[str]) -> Wanted:
    """The report of the facts behind a row, as far as its dimensions can be asked for."""
    found = wanted
    for name in names:
        value = row[name]
        if name in CLOCKS:
            days = days_of(name, value)
            found = found.of_days(*days) if days else found
        elif name != "currency":
            found = found.narrowed(name, value)
    return found


def days_of(name: str, value: Any) -> tuple[date, date] | None:
    """The days of a value of a clock: a day, an ISO week, a month, or the day of an hour.

    >>> days_of("month", "2026-12")
    (datetime.date(2026, 12, 1), datetime.date(2027, 1, 1))
    """
    if value is None:
        return None
    if name == "week":
        year, _w, week = str(value).partition("-W")
        first = date.fromisocalendar(int(year), int(week), 1)
        return first, date.fromordinal(first.toordinal() + 7)
    if name == "month":
        first = date.fromisoformat(f"{value}-01")
        after = date.fromordinal(first.toordinal() + 31).replace(day=1)
        return first, after
    first = date.fromisoformat(str(value)[:10])
    return first, date.fromordinal(first.toordinal() + 1)


def _totals(made: Made, dims: Sequence[Column], metrics: Sequence[Column]) -> list[Line]:
    others = {row.get("currency"): row for row in made.other.totals} if made.other else {}
    lines = []
    for row in made.report.totals:
        currency = row.get("currency")
        words = (
            _("Total") if len(made.report.totals) < 2 else _("Total in %(currency)s") % {"currency": currency}
        )
        cells = [Cell(words), *(Cell("") for _one in dims[1:])] if dims else []
        cells += [_number(one, row, others.get(currency)) for one in metrics]
        lines.append(Line(cells))
    return lines


def _by_key(report: Report, dims: Sequence[Column]) -> dict[tuple[Any, ...], Row]:
    names = {one.name for one in report.columns}
    return {_key(row, dims): row for row in report.rows} if {d.name for d in dims} <= names else {}


def _key(row: Row, dims: Sequence[Column]) -> tuple[Any, ...]:
    return tuple(row[one.name] for one in dims)


def _pivoted(made: Made) -> Table:
    """One dimension across: a column for each of its values and each metric, the largest values first."""
    report, across = made.report, made.wanted.pivot
    dims, metrics = _parts(report)
    dims = [one for one in dims if one.name != across]
    values = _ranked(report, across, metrics[0])
    shown, rest = values[:ACROSS_MOST], values[ACROSS_MOST:]
    rows: dict[tuple[Any, ...], dict[Any, Row]] = {}
    for row in report.rows:
        rows.setdefault(_key(row, dims), {})[row[across]] = row
    lines = [_across(made, found, dims, metrics, shown) for found in list(rows.values())[: made.wanted.limit]]
    headings = [_heading(made.wanted, one) for one in dims]
    headings += [
        Heading(one.words, one.name, is_number=True, over=called(report, across, value))
        for value in shown
        for one in metrics
    ]
    left = tuple(called(report, across, value) for value in rest)
    return Table(headings=headings, lines=lines, totals=(), cut=len(rows) > made.wanted.limit, left_out=left)


def _ranked(report: Report, across: str, metric: Column) -> list[Any]:
    sums: dict[Any, float] = {}
    for row in report.rows:
        sums[row[across]] = sums.get(row[across], 0) + (row[metric.name] or 0)
    if across in CLOCKS:
        return sorted(sums, key=str)
    return sorted(sums, key=lambda value: (-sums[value], str(value)))


def _across(
    made: Made, found: dict[Any, Row], dims: Sequence[Column], metrics: Sequence[Column], shown: Sequence[Any]
) -> Line:
    first, plain = next(iter(found.values())), replace(made, wanted=replace(made.wanted, pivot=""))
    cells = [_named(plain, first, one) for one in dims]
    narrow = _narrowed(plain.wanted, first, [one.name for one in dims])
    for value in shown:
        row = found.get(value, {})
        behind = _narrowed(narrow, row, [made.wanted.pivot]) if row else None
        cells += [_number(one, row, None, behind) for one in metrics]
    return Line(cells, narrow.address)
