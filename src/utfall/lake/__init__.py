"""The lake: every event and every decision in open columnar files, and one definition of each number made
of them.

    with LakeWriter(root) as lake:                      # one writer, guarded by a lock
        lake.write_part(table, first_batch=7, last_batch=9, now_ms=now)

    with Lake(root) as lake:                            # any process, while the writer goes on
        report = lake.report(Query(metrics=("clicks", "cost", "cpc"), by=("day", "program")), snapshot=terms)

It promises that a batch is in it wholly or not at all, once, whatever crashes; that merging files changes
no answer; that amounts stay whole micros until a ratio is taken of them, are never summed across
currencies, and equal the book; that what cannot be known is empty, never zero. It refuses questions it
has no definition for, and a second writer.

    LakeError               retry
    ├── CatalogDamaged      no     the catalog is not one this version reads
    ├── LakeBusy            yes    another process writes this lake
    ├── BatchOutOfOrder     no     a batch that overlaps what is there, or leaves a gap
    └── QueryError          no     a question that cannot be answered as asked
        ├── UnknownName            no such metric or dimension; the nearest is suggested
        ├── InvalidQuery           a value, an order or a range that makes no sense
        ├── TooLarge               an answer with more rows than memory may hold
        ├── TooSlow                a question that takes longer than is allowed
        └── NotInScope             a metric of the advertiser's side, asked from the publisher's
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from utfall.lake.catalog import NOTHING_SHIPPED, Catalog, Part, read_catalog
from utfall.lake.errors import (
    BatchOutOfOrder,
    CatalogDamaged,
    InvalidQuery,
    LakeBusy,
    LakeError,
    NotInScope,
    QueryError,
    TooLarge,
    TooSlow,
    UnknownName,
)
from utfall.lake.query import EVERYTHING, Query, Scope, parse_where
from utfall.lake.semantics import DIMENSIONS, LANGUAGES, METRICS, Language

if TYPE_CHECKING:
    from utfall.lake.columns import facts_table, touches_table
    from utfall.lake.compaction import Policy, compact
    from utfall.lake.held import HeldLake
    from utfall.lake.output import machine_table, table_rows, to_json, write_csv, write_parquet
    from utfall.lake.report import Lake, Report
    from utfall.lake.writer import LakeWriter, is_written

__all__ = [
    "DIMENSIONS",
    "EVERYTHING",
    "LANGUAGES",
    "METRICS",
    "NOTHING_SHIPPED",
    "BatchOutOfOrder",
    "Catalog",
    "CatalogDamaged",
    "HeldLake",
    "InvalidQuery",
    "Lake",
    "LakeBusy",
    "LakeError",
    "LakeWriter",
    "Language",
    "NotInScope",
    "Part",
    "Policy",
    "Query",
    "QueryError",
    "Report",
    "Scope",
    "TooLarge",
    "TooSlow",
    "UnknownName",
    "compact",
    "facts_table",
    "is_written",
    "machine_table",
    "parse_where",
    "read_catalog",
    "table_rows",
    "to_json",
    "touches_table",
    "write_csv",
    "write_parquet",
]

_ENGINES: Final = {
    "columns": ("facts_table", "touches_table"),
    "compaction": ("Policy", "compact"),
    "held": ("HeldLake",),
    "output": ("machine_table", "table_rows", "to_json", "write_csv", "write_parquet"),
    "report": ("Lake", "Report"),
    "writer": ("LakeWriter", "is_written"),
}
_HOMES: Final = {name: module for module, names in _ENGINES.items() for name in names}
"""What needs a columnar engine, and where it is: loaded with its first use. Loading takes a second, which a
process that only names a metric need not wait for.
"""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found
