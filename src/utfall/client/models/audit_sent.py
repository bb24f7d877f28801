"""What the operations of audit take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.audit import ApprovalDecider, ApprovalRequired


class ApprovalPolicy(Struct, frozen=True, kw_only=True):
    """When a kind of change needs a second person, and who that may be."""

    required: ApprovalRequired
    above_ppm: int | UnsetType | None = UNSET
    above_micros: Mapping[str, int] | UnsetType = UNSET
    """Limits by currency."""
    decided_by: ApprovalDecider | UnsetType = UNSET
    """Left out: "colleague"."""
    why: str | UnsetType = UNSET


__all__ = [
    "ApprovalPolicy",
]
