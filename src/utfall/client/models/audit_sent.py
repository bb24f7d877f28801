"""What the operations of audit take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.audit import DecidedBy, Required


class Policy(Struct, frozen=True, kw_only=True):
    """When a kind of change needs a second person, and who that may be."""

    required: Required
    above_ppm: int | UnsetType | None = UNSET
    above_micros: Mapping[str, int] | UnsetType = UNSET
    """Limits by currency."""
    decided_by: DecidedBy | UnsetType = UNSET
    """Left out: "colleague"."""
    why: str | UnsetType = UNSET


__all__ = [
    "Policy",
]
