"""Sums made beforehand: facts added up by a few stored columns and by stretches of a day.

A rollup is facts with fewer columns and coarser times, so the very statement that reads facts reads a
rollup. Of what it is made, and when it may stand for the facts, is decided here and nowhere else
(docs/algorithms/rollups.md).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Final

from utfall.lake.clocks import DAY_MS, Places, Span, clock_of
from utfall.lake.formula import sums_of
from utfall.lake.query import CURRENCY, Checked
from utfall.lake.schema import MEASURES
from utfall.lake.semantics import Origin
from utfall.terms import Zone

HOUR_MS: Final = 3_600_000
CUTS: Final = tuple(hour * HOUR_MS for hour in (0, 21, 22, 23))
"""Where a UTC day is cut: the midnights of UTC and of the zones one to three hours east of it. A local day of
such a zone is a number of whole stretches."""


@dataclass(frozen=True, slots=True)
class Grain:
    """What a rollup is by, beside the stretch of the day.

    `key`: its name and a mark of its definition, so that one by another definition is not taken for it.
    """

    name: str
    columns: tuple[str, ...]
    key: str = field(init=False)

    def __post_init__(self) -> None:
        told = repr((self.columns, MEASURES, CUTS)).encode()
        object.__setattr__(self, "key", f"{self.name}-{blake2b(told, digest_size=4).hexdigest()}")


_ALWAYS: Final = ("advertiser", "program", "currency")
_FATES: Final = ("price_model", "kind", "verdict", "reason", "status")
GRAINS: Final = (
    Grain("program", (*_ALWAYS, *_FATES, "group", "channel", "customer")),
    Grain("publisher", (*_ALWAYS, "publisher", "group")),
    Grain("device", (*_ALWAYS, "device")),
    Grain("country", (*_ALWAYS, "country")),
    Grain("system", (*_ALWAYS, "device", "os", "browser")),
    Grain("publisher_device", (*_ALWAYS, "publisher", "device")),
    Grain("publisher_fates", (*_ALWAYS, "publisher", *_FATES, "channel", "customer")),
    Grain("link", (*_ALWAYS, "publisher", "link")),
)


def rollup_sql(grain: Grain, source: str) -> str:
    """The rollup of what a source of facts has, in the order in which it is kept."""
    stretch = " ".join(f"WHEN at_ms < {until} THEN {since}" for since, until in pairwise((*CUTS, DAY_MS)))
    columns = ", ".join(f'"{name}"' for name in grain.columns)
    # A sum that does not fit in 64 bits is an error; such facts are read as they are.
    sums = ", ".join(f"sum({name})::BIGINT AS {name}" for name in MEASURES)
    return (
        "SELECT make_timestamptz((day_ms + CASE " + stretch + " END) * 1000) AS occurred_at,"
        f" {columns}, {sums} FROM (SELECT *, epoch_ms(occurred_at) AS now_ms,"
        f" now_ms - (now_ms % {DAY_MS} + {DAY_MS}) % {DAY_MS} AS day_ms, now_ms - day_ms AS at_ms"
        f" FROM {source}) GROUP BY ALL ORDER BY occurred_at, {columns}"
    )


def grains_for(query: Checked, places: Places, span: Span, *, joins: bool) -> list[Grain]:
    """The grains that can answer a query instead of the facts."""
    if any(each.name == "hour" for each in query.dimensions):
        return []
    if _tells_days(query) and not all(_falls_on_cuts(each, span) for each in places.zones):
        return []
    wanted = stored_columns(query, joins=joins)
    return [grain for grain in GRAINS if wanted <= set(grain.columns)]


def stored_columns(query: Checked, *, joins: bool) -> set[str]:
    """The columns, beside the time and the measures, that a query reads."""
    wanted = {each.name for each in query.dimensions if each.origin in (Origin.ID, Origin.WORD)}
    if query.of_money or query.touches(Origin.CURRENCY):
        wanted.add(CURRENCY)
    if any(sum_.price_model for metric in query.metrics for sum_ in sums_of(metric.formula)):
        wanted.add("price_model")
    if joins:
        wanted.add("program")
    sides = {"advertiser": query.scope.advertisers, "publisher": query.scope.publishers}
    return wanted | {side for side, ids in sides.items() if ids is not None}


def _tells_days(query: Checked) -> bool:
    return query.start is not None or query.end is not None or query.touches(Origin.CLOCK)


def _falls_on_cuts(zone: Zone, span: Span) -> bool:
    """Whether every midnight of a zone within a span is a cut, and no change of the clock moves a day."""
    clock = clock_of(zone, span)
    offsets = [clock.first, *(offset for _, offset in clock.changes)]
    if any(-offset % DAY_MS not in CUTS for offset in offsets):
        return False
    changes = zip(clock.changes, offsets, strict=False)
    return all((at + was) // DAY_MS == (at + now) // DAY_MS for (at, now), was in changes)


def names(columns: Iterable[str]) -> str:
    """Columns as SQL."""
    return ", ".join(f'"{name}"' for name in columns)


def quoted(path: Path) -> str:
    """A path as SQL."""
    return "'" + str(path).replace("'", "''") + "'"
