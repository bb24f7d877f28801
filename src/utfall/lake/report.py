"""Asking the lake: `Lake(root).report(query)` reads the files the catalog names, once, and answers with
a table.
"""

import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa

from utfall.lake.catalog import Catalog, read_catalog
from utfall.lake.clocks import DAY_MS, day_at, days_since_epoch, places_of
from utfall.lake.errors import TooLarge
from utfall.lake.plan import Statement, statements
from utfall.lake.query import EVERYTHING, Checked, Query, Scope, checked
from utfall.lake.schema import PLAIN
from utfall.lake.semantics import Dimension, Metric, Origin
from utfall.terms import Snapshot


@dataclass(frozen=True, slots=True)
class Report:
    """The answer: a column per dimension and metric, the totals, and the last batch it has counted.

    `names` holds what ids are called, per dimension, as far as the terms know.
    """

    columns: tuple[Dimension | Metric, ...]
    rows: pa.Table
    totals: pa.Table
    shipped: int
    names: Mapping[str, Mapping[int, str]]


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
        # Days are counted with the sealed offsets; what the engine itself formats is already local.
        self._engine.execute("SET TimeZone = 'UTC'")
        self._engine.execute("SET preserve_insertion_order = false")
        self._engine.register("no_facts", PLAIN.empty_table())

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
        places = places_of(snapshot, query)
        low, high = places.bounds(query.start, query.end)
        paths = catalog.paths(
            None if low is None else day_at(low), None if high is None else day_at(high - 1)
        )
        span = _span(paths)
        answers = statements(query, places.shape(query, span))
        self._open(paths, places.table(span) if answers.joins else None)
        try:
            self._engine.execute(f"CREATE TEMP TABLE scanned AS {answers.scan.sql}")
            rows, totals = self._fetched(answers.rows), self._fetched(answers.totals)
        except duckdb.OutOfMemoryException as error:
            raise TooLarge((each.name for each in query.by), self.memory_limit) from error
        finally:
            self._engine.execute("DROP TABLE IF EXISTS scanned")
        return Report((*query.by, *query.metrics), rows, totals, catalog.shipped, _names(query, snapshot))

    def _open(self, paths: list[str], programs: pa.Table | None) -> None:
        """Gives the files the name that statements know them by, and the programs if they are joined."""
        files = ", ".join("'" + str(self.root / path).replace("'", "''") + "'" for path in paths)
        source = f"read_parquet([{files}], hive_partitioning = false)" if paths else "no_facts"
        self._engine.execute(f"CREATE OR REPLACE TEMP VIEW facts AS SELECT * FROM {source}")
        if programs is not None:
            self._engine.register("programs", programs)

    def _fetched(self, statement: Statement) -> pa.Table:
        answer = self._engine.execute(statement.sql).to_arrow_table()
        # The engine sums in 128 bits; what does not fit in 64 is an error here, never another number.
        return answer.cast(statement.schema)


def _span(paths: list[str]) -> tuple[int, int]:
    """The UTC milliseconds of the days that some files are of."""
    days = [date.fromisoformat(path.partition("day=")[2].partition("/")[0]) for path in paths]
    if not days:
        return 0, 0
    return days_since_epoch(min(days)) * DAY_MS, (days_since_epoch(max(days)) + 1) * DAY_MS


def _names(query: Checked, snapshot: Snapshot | None) -> dict[str, dict[int, str]]:
    if snapshot is None:
        return {}
    market = snapshot.market
    named: dict[str, Any] = {
        "advertiser": market.advertisers,
        "program": market.programs,
        "publisher": market.publishers,
        "group": market.groups,
        "rule": market.rules,
    }
    asked = {each.name for each in query.by if each.origin is Origin.ID}
    names = {about: {each.id: each.name for each in named[about]} for about in asked & named.keys()}
    return names | ({"link": {link.id: link.key for link in market.links}} if "link" in asked else {})
