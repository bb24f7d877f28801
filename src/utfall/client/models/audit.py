"""What the operations of audit answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.words import Word


class ApprovalDecider(Word):
    """Who that second person may be: a colleague (or the operator), or the operator alone."""

    COLLEAGUE = "colleague"
    OPERATOR = "operator"


class ApprovalRequired(Word):
    """When a kind of change needs a second person."""

    NEVER = "never"
    ABOVE = "above"
    ALWAYS = "always"


class ProposalState(Word):
    """Where a proposal stands."""

    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ApprovalPolicyAnswer(Struct, frozen=True, kw_only=True):
    """What the operator asks for."""

    kind: str
    required: ApprovalRequired
    above_ppm: int | None
    above_micros: dict[str, int]
    decided_by: ApprovalDecider


class AuditEntryAnswer(Struct, frozen=True, kw_only=True):
    """A change. Who made it is empty where that is a person of the other side."""

    seq: int
    at: datetime
    action: str
    subject: str
    actor: str
    via: str
    """user, key or system."""
    user: int | None
    key: int | None
    organisation: int
    advertiser: int | None
    publisher: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    why: str
    prior: str
    """The hash of the entry before."""
    hash: str
    """SHA-256 over all the rest as canonical JSON."""


class ChainVerdictAnswer(Struct, frozen=True, kw_only=True):
    """Whether the chain holds."""

    holds: bool
    checked: int
    head: str
    broken_at: int | None
    reason: str
    """missing, unlinked or changed; empty where it holds."""


class ListedAuditEntryAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[AuditEntryAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ProposalAnswer(Struct, frozen=True, kw_only=True):
    """A change that needs a second person."""

    id: int
    kind: str
    words: str
    subject: str
    payload: dict[str, Any]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    asked_why: str
    asked_name: str
    asked_at: datetime
    expires_at: datetime
    state: ProposalState
    decided_name: str
    decided_at: datetime | None
    why: str
    advertiser: int | None
    publisher: int | None


class ListedProposalAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ProposalAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "ApprovalDecider",
    "ApprovalPolicyAnswer",
    "ApprovalRequired",
    "AuditEntryAnswer",
    "ChainVerdictAnswer",
    "ListedAuditEntryAnswer",
    "ListedProposalAnswer",
    "ProposalAnswer",
    "ProposalState",
]
