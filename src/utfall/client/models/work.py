"""What the operations of work answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.words import Word


class WorkState(Word):
    """How far a piece of work is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class TaskAnswer(Struct, frozen=True, kw_only=True):
    """A piece of work and how far it is."""

    id: int
    kind: str
    state: WorkState
    done: int
    total: int
    """0 where nobody knows yet."""
    percent: int
    said: str
    """What is being done, in a few words."""
    result: Any
    """What came of it; its form depends on the kind."""
    error_code: str
    error: str
    actor: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class ListedTaskAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[TaskAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "ListedTaskAnswer",
    "TaskAnswer",
    "WorkState",
]
