"""From a checked query to statements: one pass over the facts, then everything else on what it left.

The scan groups by stored columns and whole numbers only: days are counted, not formatted, since reading a
clock through a time-zone library costs more than all the rest. Names, ratios and totals are made of the
few rows that remain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Any, Final

import ibis
import pyarrow as pa

from utfall.lake.clocks import DAY_MS, Clock, Shape, days_since_epoch, offset_at
from utfall.lake.formula import Sum, compiled, sums_of, taken
from utfall.lake.labels import label
from utfall.lake.query import CURRENCY, EVERYTHING, Checked, Value
from utfall.lake.rollups import stored_columns
from utfall.lake.schema import PLAIN
from utfall.lake.semantics import Dimension, Metric, Origin

_HOUR_MS: Final = 3_600_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FACTS: Final = ibis.Schema.from_pyarrow(PLAIN)
_STORED: Final = (Origin.ID, Origin.WORD)


@ibis.udf.scalar.builtin(name="epoch_ms", signature=(("timestamp('UTC')",), "int64"))  # type: ignore[untyped-decorator]  # Ibis ships no types
def _epoch_ms(at: Any) -> Any:
    """UTC milliseconds of a time. Ibis' own `epoch_seconds` asks a time-zone library first."""


@dataclass(frozen=True)
class Statement:
    """An expression as SQL, and the types of its answer."""

    expression: Any

    @cached_property
    def sql(self) -> str:
        """Its SQL."""
        return _sql(self.expression)

    @cached_property
    def schema(self) -> pa.Schema:
        """The types of its answer."""
        types: pa.Schema = self.expression.schema().to_pyarrow()
        return types


@dataclass(frozen=True)
class Rest:
    """What is left to the engine where a scan leaves much. Ibis takes a while to write a statement, so these
    are made when they are asked for, which few pages do.
    """

    plan: "Plan"
    scanned: Any

    @cached_property
    def rows(self) -> Statement:
        """The rows of the report, from `scanned`."""
        return Statement(self.plan.rows(self.scanned))

    @cached_property
    def totals(self) -> Statement:
        """Its totals, from `scanned`."""
        return Statement(self.plan.totals(self.scanned))


@dataclass(frozen=True, slots=True)
class Statements:
    """What answers a query: `scan` reads `facts` (and `programs`, if it joins) and makes `scanned`, whose
    `columns` in order the rest reads."""

    joins: bool
    scan: str
    columns: tuple[str, ...]
    rest: Rest


_LOW: Final = date(1111, 11, 11)
_HIGH: Final = date(2222, 2, 22)
"""Days that stand for any others in statements that are kept."""


def statements(query: Checked, shape: Shape) -> Statements:
    """The statements of a query; kept, since the same few are asked again and again, only of other days."""
    if shape.clock is None:
        return _made(query, shape)
    low, high = _standing_for(shape.low, _LOW), _standing_for(shape.high, _HIGH)
    days = replace(query, start=query.start and _LOW, end=query.end and _HIGH)
    made = _made(days, replace(shape, low=low, high=high))
    sql = made.scan
    for stand_in, real in ((low, shape.low), (high, shape.high)):
        if stand_in is not None and real is not None:
            assert _told(stand_in) in sql, "the statement is bounded by the days that stand for others"
            sql = sql.replace(_told(stand_in), _told(real))
    return replace(made, scan=sql)


def _standing_for(at_ms: int | None, day: date) -> int | None:
    return None if at_ms is None else days_since_epoch(day) * DAY_MS


def _told(at_ms: int) -> str:
    """A moment as Ibis writes it: `statements` insists on finding it so.

    >>> _told(1_795_000_000_123)
    "MAKE_TIMESTAMPTZ(2026, 11, 18, 11, 6, 40.123, 'UTC')"
    """
    at = _EPOCH + timedelta(milliseconds=at_ms)
    seconds = at.second + at.microsecond / 1_000_000
    return f"MAKE_TIMESTAMPTZ({at.year}, {at.month}, {at.day}, {at.hour}, {at.minute}, {seconds}, 'UTC')"


@lru_cache(maxsize=256)
def _made(query: Checked, shape: Shape) -> Statements:
    plan = Plan(query, shape)
    scan = plan.scan()
    types = scan.schema()
    return Statements(
        plan.joins, _sql(scan), tuple(types.names), Rest(plan, ibis.table(types, name="scanned"))
    )


@lru_cache(maxsize=256)
def types_of(metrics: tuple[Metric, ...], by: tuple[Dimension, ...]) -> tuple[pa.Schema, pa.Schema]:
    """The types of a report's rows and of its totals: of whatever days, for whomever."""
    query = Checked(metrics, by, (), None, None, (), None, EVERYTHING)
    plan = Plan(query, Shape(None, None, Clock(0, ()), 0, (0,), None, many_currencies=False))
    rest = Rest(plan, ibis.table(plan.scan().schema(), name="scanned"))
    return rest.rows.schema, rest.totals.schema


def _sql(expression: Any) -> str:
    return str(ibis.to_sql(expression, dialect="duckdb"))


@dataclass(frozen=True, slots=True)
class Plan:
    """The expressions that answer a query."""

    query: Checked
    shape: Shape

    def scan(self) -> Any:
        """The one pass over `facts`: filtered, grouped by stored columns and whole numbers, summed."""
        facts = ibis.table({name: _FACTS[name] for name in self._columns()}, name="facts")
        facts = _filtered(facts, self._on_stored(facts))
        if self.joins:
            programs = ibis.table(self._programs(), name="programs")
            facts = facts.left_join(programs, facts["program"] == programs["place"])
        if self._reads_clock:
            facts = self._with_clock(facts)
        if self.joins and self.shape.many_currencies and CURRENCY in facts.columns:
            facts = facts.mutate(currency=facts["currency"].coalesce(facts["place_currency"]))
        return facts.aggregate([taken(sum_, facts) for sum_ in self._sums], by=self._keys())

    def rows(self, scanned: Any) -> Any:
        """The rows of the report, from what the scan left."""
        names = [each.name for each in self.query.by]
        rows = self._measured(scanned, names)
        order = self.query.order or tuple((name, False) for name in names)
        keys = [(ibis.desc if falling else ibis.asc)(name, nulls_first=False) for name, falling in order]
        rows = rows.order_by(keys) if keys else rows
        return rows.limit(self.query.limit) if self.query.limit else rows

    def totals(self, scanned: Any) -> Any:
        """The same metrics over all rows, whatever the limit; per currency where money is in them."""
        names = [each.name for each in self.query.by if each.origin is Origin.CURRENCY]
        totals = self._measured(scanned, names)
        return totals.order_by(names) if names else totals

    def events(self, count: int) -> Any:
        """The facts themselves, newest first: what a number of a report is made of."""
        facts = ibis.table(_FACTS, name="facts")
        facts = _filtered(facts, self._on_stored(facts))
        if self.joins:
            programs = ibis.table(self._programs(), name="programs")
            facts = facts.left_join(programs, facts["program"] == programs["place"])
        if self._reads_clock:
            facts = self._with_clock(facts)
        keys = [ibis.desc("occurred_at"), ibis.desc("event"), ibis.desc("decided_at")]
        return facts.select(*_FACTS.names).order_by(keys).limit(count)

    @property
    def joins(self) -> bool:
        """Whether facts must ask their program for its clock or its currency."""
        by_currency = self.query.touches(Origin.CURRENCY) and self.shape.many_currencies
        return by_currency or (self._reads_clock and self.shape.clock is None)

    @property
    def _sums(self) -> tuple[Sum, ...]:
        return tuple(dict.fromkeys(sum_ for metric in self.query.metrics for sum_ in sums_of(metric.formula)))

    @property
    def _bounded_by_many_clocks(self) -> bool:
        bounded = self.query.start is not None or self.query.end is not None
        return bounded and self.shape.clock is None

    @property
    def _reads_clock(self) -> bool:
        return self.query.touches(Origin.CLOCK) or self._bounded_by_many_clocks

    def _columns(self) -> list[str]:
        """What is read, and no more: rollups have fewer columns than facts."""
        wanted = stored_columns(self.query, joins=self.joins)
        wanted |= {"occurred_at", *(sum_.measure for sum_ in self._sums)}
        return [name for name in _FACTS.names if name in wanted]

    def _programs(self) -> dict[str, str]:
        changes = [f"{what}_{n}" for n in range(1, self.shape.changes + 1) for what in ("change", "offset")]
        numbers = dict.fromkeys(["place", "offset_0", *changes], "int64")
        return {**numbers, "place_currency": "string"}

    def _keys(self) -> list[str]:
        keys: dict[str, None] = {}
        for each in self.query.dimensions:
            match each.origin:
                case Origin.CLOCK if each.name == "hour":
                    keys |= dict.fromkeys(("local_hour", "local_offset"))
                case Origin.CLOCK:
                    keys["local_day"] = None
                case Origin.CURRENCY:
                    keys[CURRENCY] = None
                case _ if each in self.query.by:
                    keys[each.name] = None
        return list(keys)

    def _on_stored(self, facts: Any) -> list[Any]:
        """What can be asked of a stored row: the asker's scope, the time, the stored values."""
        at, asked = facts["occurred_at"], self.query.where
        low = [] if self.shape.low is None else [at >= _moment(self.shape.low)]
        high = [] if self.shape.high is None else [at < _moment(self.shape.high)]
        where = [_matches(facts[each.name], values) for each, values in asked if each.origin in _STORED]
        return [*self._in_scope(facts), *low, *high, *where]

    def _in_scope(self, facts: Any) -> list[Any]:
        """The one place where the asker's scope becomes a condition."""
        scope = self.query.scope
        if scope.is_everything:
            return []
        sides = {"advertiser": scope.advertisers or (), "publisher": scope.publishers or ()}
        return [ibis.or_(*(facts[side].isin(sorted(ids)) for side, ids in sides.items() if ids))]

    def _with_clock(self, facts: Any) -> Any:
        at, clock = _epoch_ms(facts["occurred_at"]), self.shape.clock
        offset = offset_at(at, clock) if clock else self._joined_offset(facts, at)
        local = at + offset
        facts = facts.mutate(local_hour=local // _HOUR_MS, local_day=local // DAY_MS, local_offset=offset)
        if not self._bounded_by_many_clocks:
            return facts
        start, end, day = self.query.start, self.query.end, facts["local_day"]
        low = [] if start is None else [day >= days_since_epoch(start)]
        high = [] if end is None else [day < days_since_epoch(end)]
        return facts.filter([*low, *high])

    def _joined_offset(self, facts: Any, at: Any) -> Any:
        numbers = range(1, self.shape.changes + 1)
        changes = tuple((facts[f"change_{n}"], facts[f"offset_{n}"]) for n in numbers)
        return offset_at(at, Clock(facts["offset_0"], changes)).coalesce(0)

    def _measured(self, scanned: Any, names: Sequence[str]) -> Any:
        """Sums of the scan's sums by the final dimensions, then each metric of those."""
        labelled = self._labelled(scanned)
        sums = labelled.aggregate(
            [labelled[each.column].sum().coalesce(0).name(each.column) for each in self._sums], by=list(names)
        )
        if CURRENCY in names and self.query.of_money:
            # Facts of no currency carry no money; where they carry nothing else either, they say nothing.
            sums = sums.filter(ibis.or_(sums[CURRENCY].notnull(), *(sums[s.column] != 0 for s in self._sums)))
        metrics = {metric.name: compiled(metric.formula, sums) for metric in self.query.metrics}
        return sums.select(*names, **metrics)

    def _labelled(self, scanned: Any) -> Any:
        """The scan's whole numbers as people write them, and the conditions on those."""
        derived = [each for each in dict.fromkeys(self.query.dimensions) if each.origin not in _STORED]
        labels = {each.name: label(each, scanned, self.shape) for each in derived}
        labelled = scanned.mutate(**labels) if labels else scanned
        asked = ((each, values) for each, values in self.query.where if each.origin not in _STORED)
        return _filtered(labelled, [_matches(labelled[each.name], values) for each, values in asked])


def _filtered(table: Any, predicates: Sequence[Any]) -> Any:
    return table.filter(predicates) if predicates else table


def _matches(column: Any, values: Sequence[Value]) -> Any:
    named = [value for value in values if value is not None]
    choices = [column.isin(named)] if named else []
    return ibis.or_(*choices, *([column.isnull()] if None in values else []))


def _moment(at_ms: int) -> Any:
    return ibis.literal(_EPOCH + timedelta(milliseconds=at_ms), "timestamp('UTC')")
