"""What the operations of changes answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime
from typing import Any

from msgspec import Struct

from utfall.client.words import Word


class ChangeKind(Word):
    """What can change. A kind never changes its meaning and is never removed; `SENTENCES` explains each."""

    CONVERSION_RECORDED = "conversion.recorded"
    CONVERSION_COMPLETED = "conversion.completed"
    CONVERSION_APPROVED = "conversion.approved"
    CONVERSION_DECLINED = "conversion.declined"
    CONVERSION_AMENDED = "conversion.amended"
    CONVERSION_REFUNDED = "conversion.refunded"
    CONVERSION_PAYABLE = "conversion.payable"
    CONVERSION_DEFERRED = "conversion.deferred"
    CONVERSION_PAID_OUT = "conversion.paid_out"
    CONVERSION_PAYOUT_RETURNED = "conversion.payout_returned"
    CONVERSION_REFUSED = "conversion.refused"
    COMMISSION_RECORDED = "commission.recorded"
    COMMISSION_COMPLETED = "commission.completed"
    COMMISSION_APPROVED = "commission.approved"
    COMMISSION_DECLINED = "commission.declined"
    COMMISSION_AMENDED = "commission.amended"
    COMMISSION_REFUNDED = "commission.refunded"
    COMMISSION_PAYABLE = "commission.payable"
    COMMISSION_DEFERRED = "commission.deferred"
    COMMISSION_PAID_OUT = "commission.paid_out"
    COMMISSION_PAYOUT_RETURNED = "commission.payout_returned"
    TIER_CORRECTED = "tier.corrected"
    TIER_APPROVED = "tier.approved"
    TIER_PAYABLE = "tier.payable"
    BONUS_GRANTED = "bonus.granted"
    BONUS_TAKEN_BACK = "bonus.taken_back"
    PARTNERSHIP_APPLIED = "partnership.applied"
    PARTNERSHIP_WITHDRAWN = "partnership.withdrawn"
    PARTNERSHIP_APPROVED = "partnership.approved"
    PARTNERSHIP_REJECTED = "partnership.rejected"
    PARTNERSHIP_INVITED = "partnership.invited"
    PARTNERSHIP_DECLINED = "partnership.declined"
    PARTNERSHIP_MOVED = "partnership.moved"
    PARTNERSHIP_PAUSED = "partnership.paused"
    PARTNERSHIP_BANNED = "partnership.banned"
    PARTNERSHIP_ENDED = "partnership.ended"
    PROGRAM_STATE = "program.state"
    PROGRAM_TERMS = "program.terms"
    PROGRAM_RULES = "program.rules"
    CLAIM_FILED = "claim.filed"
    CLAIM_ASKED = "claim.asked"
    CLAIM_ANSWERED = "claim.answered"
    CLAIM_APPROVED = "claim.approved"
    CLAIM_DENIED = "claim.denied"
    CLAIM_WITHDRAWN = "claim.withdrawn"
    QUALITY_HELD = "quality.held"
    QUALITY_RELEASED = "quality.released"
    ALERT_RAISED = "alert.raised"
    ALERT_ENDED = "alert.ended"
    IMPORT_DONE = "import.done"
    IMPORT_UNDONE = "import.undone"


class ChangeAnswer(Struct, frozen=True, kw_only=True):
    """A change, as your side may read it."""

    id: int
    at: datetime
    kind: ChangeKind
    subject: str
    """What changed, such as `conversion:17` or `partnership:3`."""
    advertiser: int | None = None
    publisher: int | None = None
    program: int | None = None
    receipt: int | None = None
    """The receipt that decided it, where one did."""
    body: dict[str, Any]


class ChangeFeedAnswer(Struct, frozen=True, kw_only=True):
    """Changes after a cursor, oldest first."""

    items: tuple[ChangeAnswer, ...]
    following: int
    """The cursor to go on from, as `after`."""
    is_end: bool
    """Whether there is nothing more just now; ask again later."""


__all__ = [
    "ChangeAnswer",
    "ChangeFeedAnswer",
    "ChangeKind",
]
