"""The last step of a short report without the engine: labels, ratios, totals, order and limit of few rows.

For a few rows the engine spends all its time on understanding the statement. This does what the statements
of `plan` do, and `tests/property/test_lake_rollups.py` holds the two against each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from utfall.lake.clocks import Shape
from utfall.lake.formula import Formula, Minus, Plus, Quotient, Sum, sums_of
from utfall.lake.labels import offset_name
from utfall.lake.query import CURRENCY, Checked
from utfall.lake.semantics import Dimension, Origin

_DERIVED = (Origin.CURRENCY, Origin.CLOCK)
_EPOCH = date(1970, 1, 1)
Sums = dict[str, int]


@dataclass(frozen=True, slots=True)
class Finishing:
    """What is left to do for a query once its facts are scanned."""

    query: Checked
    shape: Shape

    def rows(self, scanned: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows of the report, from what the scan left."""
        names = [each.name for each in self.query.by]
        rows = self._measured(scanned, names)
        for name in reversed(names):
            rows.sort(key=lambda row: _ascending(row[name]))
        for name, falling in reversed(self.query.order):
            known = [row for row in rows if row[name] is not None]
            known.sort(key=lambda row: row[name], reverse=falling)
            rows = known + [row for row in rows if row[name] is None]
        return rows[: self.query.limit] if self.query.limit else rows

    def totals(self, scanned: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """The same metrics over all rows, per currency where the report is."""
        names = [each.name for each in self.query.by if each.origin is Origin.CURRENCY]
        totals = self._measured(scanned, names)
        return sorted(totals, key=lambda row: [_ascending(row[name]) for name in names])

    def _measured(self, scanned: Iterable[dict[str, Any]], names: Sequence[str]) -> list[dict[str, Any]]:
        sums = list(
            dict.fromkeys(sum_.column for each in self.query.metrics for sum_ in sums_of(each.formula))
        )
        groups: dict[tuple[Any, ...], Sums] = {} if names else {(): dict.fromkeys(sums, 0)}
        for row in filter(self._is_wanted, map(self._labelled, scanned)):
            held = groups.setdefault(tuple(row[name] for name in names), dict.fromkeys(sums, 0))
            for name in sums:
                held[name] += row[name]
        by_money = CURRENCY in names and self.query.of_money
        told = (pair for pair in groups.items() if not by_money or self._says_something(names, *pair))
        return [dict(zip(names, key, strict=True)) | self._metrics(held) for key, held in told]

    def _metrics(self, sums: Sums) -> dict[str, Any]:
        return {each.name: valued(each.formula, sums) for each in self.query.metrics}

    @staticmethod
    def _says_something(names: Sequence[str], key: tuple[Any, ...], sums: Sums) -> bool:
        """Facts of no currency carry no money; where they carry nothing else either, they say nothing."""
        return key[names.index(CURRENCY)] is not None or any(sums.values())

    def _labelled(self, row: dict[str, Any]) -> dict[str, Any]:
        derived = [each for each in dict.fromkeys(self.query.dimensions) if each.origin in _DERIVED]
        return row | {each.name: self._label(each, row) for each in derived} if derived else row

    def _label(self, about: Dimension, row: dict[str, Any]) -> Any:
        match about.name:
            case "currency":
                return self.shape.currency if row[CURRENCY] is None else row[CURRENCY]
            case "hour":
                hour = datetime.fromtimestamp(0, UTC) + timedelta(hours=row["local_hour"])
                offset = row["local_offset"]
                name = offset_name(offset) if offset in self.shape.offsets else "+00:00"
                return f"{hour:%Y-%m-%dT%H:00}{name}"
        day = _EPOCH + timedelta(days=row["local_day"])
        return {"day": day, "week": f"{day:%G-W%V}", "month": f"{day:%Y-%m}"}[about.name]

    def _is_wanted(self, row: dict[str, Any]) -> bool:
        return all(
            row[about.name] in values for about, values in self.query.where if about.origin in _DERIVED
        )


def valued(formula: Formula, sums: Sums) -> int | float | None:
    """The value of a formula; None where it is divided by zero.

    >>> valued(Quotient(Sum("clicks"), Sum("impressions")), {"clicks": 1, "impressions": 4})
    0.25
    """
    match formula:
        case Sum():
            return sums[formula.column]
        case Plus(parts=parts):
            return sum(_known(part, sums) for part in parts)
        case Minus(whole=left, part=right):
            return _known(left, sums) - _known(right, sums)
        case Quotient(dividend=left, divisor=right, times=times):
            divisor = _known(right, sums)
            return float(_known(left, sums) * times) / float(divisor) if divisor else None
    raise TypeError(f"{formula!r} is no formula")


def _known(formula: Formula, sums: Sums) -> int | float:
    value = valued(formula, sums)
    assert value is not None, "no quotient stands within another formula"
    return value


def _ascending(value: Any) -> tuple[bool, Any]:
    """A key that puts what is unknown last."""
    return (True, 0) if value is None else (False, value)
