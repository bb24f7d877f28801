"""A report as a chart: lines over time, else bars; of its first metric, a colour for each value."""

from typing import Any, Final

from utfall.portal.look.charts import Chart, Series
from utfall.portal.reports.contracts import Column, Row, Unit
from utfall.portal.reports.making import CLOCKS, Made
from utfall.portal.reports.saying import called, measured

BARS: Final = 20
LINES: Final = 8


def chart_of(made: Made) -> Chart | None:
    """The chart of a report; None where a single number would be all of it."""
    by = made.query.by
    if not by or not made.report.rows:
        return None
    metric = next(one for one in made.report.columns if one.is_metric)
    along = next((name for name in by if name in CLOCKS), by[0])
    beside = next((name for name in by if name != along), "")
    currencies = {row.get("currency") for row in made.report.rows} - {None}
    if not beside and len(currencies) > 1:
        beside = "currency"
    return _drawn(made, metric, along, beside)


def _drawn(made: Made, metric: Column, along: str, beside: str) -> Chart:
    sums: dict[tuple[Any, Any], list[Row]] = {}
    for row in made.report.rows:
        sums.setdefault((row[along], row.get(beside) if beside else None), []).append(row)
    labels = list(dict.fromkeys(key[0] for key in sums))
    labels = sorted(labels, key=str) if along in CLOCKS else labels[:BARS]
    lines = _largest(sums, metric)[:LINES]
    words = made.report.columns
    series, shown = [], []
    for line in lines:
        values = [_one(sums.get((label, line)), metric) for label in labels]
        currency = _currency(made, line if beside == "currency" else None)
        name = called(made.report, beside, line) if beside else metric.words
        series.append(Series(name, [_scaled(metric, value) for value in values]))
        shown.append([measured(metric, value, currency) for value in values])
    about = next((one.words for one in words if one.name == along), along)
    return Chart(
        title=f"{metric.words} · {about}",
        labels=[called(made.report, along, label) for label in labels],
        series=series,
        kind="line" if along in CLOCKS else "bar",
        shown=shown,
    )


def _largest(sums: dict[tuple[Any, Any], list[Row]], metric: Column) -> list[Any]:
    totals: dict[Any, float] = {}
    for (_label, line), rows in sums.items():
        totals[line] = totals.get(line, 0) + sum(row[metric.name] or 0 for row in rows)
    return sorted(totals, key=lambda line: (-totals[line], str(line)))


def _one(rows: list[Row] | None, metric: Column) -> Any:
    """A sum adds up; of a ratio only a single one can be shown."""
    if not rows:
        return None
    values = [row[metric.name] for row in rows if row[metric.name] is not None]
    if metric.unit in (Unit.COUNT, Unit.MONEY):
        return sum(values)
    return values[0] if len(values) == 1 else None


def _scaled(metric: Column, value: Any) -> Any:
    if value is None or metric.unit is Unit.COUNT:
        return value
    return round(value / 1_000_000, 2) if metric.unit in (Unit.MONEY, Unit.PRICE) else round(value, 4)


def _currency(made: Made, line: Any) -> str | None:
    if line is not None:
        return str(line)
    found = {row.get("currency") for row in made.report.rows} - {None}
    return str(found.pop()) if len(found) == 1 else None
