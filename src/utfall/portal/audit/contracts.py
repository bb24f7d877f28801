"""What crosses the border of the audit app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change as the log holds it."""

    seq: int
    at: datetime
    action: str
    subject: str
    actor: str
    via: str
    user: int | None
    key: int | None
    organisation: int
    advertiser: int | None
    publisher: int | None
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str
    prior: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which entries are wanted; empty means all."""

    action: str = ""
    subject: str = ""
    actor: str = ""
    words: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking the chain found: how far it holds, and where it breaks and how."""

    checked: int
    head: str
    broken_at: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether every entry is what was written."""
        return self.broken_at is None


class State(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """A change that waits for a second person, or did."""

    id: int
    kind: str
    words: str
    subject: str
    payload: Mapping[str, Any]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    asked_why: str
    asked_by: int | None
    asked_name: str
    asked_at: datetime
    expires_at: datetime
    state: State
    decided_name: str
    decided_at: datetime | None
    why: str
    advertiser: int | None
    publisher: int | None


class Required(StrEnum):
    """When a kind of change needs a second person."""

    NEVER = "never"
    ABOVE = "above"
    ALWAYS = "always"


class DecidedBy(StrEnum):
    """Who that second person may be: a colleague (or the operator), or the operator alone."""

    COLLEAGUE = "colleague"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyView:
    """What the operator asks for. A flat amount in a currency without a limit counts as above it."""

    kind: str
    required: Required = Required.NEVER
    above_ppm: int | None = None
    above_micros: Mapping[str, int] = field(default_factory=dict)
    decided_by: DecidedBy = DecidedBy.COLLEAGUE
