"""The last step of a short report without the engine: labels, ratios, totals, order and limit of few rows.

For a few rows the engine spends all its time on understanding the statement. This does what the statements
of `plan` do, and `tests/property/test_lake_rollups.py` holds the two against each other.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from operator import itemgetter
from typing import Any, Final

from utfall.lake.clocks import Shape
from utfall.lake.formula import Formula, Minus, Plus, Quotient, Sum, sums_of
from utfall.lake.labels import offset_name
from utfall.lake.query import CURRENCY, Checked
from utfall.lake.semantics import Dimension, Origin

_DERIVED = (Origin.CURRENCY, Origin.CLOCK)
_EPOCH = date(1970, 1, 1)
Row = tuple[Any, ...]
Reader = Callable[[Row], Any]


@dataclass(frozen=True, slots=True)
class Finishing:
    """What is left to do for a query once its facts are scanned. `columns`: what the scan left, in order."""

    query: Checked
    shape: Shape
    columns: Sequence[str]

    def rows(self, scanned: Sequence[Row]) -> list[dict[str, Any]]:
        """The rows of the report, from what the scan left."""
        rows = self._measured(scanned, self.query.by)
        for each in reversed(self.query.by):
            rows = _sorted(rows, each.name, falling=False)
        for name, falling in reversed(self.query.order):
            rows = _sorted(rows, name, falling=falling)
        return rows[: self.query.limit] if self.query.limit else rows

    def totals(self, scanned: Sequence[Row]) -> list[dict[str, Any]]:
        """The same metrics over all rows, per currency where the report is."""
        by = [each for each in self.query.by if each.origin is Origin.CURRENCY]
        totals = self._measured(scanned, by)
        return _sorted(totals, CURRENCY, falling=False) if by else totals

    def _measured(self, scanned: Sequence[Row], by: Sequence[Dimension]) -> list[dict[str, Any]]:
        metrics = self.query.metrics
        sums = list(dict.fromkeys(sum_.column for each in metrics for sum_ in sums_of(each.formula)))
        names = [each.name for each in by]
        groups = self._grouped(scanned, by, [self.columns.index(name) for name in sums])
        values = [(each.name, reckoned(each.formula, sums)) for each in metrics]
        # Facts of no currency carry no money; where they carry nothing else either, they say nothing.
        money = names.index(CURRENCY) if CURRENCY in names and self.query.of_money else None
        return [
            dict(zip(names, key, strict=True)) | {name: value(held) for name, value in values}
            for key, held in groups.items()
            if money is None or key[money] is not None or any(held)
        ]

    def _grouped(
        self, scanned: Sequence[Row], by: Sequence[Dimension], places: Sequence[int]
    ) -> dict[Row, list[int]]:
        """The sums of the scan's sums, by the final values of some dimensions."""
        readers = [self._reader(each) for each in by]
        asked = [(about, values) for about, values in self.query.where if about.origin in _DERIVED]
        wanted = [(self._reader(about), values) for about, values in asked]
        groups: dict[Row, list[int]] = {} if by else {(): [0] * len(places)}
        for row in scanned:
            if wanted and not all(read(row) in values for read, values in wanted):
                continue
            key = tuple([read(row) for read in readers])
            held = groups.get(key)
            if held is None:
                groups[key] = [row[place] for place in places]
            else:
                for at, place in enumerate(places):
                    held[at] += row[place]
        return groups

    def _reader(self, about: Dimension) -> Reader:
        """The final value of a dimension in a scanned row; a clock's values are told once each."""
        if about.origin not in _DERIVED:
            return itemgetter(self.columns.index(about.name))
        if about.name == CURRENCY:
            place, usual = self.columns.index(CURRENCY), self.shape.currency
            return lambda row: usual if row[place] is None else row[place]
        if about.name == "hour":
            hour, offset = self.columns.index("local_hour"), self.columns.index("local_offset")
            told_hour = cache(self._hour)
            return lambda row: told_hour(row[hour], row[offset])
        day, told_day = self.columns.index("local_day"), cache(_DAYS[about.name])
        return lambda row: told_day(row[day])

    def _hour(self, hour: int, offset: int) -> str:
        name = offset_name(offset) if offset in self.shape.offsets else "+00:00"
        return f"{datetime.fromtimestamp(0, UTC) + timedelta(hours=hour):%Y-%m-%dT%H:00}{name}"


def _day(number: int) -> date:
    return _EPOCH + timedelta(days=number)


_DAYS: Final[Mapping[str, Callable[[int], Any]]] = {
    "day": _day,
    "week": lambda number: f"{_day(number):%G-W%V}",
    "month": lambda number: f"{_day(number):%Y-%m}",
}


def reckoned(formula: Formula, sums: Sequence[str]) -> Callable[[Sequence[int]], Any]:
    """A formula as a function of finished sums in an order; None where it divides by zero.

    >>> reckoned(Quotient(Sum("clicks"), Sum("impressions")), ["clicks", "impressions"])([1, 4])
    0.25
    """
    match formula:
        case Sum():
            return itemgetter(sums.index(formula.column))
        case Plus(parts=parts):
            added = [reckoned(part, sums) for part in parts]
            return lambda held: sum([part(held) for part in added])
        case Minus(whole=left, part=right):
            whole, part = reckoned(left, sums), reckoned(right, sums)
            return lambda held: whole(held) - part(held)
        case Quotient(dividend=left, divisor=right, times=times):
            return _divided(reckoned(left, sums), reckoned(right, sums), times)
    raise TypeError(f"{formula!r} is no formula")


def _divided(
    dividend: Callable[[Sequence[int]], Any], divisor: Callable[[Sequence[int]], Any], times: int
) -> Callable[[Sequence[int]], float | None]:
    def divided(held: Sequence[int]) -> float | None:
        by = divisor(held)
        return float(dividend(held) * times) / float(by) if by else None

    return divided


def _sorted(rows: list[dict[str, Any]], name: str, *, falling: bool) -> list[dict[str, Any]]:
    """Rows by a column, what is unknown last; rows that are alike stay in their order."""
    read = itemgetter(name)
    known = [row for row in rows if row[name] is not None]
    unknown = [] if len(known) == len(rows) else [row for row in rows if row[name] is None]
    known.sort(key=read, reverse=falling)
    return known + unknown
