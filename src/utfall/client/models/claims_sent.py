"""What the operations of claims take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.claims import ClaimDenial


class ClaimClockSent(Struct, frozen=True, kw_only=True):
    """How long the program takes at most."""

    days: int


class ClaimDenialSent(Struct, frozen=True, kw_only=True):
    """Why it is denied."""

    words: str | UnsetType = UNSET
    reason: ClaimDenial


class ClaimSent(Struct, frozen=True, kw_only=True):
    """An order that you miss."""

    program: int
    reference: str
    placed_on: date
    amount_micros: int
    """What the order came to, without VAT and shipping."""
    currency: str | UnsetType = UNSET
    """Left out: the program's."""
    note: str | UnsetType = UNSET


class ClaimTextSent(Struct, frozen=True, kw_only=True):
    """What you say."""

    text: str | UnsetType = UNSET


class ClaimWordsSent(Struct, frozen=True, kw_only=True):
    """A word to the publisher."""

    words: str | UnsetType = UNSET


__all__ = [
    "ClaimClockSent",
    "ClaimDenialSent",
    "ClaimSent",
    "ClaimTextSent",
    "ClaimWordsSent",
]
