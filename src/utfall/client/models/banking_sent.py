"""What the operations of banking take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from msgspec import UNSET, Struct, UnsetType


class BankMatchSent(Struct, frozen=True, kw_only=True):
    """Whose a payment is."""

    advertiser: int
    why: str | UnsetType = UNSET


class SentBackSent(Struct, frozen=True, kw_only=True):
    """Why it was sent back."""

    why: str


__all__ = [
    "BankMatchSent",
    "SentBackSent",
]
