"""Asking the lake: `Lake(root).report(query)` reads the files the catalog names, once, and answers with
a table.
"""

import secrets
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from weakref import WeakKeyDictionary

import duckdb
import ibis
import pyarrow as pa

from utfall.lake.catalog import Catalog, Part, read_catalog
from utfall.lake.clocks import DAY_MS, Places, Shape, Span, day_at, days_since_epoch, places_of
from utfall.lake.errors import TooLarge
from utfall.lake.finishing import Finishing
from utfall.lake.plan import Plan, Statement, Statements, statements, types_of
from utfall.lake.query import EVERYTHING, Checked, Query, Scope, checked
from utfall.lake.rollups import Grain, grains_for, names, quoted
from utfall.lake.schema import MEASURES, PLAIN, SUBS
from utfall.lake.semantics import Dimension, Metric, Origin
from utfall.terms import Snapshot

FEW: Final = 500
"""Scanned rows that are finished without the engine."""
MANY_VALUES: Final = frozenset({"publisher", "link", "rule", "code", "category", "hour", *SUBS})
"""Dimensions by which a scan may leave many rows."""

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Report:
    """The answer: a column per dimension and metric, the totals, and the last batch it has counted.

    `names` holds what ids are called, per dimension, as far as the terms know. `finished`: rows and totals as
    they were made here, where they were not made by the engine.
    """

    columns: tuple[Dimension | Metric, ...]
    rows: pa.Table
    totals: pa.Table
    shipped: int
    names: Mapping[str, Mapping[int, str]]
    finished: tuple[Rows, Rows] | None = None

    @property
    def records(self) -> Rows:
        """The rows, each with its values by name. Nobody changes them: they may be told again."""
        return self.finished[0] if self.finished else self.rows.to_pylist()

    @property
    def total_records(self) -> Rows:
        """The totals in the same way."""
        return self.finished[1] if self.finished else self.totals.to_pylist()


class Lake:
    """Reads a lake while its writer goes on. One connection, for one thread at a time."""

    def __init__(self, root: Path, *, memory_limit: str = "1GB", threads: int = 2) -> None:
        self.root = root
        self.memory_limit = memory_limit
        # Made only when a query needs more than its memory; a name of its own, since engines do not share it.
        spill = Path(tempfile.gettempdir()) / f"utfall-report-{secrets.token_hex(8)}"
        self._engine = duckdb.connect(
            config={"memory_limit": memory_limit, "threads": threads, "temp_directory": str(spill)}
        )
        prepared(self._engine)

    def report(self, query: Query, *, scope: Scope = EVERYTHING, snapshot: Snapshot | None = None) -> Report:
        """The answer to a query. QueryError says what is wrong with it."""
        asked = checked(query, scope)
        try:
            return self._answer(asked, snapshot, read_catalog(self.root))
        except duckdb.IOException:
            # A query that took longer than merged files are kept; the next catalog names what there is now.
            return self._answer(asked, snapshot, read_catalog(self.root))

    def close(self) -> None:
        """Ends the connection."""
        self._engine.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, query: Checked, snapshot: Snapshot | None, catalog: Catalog) -> Report:
        asked = Asked.of(query, snapshot, catalog)
        return asked.answered(self._engine, asked.stored(self.root), self.memory_limit)


def prepared(engine: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """A connection that statements can be run on."""
    # Days are counted with the sealed offsets; what the engine itself formats is already local.
    engine.execute("SET TimeZone = 'UTC'")
    engine.execute("SET preserve_insertion_order = false")
    engine.register("no_facts", PLAIN.empty_table())
    return engine


@dataclass(frozen=True, slots=True)
class Asked:
    """A query about one catalog: the parts that can hold its facts, and the statements that answer it."""

    query: Checked
    snapshot: Snapshot | None
    catalog: Catalog
    parts: list[Part]
    span: Span
    places: Places
    shape: Shape
    statements: Statements
    grains: list[Grain]
    """Those that may stand for the facts."""

    @classmethod
    def of(cls, query: Checked, snapshot: Snapshot | None, catalog: Catalog) -> Self:
        """A query about a catalog."""
        places = places_of(snapshot, query)
        low, high = places.bounds(query.start, query.end)
        parts = catalog.days(None if low is None else day_at(low), None if high is None else day_at(high - 1))
        span = _span(parts)
        shape = places.shape(query, span)
        made = statements(query, shape)
        grains = grains_for(query, places, span, joins=made.joins)
        return cls(query, snapshot, catalog, parts, span, places, shape, made, grains)

    @property
    def grain(self) -> Grain | None:
        """The grain with the fewest rows among those that were made of some part."""
        if not self.grains:
            return None
        best = min(self.grains, key=self.rows)
        return best if self.rows(best) < self.rows(None) else None

    def rows(self, grain: Grain | None) -> int:
        """How many rows are read by a grain, where parts without it are read as facts."""
        made = (None if grain is None else part.rollup(grain.key) for part in self.parts)
        pairs = zip(self.parts, made, strict=True)
        return sum(rollup.rows if rollup and rollup.rows else part.rows for part, rollup in pairs)

    def stored(self, root: Path) -> str:
        """What is read from files: for each part its rollup or its facts, never both and never neither."""
        grain = self.grain
        rolled = [each for each in self.parts if grain and (r := each.rollup(grain.key)) and r.rows]
        plain = [each.path for each in self.parts if each not in rolled]
        if grain is None or not rolled:
            return _files(root, plain) if plain else "SELECT * FROM no_facts"
        columns = names(("occurred_at", *grain.columns, *MEASURES))
        sums = _files(root, [each.rollup_path(grain.key) for each in rolled], columns)
        return f"{sums} UNION ALL {_files(root, plain, columns)}" if plain else sums

    def answered(self, engine: duckdb.DuckDBPyConnection, source: str, memory_limit: str) -> Report:
        """The answer, from facts or rollups that a query for them gives."""
        if self.statements.joins:
            engine.register("programs", self.places.table(self.span))
        try:
            rows, totals, finished = self._finished(engine, source)
        except duckdb.OutOfMemoryException as error:
            raise TooLarge((each.name for each in self.query.by), memory_limit) from error
        columns: tuple[Dimension | Metric, ...] = (*self.query.by, *self.query.metrics)
        names = _names(self.query, self.snapshot)
        return Report(columns, rows, totals, self.catalog.shipped, names, finished)

    def events(self, engine: duckdb.DuckDBPyConnection, root: Path, count: int) -> pa.Table:
        """The newest facts that the query is about, at most so many."""
        source = _files(root, [each.path for each in self.parts]) if self.parts else "SELECT * FROM no_facts"
        engine.execute(f"CREATE OR REPLACE TEMP VIEW facts AS {source}")
        plan = Plan(self.query, self.shape)
        if plan.joins:
            engine.register("programs", self.places.table(self.span))
        return engine.execute(str(ibis.to_sql(plan.events(count), dialect="duckdb"))).to_arrow_table()

    def _finished(
        self, engine: duckdb.DuckDBPyConnection, source: str
    ) -> tuple[pa.Table, pa.Table, tuple[Rows, Rows] | None]:
        """Rows and totals: of few scanned rows here, of many by the engine."""
        scan = _reading(self.statements.scan, source)
        scanned = self._few(engine, scan)
        if scanned is not None:
            last = Finishing(self.query, self.shape, list(self.statements.columns))
            made = last.rows(scanned), last.totals(scanned)
            types = types_of(self.query.metrics, self.query.by)
            try:
                return _table(made[0], types[0]), _table(made[1], types[1]), made
            except OverflowError:
                pass  # a sum that does not fit in 64 bits: the engine says so
            engine.execute(f"CREATE OR REPLACE TEMP TABLE scanned AS {scan}")
        rest = self.statements.rest
        return _fetched(engine, rest.rows), _fetched(engine, rest.totals), None

    def _few(self, engine: duckdb.DuckDBPyConnection, scan: str) -> list[tuple[Any, ...]] | None:
        """What a scan leaves, where it is little; else it is kept as a table for the engine."""
        if not any(each.name in MANY_VALUES for each in self.query.by):
            found = engine.execute(scan).fetchmany(FEW + 1)
            if len(found) <= FEW:
                return found
        engine.execute(f"CREATE OR REPLACE TEMP TABLE scanned AS {scan}")
        counted = engine.fetchone()
        if counted is None or counted[0] > FEW:
            return None
        return engine.execute("SELECT * FROM scanned").fetchall()


def _reading(scan: str, source: str) -> str:
    """A scan that reads facts from a source."""
    facts = f"WITH facts AS NOT MATERIALIZED ({source})"
    return f"{facts}, {scan.removeprefix('WITH ')}" if scan.startswith("WITH ") else f"{facts} {scan}"


def _table(rows: Rows, schema: pa.Schema) -> pa.Table:
    columns = [pa.array([row[each.name] for row in rows], each.type) for each in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def _files(root: Path, paths: list[str], columns: str = "*") -> str:
    files = ", ".join(quoted(root / path) for path in paths)
    return f"SELECT {columns} FROM read_parquet([{files}], hive_partitioning = false)"


def _fetched(engine: duckdb.DuckDBPyConnection, statement: Statement) -> pa.Table:
    answer = engine.execute(statement.sql).to_arrow_table()
    # The engine sums in 128 bits; what does not fit in 64 is an error here, never another number.
    return answer.cast(statement.schema)


def _span(parts: list[Part]) -> Span:
    """The UTC milliseconds of the days that some parts are of."""
    days = [date.fromisoformat(part.day) for part in parts]
    if not days:
        return 0, 0
    return days_since_epoch(min(days)) * DAY_MS, (days_since_epoch(max(days)) + 1) * DAY_MS


def _names(query: Checked, snapshot: Snapshot | None) -> dict[str, Mapping[int, str]]:
    if snapshot is None:
        return {}
    asked = {each.name for each in query.by if each.origin is Origin.ID} & _NAMED.keys()
    return {about: _names_of(snapshot, about) for about in asked}


_NAMED: Final[Mapping[str, Callable[[Snapshot], Any]]] = {
    "advertiser": lambda terms: {each.id: each.name for each in terms.market.advertisers},
    "program": lambda terms: {each.id: each.name for each in terms.market.programs},
    "publisher": lambda terms: {each.id: each.name for each in terms.market.publishers},
    "group": lambda terms: {each.id: each.name for each in terms.market.groups},
    "rule": lambda terms: {each.id: each.name for each in terms.market.rules},
    "link": lambda terms: {each.id: each.key for each in terms.market.links},
}
_told: Final[WeakKeyDictionary[Snapshot, dict[str, Mapping[int, str]]]] = WeakKeyDictionary()
"""What ids are called, once for each snapshot that is in use."""


def _names_of(snapshot: Snapshot, about: str) -> Mapping[int, str]:
    held = _told.setdefault(snapshot, {})
    if about not in held:
        held[about] = _NAMED[about](snapshot)
    return held[about]
