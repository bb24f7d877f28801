"""A lake held open by a process that is asked again and again: rollups in memory, and many threads.

    held = HeldLake(root)
    reports = held.reports([query, query], scope=scope, snapshot=terms)

Rollups of the parts that questions are about are read once and kept, compressed, up to a number of rows. A
part that has no stored rollup is added up when it is first asked about: so a fact that was shipped a second
second ago is in the answer, and is read once. All questions of one call are answered from one catalog.

An answer is a function of the question with its scope, the terms, and the parts that the question is about;
parts never change. So an answer is kept under exactly these, and is told again until one of them is another:
of yesterday and before, while today's facts come in. Whoever sees other facts asks another question.
"""

import secrets
import tempfile
import threading
from collections import OrderedDict, deque
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from utfall.lake.catalog import Catalog, Part, catalog_path, read_catalog
from utfall.lake.errors import TooSlow
from utfall.lake.query import EVERYTHING, Checked, Query, Scope, checked
from utfall.lake.report import Asked, Report, prepared
from utfall.lake.rollups import GRAINS, Grain, names, quoted, rollup_sql
from utfall.lake.schema import MEASURES
from utfall.terms import Snapshot

ROWS_HELD: Final = 6_000_000
ANSWERS_KEPT: Final = 400
ROWS_KEPT: Final = 200_000
"""Answers that are kept, and the rows in all of them."""
_SMALL: Final = 100_000
"""So many dead rows of a table are not worth writing it anew."""


@dataclass
class _Table:
    """What is in memory of one grain: the rows of each part, and how many rows belong to parts long gone."""

    grain: Grain
    rows: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Of each part, by its path: the file it was read from, and how many rows that gave."""
    dead: int = 0

    @property
    def name(self) -> str:
        return f'held."{self.grain.key}"'

    @property
    def live(self) -> int:
        return sum(rows for _place, rows in self.rows.values())


class Kept:
    """Answers that are told again while what they were made of is the same; those told longest ago go."""

    def __init__(self) -> None:
        self._answers: OrderedDict[Hashable, Report] = OrderedDict()
        self._rows = 0
        self._changing = threading.Lock()

    def answer(self, asked: Asked) -> Report | None:
        """The answer to a question about a catalog, where it is known."""
        if not _has_a_name(asked):
            return None
        key = _made_of(asked)
        with self._changing:
            found = self._answers.get(key)
            if found is None:
                return None
            self._answers.move_to_end(key)
        return replace(found, shipped=asked.catalog.shipped)

    def keep(self, asked: Asked, answer: Report) -> Report:
        """An answer, which is kept unless it is so long that it would drive out most others."""
        key, rows = _made_of(asked), answer.rows.num_rows
        if rows > ROWS_KEPT // 8 or not _has_a_name(asked):
            return answer
        answer = replace(answer, finished=(answer.records, answer.total_records))
        with self._changing:
            if key not in self._answers:
                self._rows += rows
            self._answers[key] = answer
            while len(self._answers) > ANSWERS_KEPT or self._rows > ROWS_KEPT:
                self._rows -= self._answers.popitem(last=False)[1].rows.num_rows
        return answer


def _has_a_name(asked: Asked) -> bool:
    """Whether the terms are known by a hash: those that were only supposed have none."""
    return asked.snapshot is None or bool(asked.snapshot.hash)


def _made_of(asked: Asked) -> Hashable:
    """All that an answer is made of."""
    terms = asked.snapshot and asked.snapshot.hash
    return asked.query, terms, tuple(part.path for part in asked.parts)


class HeldLake:
    """Answers many threads; its memory is bounded, and so is the time of a question."""

    def __init__(
        self,
        root: Path,
        *,
        memory_limit: str = "1GB",
        threads: int = 1,
        rows: int = ROWS_HELD,
        seconds: float | None = None,
    ) -> None:
        self.root = root
        self.memory_limit = memory_limit
        self.seconds = seconds
        self._rows_max = rows
        spill = Path(tempfile.gettempdir()) / f"utfall-held-{secrets.token_hex(8)}"
        self._engine = duckdb.connect(
            config={"memory_limit": memory_limit, "threads": threads, "temp_directory": str(spill)}
        )
        prepared(self._engine)
        self._engine.execute("ATTACH ':memory:' AS held (COMPRESS)")
        self._engine.execute("CREATE TABLE held.begun (rows INTEGER)")
        self._engine.execute("SET parquet_metadata_cache = true")
        self._changing = threading.Lock()
        self._cursors: deque[duckdb.DuckDBPyConnection] = deque()
        self._tables: OrderedDict[str, _Table] = OrderedDict()
        self._catalog: tuple[tuple[int, int], Catalog] | None = None
        self._kept = Kept()

    def reports(
        self, queries: Sequence[Query], *, scope: Scope = EVERYTHING, snapshot: Snapshot | None = None
    ) -> list[Report]:
        """The answers to some questions, all of one catalog. QueryError says what is wrong with one."""
        asked = [checked(query, scope) for query in queries]
        try:
            return self._answered(asked, snapshot)
        except duckdb.IOException:
            # It took longer than merged files are kept; the next catalog names what there is now.
            return self._answered(asked, snapshot)

    def _answered(self, asked: Sequence[Checked], snapshot: Snapshot | None) -> list[Report]:
        with self._cursor() as engine, self._timed(engine):
            with self._changing:
                seen = self._read_catalog()
            # What a question is about, and its statement, takes a while the first time: nobody waits for it.
            about = [Asked.of(query, snapshot, seen) for query in asked]
            with self._changing:
                catalog = self._read_catalog()
                if catalog is not seen:
                    about = [Asked.of(query, snapshot, catalog) for query in asked]
                told = [self._kept.answer(each) for each in about]
                left = [each for each, known in zip(about, told, strict=True) if known is None]
                if not left:
                    return [each for each in told if each is not None]
                sources = self._sources(left)
                # From here on this thread sees the tables as they are now.
                engine.execute("BEGIN")
                engine.execute("SELECT count(*) FROM held.begun").fetchone()
            pairs = zip(left, sources, strict=True)
            fresh = iter([each.answered(engine, source, self.memory_limit) for each, source in pairs])
            engine.execute("ROLLBACK")
            pages = zip(about, told, strict=True)
            return [known or self._kept.keep(each, next(fresh)) for each, known in pages]

    def events(
        self, query: Query, count: int, *, scope: Scope = EVERYTHING, snapshot: Snapshot | None = None
    ) -> pa.Table:
        """The newest facts that a query is about, at most so many: what its numbers are made of."""
        asked = checked(query, scope)
        with self._cursor() as engine, self._timed(engine):
            with self._changing:
                catalog = self._read_catalog()
            return Asked.of(asked, snapshot, catalog).events(engine, self.root, count)

    def close(self) -> None:
        """Lets everything go."""
        self._engine.close()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        engine = self._cursors.pop() if self._cursors else prepared(self._engine.cursor())
        try:
            yield engine
            self._cursors.append(engine)
        except BaseException:
            engine.close()
            raise

    @contextmanager
    def _timed(self, engine: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Ends what takes too long."""
        if self.seconds is None:
            yield
            return
        timer = threading.Timer(self.seconds, engine.interrupt)
        timer.start()
        try:
            yield
        except duckdb.InterruptException as error:
            raise TooSlow(self.seconds) from error
        finally:
            timer.cancel()

    def _read_catalog(self) -> Catalog:
        """The catalog as it is now, read again when it is another file; what left the lake is let go."""
        try:
            seen = catalog_path(self.root).stat()
        except FileNotFoundError:
            return Catalog()
        mark = (seen.st_ino, seen.st_mtime_ns)
        if self._catalog is None or self._catalog[0] != mark:
            self._catalog = (mark, read_catalog(self.root))
            live = {part.path for part in self._catalog[1].parts}
            for table in self._tables.values():
                self._forget(table, [path for path in table.rows if path not in live])
        return self._catalog[1]

    def _sources(self, questions: Sequence[Asked]) -> list[str]:
        """Where each question is answered from: a table in memory, or files."""
        used: set[str] = set()
        return [self._source(each, used) for each in questions]

    def _source(self, asked: Asked, used: set[str]) -> str:
        for grain in sorted(asked.grains, key=asked.rows)[:1]:
            table = self._hold(grain, asked, used) if asked.parts else None
            if table is not None:
                return f"SELECT * FROM {table.name}"
        return asked.stored(self.root)

    def _hold(self, grain: Grain, asked: Asked, used: set[str]) -> _Table | None:
        """The table of a grain, with all parts that a question is about; None where there is no room for it
        beside what is used, or a sum does not fit.
        """
        table = self._tables.get(grain.key) or self._create(grain)
        self._tables.move_to_end(grain.key)
        missing = [part for part in asked.parts if part.path not in table.rows]
        wanted = sum(_rows(part, grain) for part in missing)
        if not self._make_room(wanted, {*used, grain.key}):
            return None
        used.add(grain.key)
        try:
            self._load(table, missing)
        except duckdb.ConversionException:
            return None
        if wanted > _SMALL:
            self._compress()
        return table

    def _create(self, grain: Grain) -> _Table:
        table = _Table(grain)
        rolled = rollup_sql(grain, "no_facts")
        self._engine.execute(f"CREATE TABLE {table.name} AS SELECT ''::VARCHAR AS part, * FROM ({rolled})")
        self._tables[grain.key] = table
        return table

    def _load(self, table: _Table, parts: Sequence[Part]) -> None:
        """Reads the stored rollups of parts, all at once, and adds up the facts of those that have none."""
        columns = names(("occurred_at", *table.grain.columns, *MEASURES))
        stored = {part: rollup for part in parts if (rollup := part.rollup(table.grain.key)) and rollup.rows}
        places = {str(self.root / part.rollup_path(table.grain.key)): part for part in stored}
        if places:
            files = ", ".join(quoted(Path(place)) for place in places)
            source = f"read_parquet([{files}], hive_partitioning = false, filename = true)"
            self._engine.execute(f"INSERT INTO {table.name} SELECT filename, {columns} FROM {source}")
            table.rows |= {part.path: (place, stored[part].rows) for place, part in places.items()}
        for part in parts:
            if part not in stored:
                self._add_up(table, part)

    def _add_up(self, table: _Table, part: Part) -> None:
        place = self.root / part.path
        source = rollup_sql(table.grain, f"read_parquet({quoted(place)}, hive_partitioning = false)")
        self._engine.execute(f"INSERT INTO {table.name} SELECT {quoted(place)}, * FROM ({source})")
        counted = self._engine.fetchone()
        table.rows[part.path] = (str(place), int(counted[0]) if counted else 0)

    def _forget(self, table: _Table, paths: Sequence[str]) -> None:
        """Removes parts from memory; a table that is mostly dead rows is written anew."""
        if not paths:
            return
        left = [table.rows.pop(path) for path in paths]
        gone = ", ".join(quoted(Path(place)) for place, _rows in left)
        self._engine.execute(f"DELETE FROM {table.name} WHERE part IN ({gone})")
        table.dead += sum(rows for _place, rows in left)
        if table.dead > max(_SMALL, table.live):
            anew = f'held."{table.grain.key} anew"'
            self._engine.execute(f"CREATE TABLE {anew} AS SELECT * FROM {table.name}")
            self._engine.execute(f"DROP TABLE {table.name}")
            self._engine.execute(f'ALTER TABLE {anew} RENAME TO "{table.grain.key}"')
            table.dead = 0

    def _make_room(self, rows: int, used: set[str]) -> bool:
        """Lets go of what was not asked for longest, until so many rows more have room; whether they have."""
        for key in [key for key in self._tables if key not in used]:
            if self._has_room(rows):
                return True
            self._engine.execute(f"DROP TABLE {self._tables.pop(key).name}")
        return self._has_room(rows)

    def _has_room(self, rows: int) -> bool:
        return rows + sum(each.live + each.dead for each in self._tables.values()) <= self._rows_max

    def _compress(self) -> None:
        try:
            self._engine.execute("CHECKPOINT held")
        except duckdb.TransactionException:
            return  # somebody reads; the next large load tries again


def _rows(part: Part, grain: Grain) -> int:
    made = part.rollup(grain.key)
    return made.rows if made and made.rows else part.rows


assert len({grain.key for grain in GRAINS}) == len(GRAINS), "every grain has a name of its own"
