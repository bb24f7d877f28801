"""What the operations of claims answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.words import Word


class ClaimFinding(Word):
    """What the receipts say of a claim; the rows of docs/algorithms/claims.md."""

    ORDER_UNKNOWN = "order_unknown"
    ALREADY_YOURS = "already_yours"
    DECLINED = "declined"
    REFUNDED = "refunded"
    UNPAID = "unpaid"
    CODE_OF_ANOTHER = "code_of_another"
    LATER_CLICK_WON = "later_click_won"
    CLICK_DID_NOT_COUNT = "click_did_not_count"
    NO_CLICK = "no_click"


class ClaimState(Word):
    """Where a claim stands."""

    OPEN = "open"
    MORE_INFO = "more_info"
    APPROVED = "approved"
    AUTO_APPROVED = "auto_approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"


class ClaimAward(Word):
    """How far the award of an approved claim is."""

    NONE = "none"
    WRITING = "writing"
    WRITTEN = "written"
    BOOKED = "booked"
    OVERRULED = "overruled"


class ClaimDenial(Word):
    """Why a claim was denied. The last two are decided by the clock."""

    WON_BY_ANOTHER = "won_by_another"
    ORDER_CANCELLED = "order_cancelled"
    NO_SUCH_ORDER = "no_such_order"
    NOT_BY_TERMS = "not_by_terms"
    PROOF_INSUFFICIENT = "proof_insufficient"
    ALREADY_PAID = "already_paid"
    OTHER = "other"
    RECEIPT_STANDS = "receipt_stands"
    NO_ANSWER = "no_answer"


class ClaimReceiptsAnswer(Struct, frozen=True, kw_only=True):
    """What the receipts say."""

    finding: ClaimFinding
    sentence: str
    click_at: datetime | None
    """When the publisher's own click was."""
    rule: str
    """Why it did not count, or win."""
    reason: str
    remarks: tuple[str, ...]
    is_open: bool
    """Whether silence approves."""


class ClaimAnswer(Struct, frozen=True, kw_only=True):
    """A claim, as your side may read it."""

    id: int
    advertiser: int
    program: int
    publisher: int
    reference: str
    placed_on: date
    amount_micros: int
    currency: str
    note: str
    answer: ClaimReceiptsAnswer
    order: int | None
    """Our number of the order, for the advertiser."""
    state: ClaimState
    denial: str
    words: str
    award: ClaimAward
    award_reference: str
    award_reason: str
    receipt: int | None
    commission_micros: int | None
    filed_at: datetime
    due_at: datetime
    asked_at: datetime | None
    decided_at: datetime | None


class ClaimClockAnswer(Struct, frozen=True, kw_only=True):
    """How long a program takes at most, and how it has done."""

    program: int
    days: int
    decided: int
    """Claims decided in half a year."""
    approved: int
    median_hours: int | None


class ClaimProofAnswer(Struct, frozen=True, kw_only=True):
    """A file that was sent."""

    id: int
    name: str
    kind: str
    bytes: int


class ClaimMessageAnswer(Struct, frozen=True, kw_only=True):
    """What was said."""

    id: int
    side: str
    text: str
    at: datetime
    proofs: tuple[ClaimProofAnswer, ...]


class ClaimProofContent(Struct, frozen=True, kw_only=True):
    """A file with its content."""

    name: str
    content: str
    """Base64."""


class ListedClaimAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[ClaimAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "ClaimAnswer",
    "ClaimAward",
    "ClaimClockAnswer",
    "ClaimDenial",
    "ClaimFinding",
    "ClaimMessageAnswer",
    "ClaimProofAnswer",
    "ClaimProofContent",
    "ClaimReceiptsAnswer",
    "ClaimState",
    "ListedClaimAnswer",
]
