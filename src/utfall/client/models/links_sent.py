"""What the operations of links take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence
from datetime import datetime

from msgspec import UNSET, Struct, UnsetType


class CodeEnd(Struct, frozen=True, kw_only=True):
    """When a code ends."""

    ends_at: datetime | UnsetType | None = UNSET
    """Left out: now."""


class CodeSent(Struct, frozen=True, kw_only=True):
    """A code for a publisher."""

    program: int
    publisher: int
    code: str
    description: str | UnsetType = UNSET
    starts_at: datetime | UnsetType | None = UNSET
    """Left out: now."""
    ends_at: datetime | UnsetType | None = UNSET
    """Left out: until it is ended."""


class DeepLinkSent(Struct, frozen=True, kw_only=True):
    """A page of the shop."""

    destination: str


class DomainSent(Struct, frozen=True, kw_only=True):
    """A host of one's own."""

    host: str


class LinkChange(Struct, frozen=True, kw_only=True):
    """What can change of a link: all of it is set to what is sent."""

    destination: str | UnsetType = UNSET
    """Left empty: the program's own page."""
    name: str | UnsetType = UNSET
    property: int | UnsetType | None = UNSET
    domain: int | UnsetType | None = UNSET
    parameter: str | UnsetType = UNSET
    """Left out: "utfall"."""
    template: Sequence[tuple[str, str]] | UnsetType = UNSET
    subs: Sequence[str] | UnsetType = UNSET


class LinkSent(Struct, frozen=True, kw_only=True):
    """A new link."""

    destination: str | UnsetType = UNSET
    """Left empty: the program's own page."""
    name: str | UnsetType = UNSET
    property: int | UnsetType | None = UNSET
    domain: int | UnsetType | None = UNSET
    parameter: str | UnsetType = UNSET
    """Left out: "utfall"."""
    template: Sequence[tuple[str, str]] | UnsetType = UNSET
    subs: Sequence[str] | UnsetType = UNSET
    program: int
    key: str | UnsetType = UNSET
    """Made up when left out."""
    publisher: int | UnsetType | None = UNSET
    """For operators: whose link it is."""


__all__ = [
    "CodeEnd",
    "CodeSent",
    "DeepLinkSent",
    "DomainSent",
    "LinkChange",
    "LinkSent",
]
