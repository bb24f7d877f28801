"""What the operations of creatives take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType


class CreativeChange(Struct, frozen=True, kw_only=True):
    """What changes; a field that is left out stays."""

    name: str | UnsetType | None = UNSET
    language: str | UnsetType | None = UNSET
    alt: str | UnsetType | None = UNSET
    destination: str | UnsetType | None = UNSET
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime | UnsetType | None = UNSET
    headline: str | UnsetType | None = UNSET
    body: str | UnsetType | None = UNSET
    call_to_action: str | UnsetType | None = UNSET
    sponsored_by: str | UnsetType | None = UNSET


class CreativeRejection(Struct, frozen=True, kw_only=True):
    """Why a creative is sent back."""

    reason: str


class TextCreativeForm(Struct, frozen=True, kw_only=True):
    """A text creative."""

    program: int
    name: str | UnsetType = UNSET
    language: str | UnsetType = UNSET
    alt: str | UnsetType = UNSET
    destination: str | UnsetType = UNSET
    starts_at: datetime | UnsetType | None = UNSET
    ends_at: datetime | UnsetType | None = UNSET
    width: int | UnsetType = UNSET
    """Only where an HTML5 creative does not say it. Left out: 0."""
    height: int | UnsetType = UNSET
    """Left out: 0."""
    is_ready: bool | UnsetType = UNSET
    """Hand it in at once; otherwise it is a draft. Left out: False."""
    headline: str
    body: str | UnsetType = UNSET
    call_to_action: str | UnsetType = UNSET


__all__ = [
    "CreativeChange",
    "CreativeRejection",
    "TextCreativeForm",
]
