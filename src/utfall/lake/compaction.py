"""Merging small files: what is merged when, and how no reader ever sees a fact twice or not at all.

Parts of a day are merged when many of about one size have gathered (so a fact is rewritten a few times in
its life, not at every shipment), and all small ones when the oldest is old. The merged file is written
beside them, then one new catalog names it instead of them; the old files stay for a while, for readers
that began before.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from utfall.lake.catalog import Catalog, Part
from utfall.lake.rolling import due_for_rollup, roll_up
from utfall.lake.schema import FACTS, ROW_GROUP_ROWS, WORDS
from utfall.lake.writer import LakeWriter, store

# Rows that are asked for together lie together, which also compresses better.
ORDER: Final = [(name, "ascending") for name in ("program", "publisher", "occurred_at")]

_GIANT: Final = 8


@dataclass(frozen=True, slots=True)
class Policy:
    """When to merge. A part of `full_rows` is left in peace."""

    after_ms: int = 3_600_000
    files: int = 16
    full_rows: int = 2_000_000
    grace_ms: int = 600_000
    roll_rows: int = 10_000
    """Smaller parts are read as they are; their rollups would be about as long."""


def compact(lake: LakeWriter, policy: Policy, now_ms: int) -> Part | None:
    """One merge if one is due, or else the rollups of one part; the removal of files whose time is up. The
    new part, where something was merged. Rollups wait until nothing is to be merged, so that what is merged
    again soon is not added up in vain.
    """
    lake.remove_retired(before_ms=now_ms - policy.grace_ms)
    parts = due(lake.catalog, policy, now_ms)
    if parts:
        into = merge(lake.root, parts, generation=lake.catalog.generation, now_ms=now_ms)
        lake.replace_parts(parts, into, now_ms=now_ms)
        return into
    unrolled = due_for_rollup(lake.catalog, policy.roll_rows)
    if unrolled is not None:
        lake.put_rollups(unrolled, roll_up(lake.root, unrolled), now_ms=now_ms)
    return None


def due(catalog: Catalog, policy: Policy, now_ms: int) -> list[Part]:
    """The parts of one day to merge now: the longest such list."""
    days = defaultdict(list)
    for part in catalog.parts:
        if part.rows < policy.full_rows:
            days[part.day].append(part)
    return max((_due_in_day(parts, policy, now_ms) for parts in days.values()), key=len, default=[])


def _due_in_day(parts: list[Part], policy: Policy, now_ms: int) -> list[Part]:
    small = _without_giants(parts)
    if len(small) > 1 and min(part.written_at for part in small) <= now_ms - policy.after_ms:
        return small
    sizes = defaultdict(list)
    for part in parts:
        sizes[part.rows.bit_length() // 3].append(part)
    fullest = max(sizes.values(), key=len)
    return fullest if len(fullest) >= policy.files else []


def _without_giants(parts: list[Part]) -> list[Part]:
    """The parts, less those that are many times all smaller ones together: a trickle rewrites no river."""
    kept = sorted(parts, key=lambda part: part.rows)
    while len(kept) > 1 and kept[-1].rows > _GIANT * sum(part.rows for part in kept[:-1]):
        kept.pop()
    return kept


def merge(root: Path, parts: Sequence[Part], *, generation: int, now_ms: int) -> Part:
    """Writes parts of one day into one new file, in bounded memory; the catalog does not name it yet."""
    (day,) = {part.day for part in parts}
    first, last = min(part.first for part in parts), max(part.last for part in parts)
    name = f"part-{first:010d}-{last:010d}-{generation}.parquet"
    path = root / "facts" / f"day={day}" / name
    store(path, _sorted_chunks([root / part.path for part in parts]))
    rows = pq.read_metadata(path).num_rows
    return Part(day, name, first, last, rows, path.stat().st_size, now_ms)


def _sorted_chunks(paths: Sequence[Path]) -> Iterator[pa.Table]:
    waiting: list[pa.RecordBatch] = []
    for path in paths:
        with pq.ParquetFile(path, read_dictionary=WORDS) as file:
            for batch in file.iter_batches(batch_size=ROW_GROUP_ROWS):
                waiting.append(batch)
                if sum(each.num_rows for each in waiting) >= ROW_GROUP_ROWS:
                    yield _sorted_chunk(waiting)
                    waiting = []
    if waiting:
        yield _sorted_chunk(waiting)


def _sorted_chunk(batches: list[pa.RecordBatch]) -> pa.Table:
    table: pa.Table = pa.Table.from_batches(batches).cast(FACTS).unify_dictionaries()
    return table.sort_by(ORDER)
