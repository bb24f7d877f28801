"""Making rollups: the writer's side. A part and its rollups enter the catalog together, or the rollups later;
they leave it together always.
"""

from pathlib import Path
from typing import Any, Final

import duckdb
import msgspec

from utfall.lake.catalog import Catalog, Part, Rollup
from utfall.lake.durable import make_folder, sync
from utfall.lake.rollups import GRAINS, Grain, quoted, rollup_sql

WORTH: Final = 3
"""A rollup is kept where it has fewer rows than this part of the facts."""
MEMORY: Final = "512MB"
_ROW_GROUP: Final = 122_880


def due_for_rollup(catalog: Catalog, rows: int) -> Part | None:
    """The newest part of at least so many rows whose rollups are not all there."""
    wanted = {grain.key for grain in GRAINS}
    waiting = (part for part in catalog.parts if part.rows >= rows)
    return max(
        (part for part in waiting if {each.grain for each in part.rollups} != wanted),
        key=lambda part: part.day,
        default=None,
    )


def roll_up(root: Path, part: Part) -> Part:
    """Writes the rollups of a part, durably; the part as the catalog shall name it."""
    config: dict[str, Any] = {
        "memory_limit": MEMORY,
        "threads": 1,
        "temp_directory": str(root / ".building-rollups"),
    }
    with duckdb.connect(config=config) as engine:
        engine.execute("SET TimeZone = 'UTC'")
        rollups = tuple(_stored(engine, root, part, grain) for grain in GRAINS)
    return msgspec.structs.replace(part, rollups=rollups)


def _stored(engine: duckdb.DuckDBPyConnection, root: Path, part: Part, grain: Grain) -> Rollup:
    path = root / part.rollup_path(grain.key)
    make_folder(path.parent)
    building = path.with_name(f".building-{path.name}")
    try:
        rows = _write(engine, root / part.path, grain, building)
        if rows == 0 or rows * WORTH > part.rows:
            return Rollup(grain.key, 0, 0)
        sync(building)
        building.replace(path)
    finally:
        building.unlink(missing_ok=True)
    return Rollup(grain.key, rows, path.stat().st_size)


def _write(engine: duckdb.DuckDBPyConnection, facts: Path, grain: Grain, building: Path) -> int:
    """How many rows were written; none where a sum does not fit, so that the facts are read."""
    sql = rollup_sql(grain, f"read_parquet({quoted(facts)}, hive_partitioning = false)")
    to = f"TO {quoted(building)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {_ROW_GROUP})"
    try:
        answer = engine.execute(f"COPY ({sql}) {to}").fetchone()
    except duckdb.ConversionException:
        return 0
    assert answer is not None, "COPY says how many rows it wrote"
    return int(answer[0])
