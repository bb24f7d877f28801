"""Which files are the lake: one small file, replaced atomically, that names every live part.

A Parquet file that the catalog does not name is not in the lake, whatever a folder shows: it is half of
something that a crash interrupted, or it has been merged into another and waits to be removed.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from utfall.lake.durable import replace_file
from utfall.lake.errors import CatalogDamaged

FORMAT: Final = 1
NOTHING_SHIPPED: Final = -1


class Rollup(Struct, frozen=True, gc=False, array_like=True):
    """The sums of one part by one grain. Without rows there is no file: it would have been no shorter."""

    grain: str
    rows: int
    bytes: int


class Part(Struct, frozen=True, gc=False, array_like=True):
    """One Parquet file of one day: which batches it holds facts of, how many, when it was written, and its
    rollups.
    """

    day: str
    name: str
    first: int
    last: int
    rows: int
    bytes: int
    written_at: int
    rollups: tuple[Rollup, ...] = ()

    @property
    def path(self) -> str:
        """Its place under the lake's folder."""
        return f"facts/day={self.day}/{self.name}"

    def rollup(self, grain: str) -> Rollup | None:
        """Its rollup by a grain, if it was tried."""
        return next((each for each in self.rollups if each.grain == grain), None)

    def rollup_path(self, grain: str) -> str:
        """Where its rollup by a grain is: not among the facts, which any engine reads as a table."""
        return f"rollups/day={self.day}/{self.name.removesuffix('.parquet')}.{grain}.parquet"

    @property
    def paths(self) -> list[str]:
        """All its files."""
        return [self.path, *(self.rollup_path(each.grain) for each in self.rollups if each.rows)]


class Retired(Struct, frozen=True, gc=False, array_like=True):
    """A file that was merged into another; it stays for readers that began before."""

    path: str
    at: int


class Catalog(Struct, frozen=True, kw_only=True):
    """The lake at one moment. `shipped` is the last batch that is in it, wholly, with all before it."""

    format: int = FORMAT
    generation: int = 0
    shipped: int = NOTHING_SHIPPED
    parts: tuple[Part, ...] = ()
    retired: tuple[Retired, ...] = ()

    @property
    def rows(self) -> int:
        """How many facts the lake holds."""
        return sum(part.rows for part in self.parts)

    def days(self, first: str | None = None, last: str | None = None) -> list[Part]:
        """The parts of the days from the first to the last, both included."""
        low, high = first or "", last or "~"
        return [part for part in self.parts if low <= part.day <= high]

    def paths(self, first_day: str | None = None, last_day: str | None = None) -> list[str]:
        """The files of facts of the days from the first to the last, both included."""
        return [part.path for part in self.days(first_day, last_day)]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Catalog)


def catalog_path(root: Path) -> Path:
    """Where the catalog of a lake is."""
    return root / "catalog.json"


def read_catalog(root: Path) -> Catalog:
    """The catalog as it is now; an empty one where there is no lake yet. CatalogDamaged when it cannot
    be read.
    """
    path = catalog_path(root)
    try:
        catalog = _decoder.decode(path.read_bytes())
    except FileNotFoundError:
        return Catalog()
    except msgspec.MsgspecError as error:
        raise CatalogDamaged(path, str(error)) from error
    if catalog.format != FORMAT:
        raise CatalogDamaged(path, f"format {catalog.format} is not readable, only {FORMAT}")
    return catalog


def replace_catalog(root: Path, catalog: Catalog) -> None:
    """The one act by which anything enters or leaves the lake."""
    replace_file(catalog_path(root), _encoder.encode(catalog))


def with_parts(catalog: Catalog, parts: Iterable[Part], *, shipped: int) -> Catalog:
    """The catalog after a shipment."""
    return msgspec.structs.replace(
        catalog,
        generation=catalog.generation + 1,
        shipped=shipped,
        parts=_sorted((*catalog.parts, *parts)),
    )


def with_merged(catalog: Catalog, merged: Iterable[Part], into: Part, *, now_ms: int) -> Catalog:
    """The catalog after parts became one; the old files are retired, not yet removed."""
    gone = set(merged)
    assert gone <= set(catalog.parts), "only live parts are merged"
    assert into.rows == sum(part.rows for part in gone), "merging neither adds nor loses a fact"
    return msgspec.structs.replace(
        catalog,
        generation=catalog.generation + 1,
        parts=_sorted((*(part for part in catalog.parts if part not in gone), into)),
        retired=(*catalog.retired, *(Retired(path, now_ms) for part in gone for path in part.paths)),
    )


def with_rollups(catalog: Catalog, part: Part, rolled: Part, *, now_ms: int) -> Catalog:
    """The catalog once a part's rollups are there; those of an older definition are retired."""
    assert part in catalog.parts, "only live parts are rolled up"
    assert part.path == rolled.path, "a rollup changes no fact"
    left = [path for path in part.paths if path not in rolled.paths]
    return msgspec.structs.replace(
        catalog,
        generation=catalog.generation + 1,
        parts=tuple(rolled if each == part else each for each in catalog.parts),
        retired=(*catalog.retired, *(Retired(path, now_ms) for path in left)),
    )


def without_retired(catalog: Catalog, removed: Iterable[Retired]) -> Catalog:
    """The catalog once files that nobody reads any more are removed."""
    gone = set(removed)
    return msgspec.structs.replace(
        catalog,
        generation=catalog.generation + 1,
        retired=tuple(each for each in catalog.retired if each not in gone),
    )


def _sorted(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: (part.day, part.first, part.name)))
