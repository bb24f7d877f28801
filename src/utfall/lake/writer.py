"""Putting facts into the lake: files first, each whole and durable, then the catalog that names them
all at once.
"""

import fcntl
import os
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from utfall.lake import catalog as catalogs
from utfall.lake.catalog import Catalog, Part, read_catalog, replace_catalog
from utfall.lake.durable import make_folder, sync
from utfall.lake.errors import BatchOutOfOrder, LakeBusy
from utfall.lake.schema import FACTS, ROW_GROUP_ROWS, STORAGE

_LOCK: Final = "writer.lock"


class LakeWriter:
    """The one writer of a lake. Opening it removes what a crash left behind; a second writer is refused."""

    def __init__(self, root: Path) -> None:
        make_folder(root / "facts")
        self.root = root
        self._changing = threading.Lock()
        self._lock = _locked(root)
        self.catalog = read_catalog(root)
        self._remove_strays()

    def write_part(self, table: pa.Table, *, first_batch: int, last_batch: int, now_ms: int) -> Catalog:
        """Adds all facts of some whole batches: all of them are in the lake afterwards, or none.

        Batches that are in the lake already are left as they are. BatchOutOfOrder where only some of them
        are, or where one is missing before them.
        """
        shipped = self.catalog.shipped
        if last_batch <= shipped:
            return self.catalog
        if not shipped < first_batch <= min(last_batch, next_batch_max(shipped)):
            raise BatchOutOfOrder(shipped=shipped, first=first_batch, last=last_batch)
        name = f"part-{first_batch:010d}-{last_batch:010d}.parquet"
        parts = [
            self._store(day, name, facts, batches=(first_batch, last_batch), now_ms=now_ms)
            for day, facts in by_day(table.cast(FACTS))
        ]
        self._sync_folders(parts)
        with self._changing:
            return self._replace(catalogs.with_parts(self.catalog, parts, shipped=last_batch))

    def replace_parts(self, merged: Iterable[Part], into: Part, *, now_ms: int) -> Catalog:
        """Puts one stored part in the place of several."""
        self._sync_folders([into])
        with self._changing:
            return self._replace(catalogs.with_merged(self.catalog, merged, into, now_ms=now_ms))

    def put_rollups(self, part: Part, rolled: Part, *, now_ms: int) -> Catalog:
        """Gives a part its stored rollups, unless it was merged away in the meantime."""
        self._sync_folders([rolled])
        with self._changing:
            if part not in self.catalog.parts:
                return self.catalog
            return self._replace(catalogs.with_rollups(self.catalog, part, rolled, now_ms=now_ms))

    def remove_retired(self, *, before_ms: int) -> int:
        """Removes merged files that were retired before a time; how many."""
        gone = [each for each in self.catalog.retired if each.at < before_ms]
        for each in gone:
            (self.root / each.path).unlink(missing_ok=True)
        if gone:
            with self._changing:
                self._replace(catalogs.without_retired(self.catalog, gone))
        return len(gone)

    def close(self) -> None:
        """Lets another process write."""
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _store(self, day: str, name: str, facts: pa.Table, *, batches: tuple[int, int], now_ms: int) -> Part:
        path = self.root / "facts" / f"day={day}" / name
        make_folder(path.parent)
        store(path, [facts])
        return Part(day, name, *batches, facts.num_rows, path.stat().st_size, now_ms)

    def _sync_folders(self, parts: Iterable[Part]) -> None:
        for part in parts:
            for folder in {(self.root / path).parent for path in part.paths}:
                sync(folder)

    def _replace(self, catalog: Catalog) -> Catalog:
        replace_catalog(self.root, catalog)
        self.catalog = catalog
        return catalog

    def _remove_strays(self) -> None:
        known = {path for part in self.catalog.parts for path in part.paths}
        known |= {each.path for each in self.catalog.retired}
        for folder in ("facts", "rollups"):
            for path in (self.root / folder).glob("day=*/*"):
                if path.relative_to(self.root).as_posix() not in known:
                    path.unlink()
        for path in self.root.glob(".building-*"):
            path.unlink()


def next_batch_max(shipped: int) -> int:
    """The highest number that can follow: the next one. A book counts its batches from 0 or from 1."""
    return max(shipped + 1, 1)


def store(path: Path, tables: Iterable[pa.Table]) -> None:
    """Writes tables of facts into one Parquet file that appears under its name only when it is whole
    and durable.
    """
    building = path.with_name(f".building-{path.name}")
    try:
        with pq.ParquetWriter(building, FACTS, **STORAGE) as file:
            for table in tables:
                file.write_table(table, row_group_size=ROW_GROUP_ROWS)
        sync(building)
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)


def by_day(table: pa.Table) -> Iterator[tuple[str, pa.Table]]:
    """Parts a table by the UTC date of `occurred_at`, each day once, in order.

    >>> list(by_day(FACTS.empty_table()))
    []
    """
    days = table["occurred_at"].cast(pa.timestamp("ms")).cast(pa.date32()).cast(pa.int32())
    counts = sorted((each["values"], each["counts"]) for each in pc.value_counts(days).to_pylist())
    if len(counts) > 1:
        table = table.take(pc.sort_indices(days))
    start = 0
    for number, rows in counts:
        yield _day_name(number), table.slice(start, rows)
        start += rows


_EPOCH = date(1970, 1, 1).toordinal()


def _day_name(number: int) -> str:
    return date.fromordinal(number + _EPOCH).isoformat()


def is_written(root: Path) -> bool:
    """Whether some process has this lake open for writing."""
    try:
        with (root / _LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        pass
    return False


def _locked(root: Path) -> int:
    descriptor = os.open(root / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    # Whoever asks whether somebody writes holds the lock for a moment: once refused is not yet taken.
    for rest_s in (0.05, 0.2, None):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if rest_s is None:
                os.close(descriptor)
                raise LakeBusy(root) from error
            time.sleep(rest_s)
        else:
            break
    return descriptor
