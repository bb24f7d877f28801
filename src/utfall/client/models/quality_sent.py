"""What the operations of quality take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.quality import HoldEnds
from utfall.client.models.validation import DeclineReason


class BlamedDeclineSent(Struct, frozen=True, kw_only=True):
    """Orders to decline, for a reason that the publisher reads."""

    orders: Sequence[int] | UnsetType | None = UNSET
    """Our numbers of them; left out: all that are undecided."""
    reason: DeclineReason
    evidence: str


class BlamedHoldSent(Struct, frozen=True, kw_only=True):
    """Orders to hold, and what happens the day before silence would approve them."""

    orders: Sequence[int] | UnsetType | None = UNSET
    """Our numbers of them; left out: all that are undecided."""
    ends: HoldEnds | UnsetType = UNSET
    """Left out: "nothing"."""
    reason: DeclineReason | UnsetType | None = UNSET
    """Needed where they are to be declined."""
    evidence: str | UnsetType = UNSET
    """The publisher reads it when declined."""
    why: str | UnsetType = UNSET
    """For your own side."""


class BlamedReleaseSent(Struct, frozen=True, kw_only=True):
    """Orders that are fine."""

    orders: Sequence[int] | UnsetType | None = UNSET
    """Our numbers of them; left out: all that are undecided."""
    why: str | UnsetType = UNSET


class FindingDismissalSent(Struct, frozen=True, kw_only=True):
    """Why a finding is none."""

    why: str


__all__ = [
    "BlamedDeclineSent",
    "BlamedHoldSent",
    "BlamedReleaseSent",
    "FindingDismissalSent",
]
