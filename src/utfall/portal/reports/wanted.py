"""A report as somebody puts it together: what is shown, by what, of which days, compared with what.

It is what an address carries, what is saved, and what a schedule makes again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from django.utils.datastructures import MultiValueDict

from utfall.portal.reports.calendar import Against, Preset
from utfall.portal.reports.contracts import Value

USUAL_ROWS: Final = 100
MOST_ROWS: Final = 1000
"""Rows of a page; a file may have more."""
MOST_BY: Final = 4
MOST_METRICS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A report before it is made. `pivot`: the dimension that goes across."""

    metrics: tuple[str, ...]
    by: tuple[str, ...] = ()
    pivot: str = ""
    where: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    preset: Preset = Preset.LAST_30
    start: date | None = None
    end: date | None = None
    against: Against = Against.NOTHING
    order: str = ""
    limit: int = USUAL_ROWS

    @property
    def data(self) -> dict[str, Any]:
        """As JSON keeps it."""
        told: dict[str, Any] = msgspec.to_builtins(self)
        return told

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As an address carries it; `end` is the last day, as people say it."""
        pairs = [("m", name) for name in self.metrics] + [("by", name) for name in self.by]
        pairs += [("pivot", self.pivot)] if self.pivot else []
        pairs.append(("days", self.preset.value))
        if self.preset is Preset.CUSTOM and self.start and self.end:
            pairs += [("from", self.start.isoformat()), ("to", _day_before(self.end).isoformat())]
        pairs += [("against", self.against.value)] if self.against is not Against.NOTHING else []
        pairs += [("order", self.order)] if self.order else []
        pairs += [("rows", str(self.limit))] if self.limit != USUAL_ROWS else []
        for name, values in self.where.items():
            pairs.append((f"is.{name}", ",".join("" if one is None else str(one) for one in values)))
        return pairs

    @property
    def address(self) -> str:
        """The query of an address; a table has hundreds of them, of nearly the same parts."""
        return "&".join([_part(name, value) for name, value in self.pairs])

    def narrowed(self, name: str, value: Value) -> "Wanted":
        """The same, of one value alone."""
        return replace(self, where={**self.where, name: (value,)})

    def of_days(self, start: date, end: date) -> "Wanted":
        """The same, of some days alone."""
        return replace(self, preset=Preset.CUSTOM, start=start, end=end)


@lru_cache(maxsize=16_384)
def _part(name: str, value: str) -> str:
    return urlencode([(name, value)])


def from_data(data: Mapping[str, Any]) -> Wanted:
    """A report as it was kept; what a later version no longer knows is left out."""
    known = {name: value for name, value in data.items() if name in Wanted.__dataclass_fields__}
    return msgspec.convert(known, Wanted)


def from_address(asked: "MultiValueDict[str, str]") -> Wanted | None:
    """A report as an address carries it; None where it names nothing to show."""
    metrics = _names(asked.getlist("m"), MOST_METRICS)
    if not metrics:
        return None
    start, last = _day(asked.get("from", "")), _day(asked.get("to", ""))
    return Wanted(
        metrics=metrics,
        by=_names(asked.getlist("by"), MOST_BY),
        pivot=str(asked.get("pivot", ""))[:40],
        where=_where(asked),
        preset=_one_of(Preset, asked.get("days", ""), Preset.LAST_30),
        start=start,
        end=_day_after(last) if last else None,
        against=_one_of(Against, asked.get("against", ""), Against.NOTHING),
        order=str(asked.get("order", ""))[:60],
        limit=_rows(asked.get("rows", "")),
    )


def _where(asked: "MultiValueDict[str, str]") -> dict[str, tuple[Value, ...]]:
    """Conditions: `is.program=1,2`, or a pair of `where` and `is` as the form sends them."""
    found: dict[str, tuple[Value, ...]] = {}
    pairs = [(key[3:], asked[key]) for key in asked if key.startswith("is.")]
    pairs += [
        (name, text)
        for name, text in zip(asked.getlist("where"), asked.getlist("is"), strict=False)
        if name and text.strip()
    ]
    for name, text in pairs:
        values = tuple(one.strip()[:200] or None for one in str(text).split(",")[:200])
        found[name[:40]] = values
    return found


def _names(texts: Sequence[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text[:40] for text in texts if text))[:most]


def _one_of(kind: Any, text: str | None, usual: Any) -> Any:
    return kind(text) if text in set(kind) else usual


def _rows(text: str | None) -> int:
    if text and text.isdecimal() and len(text) < 6:
        return max(1, min(int(text), MOST_ROWS))
    return USUAL_ROWS


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _day_after(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)
