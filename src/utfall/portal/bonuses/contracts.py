"""What crosses the facade of bonuses."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

WORDS_CHARS: Final = 200


class Kind(StrEnum):
    """For what a publisher is paid without an order."""

    BONUS = "bonus"
    PLACEMENT = "placement"


class State(StrEnum):
    """What became of a grant at settlement."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantDraft:
    """A grant as it is asked for; `micros` of the program's currency."""

    program: int
    publisher: int
    micros: int
    kind: Kind = Kind.BONUS
    words: str = ""
    token: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantView:
    """A grant, or what takes one back: then `takes_back` is its number and `micros` is below zero.

    `reason`: `bonus`, `placement` or `clawback`. `left_micros`: what was not taken back of it. `code`: why
    settlement refused it.
    """

    id: int
    program: int
    advertiser: int
    publisher: int
    publisher_name: str
    currency: str
    micros: int
    left_micros: int
    reason: str
    words: str
    takes_back: int | None
    state: State
    code: str
    receipt: int | None
    actor: str
    at: datetime
