"""What the operations of imports take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.imports import ImportKind, ImportNetwork, ImportOptionsSaid


class ImportMappingSaid(Struct, frozen=True, kw_only=True):
    """Which column, from 0, is which of our fields; every row is checked with that."""

    network: ImportNetwork | UnsetType | None = UNSET
    kind: ImportKind | UnsetType | None = UNSET
    columns: Mapping[str, int | None]
    options: ImportOptionsSaid


class MappingKept(Struct, frozen=True, kw_only=True):
    """A mapping to keep, to be used again for files with such headings."""

    name: str
    columns: Mapping[str, int | None]


__all__ = [
    "ImportMappingSaid",
    "MappingKept",
]
