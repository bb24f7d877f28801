"""What the operations of bonuses take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.bonuses import BonusKind


class BonusSent(Struct, frozen=True, kw_only=True):
    """A bonus or a placement."""

    publisher: int
    micros: int
    kind: BonusKind | UnsetType = UNSET
    """Left out: "bonus"."""
    words: str
    """What it is for: both of you read it."""


class BonusTakeBackSent(Struct, frozen=True, kw_only=True):
    """How much of a grant is taken back; null: all that is left of it."""

    micros: int | UnsetType | None = UNSET
    words: str | UnsetType = UNSET


__all__ = [
    "BonusSent",
    "BonusTakeBackSent",
]
