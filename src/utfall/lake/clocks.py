"""Clocks and currencies of the programs that a report is about, from the sealed terms.

Offsets are the ones sealed in the snapshot, so an outcome falls on the same day here as where it was
settled, whatever time-zone database a machine has. Almost always all programs of a report share one zone
and one currency: then both are constants of the query, and nothing is joined.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import ibis
import pyarrow as pa

from utfall.lake.query import Checked, Value
from utfall.terms import Program, Snapshot, Zone

DAY_MS: Final = 86_400_000
UTC: Final = Zone("UTC", (0,), (0,))
_EPOCH: Final = date(1970, 1, 1).toordinal()
_NEVER: Final = (1 << 63) - 1

Span = tuple[int, int]
"""UTC milliseconds from and to."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A zone's offsets during a while, in milliseconds: the first, then each change: from when, offset."""

    first: Any
    changes: tuple[tuple[Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """All that the form of a query depends on beside the query itself.

    `low` and `high` are the UTC milliseconds that hold every wanted local day of every zone, and no more
    where there is one zone. Facts without a program follow the `clock` that all programs share, or UTC
    where they differ: then `clock` is None and `changes` says how often one of them changes.
    """

    low: int | None
    high: int | None
    clock: Clock | None
    changes: int
    offsets: tuple[int, ...]
    currency: str | None
    many_currencies: bool


@dataclass(frozen=True, slots=True)
class Places:
    """The programs a report can concern, and the zones they count their days in."""

    programs: tuple[Program, ...]
    zones: tuple[Zone, ...]

    def bounds(self, start: date | None, end: date | None) -> tuple[int | None, int | None]:
        """The UTC milliseconds that hold all local days from `start` until `end` of every zone."""
        low = None if start is None else min(zone.to_utc_ms(_midnight_ms(start)) for zone in self.zones)
        high = None if end is None else max(zone.to_utc_ms(_midnight_ms(end)) for zone in self.zones)
        return low, high

    def shape(self, query: Checked, span: Span) -> Shape:
        """What the query's form depends on, when no fact to be read lies outside a span."""
        clocks = [clock_of(zone, span) for zone in self.zones]
        offsets = {
            each for clock in clocks for each in (clock.first, *(offset for _, offset in clock.changes))
        }
        currencies = {program.currency for program in self.programs}
        low, high = self.bounds(query.start, query.end)
        return Shape(
            low=low,
            high=high,
            clock=clocks[0] if len(clocks) == 1 else None,
            changes=max(len(clock.changes) for clock in clocks),
            offsets=tuple(sorted(offsets)),
            currency=currencies.pop() if len(currencies) == 1 else None,
            many_currencies=len(currencies) > 1,
        )

    def table(self, span: Span) -> pa.Table:
        """A row per program: its currency, its first offset, and each change: `change_N` and `offset_N`."""
        clocks = {zone.name: clock_of(zone, span) for zone in self.zones}
        held = [clocks[program.zone] for program in self.programs]
        columns: dict[str, Sequence[Any]] = {
            "place": [program.id for program in self.programs],
            "place_currency": [program.currency for program in self.programs],
            "offset_0": [clock.first for clock in held],
        }
        for number in range(max((len(clock.changes) for clock in clocks.values()), default=0)):
            pairs = [clock.changes[number] if number < len(clock.changes) else (_NEVER, 0) for clock in held]
            columns[f"change_{number + 1}"] = [at for at, _ in pairs]
            columns[f"offset_{number + 1}"] = [offset for _, offset in pairs]
        return pa.table(columns)


def places_of(snapshot: Snapshot | None, query: Checked) -> Places:
    """The programs a query can concern; none, and UTC, where no terms are given."""
    if snapshot is None:
        return Places((), (UTC,))
    wanted = {about.name: set(values) for about, values in query.where}
    programs = tuple(each for each in snapshot.programs.values() if _concerns(each, query, wanted))
    zones = tuple(snapshot.zones[name] for name in sorted({program.zone for program in programs}))
    return Places(programs, zones if len(zones) == 1 else (*zones, UTC))


def _concerns(program: Program, query: Checked, wanted: Mapping[str, set[Value]]) -> bool:
    seen = query.scope.advertisers if query.scope.publishers is None else None
    return (
        program.id in wanted.get("program", {program.id})
        and program.advertiser in wanted.get("advertiser", {program.advertiser})
        and (seen is None or program.advertiser in seen)
    )


def clock_of(zone: Zone, span: Span) -> Clock:
    """A zone's offsets between two times."""
    low, high = (bisect_right(zone.starts, at // 1000) for at in span)
    changes = zip(zone.starts[low:high], zone.offsets[low:high], strict=True)
    return Clock(zone.offset_at(span[0]) * 1000, tuple((at * 1000, offset * 1000) for at, offset in changes))


def offset_at(at_ms: Any, clock: Clock) -> Any:
    """What to add to UTC milliseconds for local ones, as an expression; a clock's parts may be columns."""
    offset = ibis.literal(clock.first, "int64") if isinstance(clock.first, int) else clock.first
    for at, changed in clock.changes:
        offset = ibis.ifelse(at_ms >= at, changed, offset)
    return offset


def days_since_epoch(day: date) -> int:
    """
    >>> days_since_epoch(date(1970, 1, 2))
    1
    """
    return day.toordinal() - _EPOCH


def day_at(at_ms: int) -> str:
    """The UTC date of a time, as folders are named.

    >>> day_at(-1)
    '1969-12-31'
    """
    return date.fromordinal(at_ms // DAY_MS + _EPOCH).isoformat()


def _midnight_ms(day: date) -> int:
    return days_since_epoch(day) * DAY_MS
