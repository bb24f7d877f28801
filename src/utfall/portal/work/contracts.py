"""What crosses the border of the work app."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

from utfall.portal.access import Caller, Permission
from utfall.portal.access.errors import Words


class State(StrEnum):
    """How far a piece of work is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


ENDED = frozenset({State.DONE, State.FAILED, State.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A piece of work and how far it is. `needs`: what may stop it, beside whoever manages."""

    id: int
    kind: str
    needs: Permission
    state: State
    done: int
    total: int
    said: str
    result: Any
    error_code: str
    error: str
    actor: str
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    @property
    def has_ended(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in ENDED

    @property
    def percent(self) -> int:
        """How much is done, of a hundred."""
        if self.state is State.DONE:
            return 100
        return min(100, self.done * 100 // self.total) if self.total else 0


class Cancelled(Exception):
    """Whoever asked for the work does not want it any more; raised by a report, and to be let through."""


class Report(Protocol):
    """How work tells how far it is, and on whose behalf it is done."""

    @property
    def caller(self) -> Caller:
        """Who asked, with the reach and the role of when they asked."""

    def __call__(self, done: int, total: int, said: Words = "") -> None:
        """Tell how far it is; raises Cancelled where that is wanted. Cheap enough to call for every item."""
