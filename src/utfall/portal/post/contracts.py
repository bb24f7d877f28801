"""What crosses the border of the post app."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Where a letter is: on its way, with the mail server, given up, or kept since there is no server."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    KEPT = "kept"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterView:
    """How a letter fares: not what it says."""

    id: int
    to: str
    subject: str
    state: State
    attempts: int
    next_try: datetime
    error: str
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A letter as its reader sees it; only the demo's mailbox shows one."""

    id: int
    to: str
    sender: str
    subject: str
    text: str
    html: str
    language: str
    created_at: datetime
