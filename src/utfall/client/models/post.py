"""What the operations of post answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class LetterState(Word):
    """Where a letter is: on its way, with the mail server, given up, or kept since there is no server."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


class LetterAnswer(Struct, frozen=True, kw_only=True):
    """How a letter fares: not what it says."""

    id: int
    to: str
    subject: str
    state: LetterState
    attempts: int
    next_try: datetime
    error: str
    created_at: datetime
    sent_at: datetime | None


class ListedLetterAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[LetterAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "LetterAnswer",
    "LetterState",
    "ListedLetterAnswer",
]
