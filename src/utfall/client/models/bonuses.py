"""What the operations of bonuses answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class BonusState(Word):
    """What became of a grant at settlement."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


class BonusKind(Word):
    """For what a publisher is paid without an order."""

    BONUS = "bonus"
    PLACEMENT = "placement"


class BonusAnswer(Struct, frozen=True, kw_only=True):
    """A bonus or a placement, or (below zero) what takes one back."""

    id: int
    program: int
    advertiser: int
    publisher: int
    publisher_name: str
    currency: str
    micros: int
    left_micros: int
    """What was not taken back of it."""
    reason: str
    """`bonus`, `placement` or `clawback`."""
    words: str
    takes_back: int | None
    """The grant that this takes back."""
    state: BonusState
    code: str
    """Why settlement refused it."""
    receipt: int | None
    at: datetime


class BonusGrantedAnswer(Struct, frozen=True, kw_only=True):
    """The grant; or the proposal that waits for a second person."""

    grant: BonusAnswer | None = None
    proposal: int | None = None


class ListedBonusAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[BonusAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "BonusAnswer",
    "BonusGrantedAnswer",
    "BonusKind",
    "BonusState",
    "ListedBonusAnswer",
]
