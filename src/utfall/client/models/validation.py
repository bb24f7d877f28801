"""What the operations of validation answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.models.conversions import OrderStatus
from utfall.client.words import Word


class Due(Word):
    """When silence approves: today, within a week, later, or never."""

    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    NEVER = "never"


class DecisionAction(Word):
    """What an amendment does to an order. `defer`, the platform's own: silence waits for a return window."""

    APPROVE = "approve"
    DECLINE = "decline"
    AMEND = "amend"
    REFUND = "refund"
    DEFER = "defer"


class DecisionWay(Word):
    """How decisions came to us."""

    PAGE = "page"
    SELECTION = "selection"
    FILTER = "filter"
    FILE = "file"
    API = "api"
    CLAIM = "claim"


class DecisionBatchState(Word):
    """How far a batch is."""

    READING = "reading"
    READY = "ready"
    WRITING = "writing"
    WRITTEN = "written"
    SETTLED = "settled"
    DISCARDED = "discarded"
    FAILED = "failed"


class DecisionRowState(Word):
    """What became of a row. `refused`: judged wrong, nothing was written. `waiting`: in the journal, not
    settled yet. `overruled`: settlement refused it, with a reason.
    """

    REFUSED = "refused"
    READY = "ready"
    WAITING = "waiting"
    ACCEPTED = "accepted"
    OVERRULED = "overruled"


class DeclineReason(Word):
    """Why an advertiser declines, amends or refunds an order."""

    CANCELLED = "cancelled"
    RETURNED = "returned"
    CREDIT_CHECK = "credit_check"
    BREACH_OF_TERMS = "breach_of_terms"
    DUPLICATE = "duplicate"
    OUT_OF_STOCK = "out_of_stock"
    FRAUD = "fraud"
    TEST = "test"
    OTHER = "other"


class WaitingSum(Struct, frozen=True, kw_only=True):
    """What waits in one currency; the amounts of orders are the advertiser's to see."""

    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    fee_micros: int | None


class BucketAnswer(Struct, frozen=True, kw_only=True):
    """What silence approves in a span of days, half-open, by your clock."""

    due: Due
    due_from: datetime | None
    due_until: datetime | None
    orders: int
    is_more: bool
    """There is too much to add up at once."""
    sums: tuple[WaitingSum, ...]


class DecisionEffectAnswer(Struct, frozen=True, kw_only=True):
    """What the good rows of one kind come to."""

    action: DecisionAction
    currency: str
    orders: int
    amount_micros: int
    commission_micros: int


class DecisionBatchAnswer(Struct, frozen=True, kw_only=True):
    """Decisions that were made together."""

    id: int
    advertiser: int
    way: DecisionWay
    name: str
    actor: str
    state: DecisionBatchState
    rows: int
    good: int
    refused: int
    waiting: int
    """Rows that are written and not settled yet."""
    states: dict[str, int]
    codes: dict[str, int]
    """Why rows were refused."""
    effects: tuple[DecisionEffectAnswer, ...]
    trouble: str
    work: int | None
    """The background work that moves it, where one does."""
    created_at: datetime
    applied_at: datetime | None


class DecisionRow(Struct, frozen=True, kw_only=True):
    """One decision and what became of it."""

    number: int
    """The row's place, from 1."""
    order: int | None
    reference: str
    action: str
    reason: str
    state: DecisionRowState
    code: str
    """Why it was refused, before writing or at settlement; empty where not."""
    field: str
    sentence: str
    mend: str
    event: str
    """The event in the journal; empty while nothing is written."""
    receipt: int | None
    """The receipt that decided it."""
    currency: str
    amount_micros: int | None
    commission_micros: int | None


class DecisionsJudgedAnswer(Struct, frozen=True, kw_only=True):
    """A batch with the verdict of each row."""

    id: int
    advertiser: int
    way: DecisionWay
    name: str
    actor: str
    state: DecisionBatchState
    rows: int
    good: int
    refused: int
    waiting: int
    """Rows that are written and not settled yet."""
    states: dict[str, int]
    codes: dict[str, int]
    """Why rows were refused."""
    effects: tuple[DecisionEffectAnswer, ...]
    trouble: str
    work: int | None
    """The background work that moves it, where one does."""
    created_at: datetime
    applied_at: datetime | None
    verdicts: tuple[DecisionRow, ...]


class EvidencePolicyAnswer(Struct, frozen=True, kw_only=True):
    """For which reasons a program asks for evidence."""

    program: int
    reasons: tuple[DeclineReason, ...]
    is_own: bool
    """False: the usual ones."""


class ListedDecisionBatchAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[DecisionBatchAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class ListedDecisionRow(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[DecisionRow, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class OrderHoldAnswer(Struct, frozen=True, kw_only=True):
    """That an order is held, for what, by whom and why."""

    subject: str
    """What it is held for: `finding:7`."""
    name: str
    sentence: str
    actor: str
    at: datetime
    why: str


class OrderStandingLine(Struct, frozen=True, kw_only=True):
    """A line of an order."""

    line: int
    sku: str
    category: str
    quantity: int
    amount_micros: int
    refunded_micros: int
    commission_micros: int


class OrderStandingAnswer(Struct, frozen=True, kw_only=True):
    """Where an order stands, and what can be decided now."""

    order: int
    advertiser: int
    program: int | None
    reference: str
    outcome: str
    status: OrderStatus
    currency: str
    amount_micros: int
    commission_micros: int
    fee_micros: int
    approve_at: datetime | None
    payable_at: datetime | None
    locks_at: datetime | None
    """From then nothing but a refund changes it."""
    is_locked: bool
    lines: tuple[OrderStandingLine, ...]
    actions: tuple[DecisionAction, ...]
    hold: OrderHoldAnswer | None
    """While it is held, approving it needs `despite_hold`."""
    evidence_for: tuple[DeclineReason, ...]
    """Reasons that need evidence."""
    reverse: DecisionAction | None
    """The decision that takes back the last one."""


class RunningAnswer(Struct, frozen=True, kw_only=True):
    """A batch on its way."""

    batch: int
    state: DecisionBatchState
    done: int
    total: int


class WaitingShare(Struct, frozen=True, kw_only=True):
    """What waits of one partner, or of one program."""

    id: int
    name: str
    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    soonest: datetime | None
    """When silence approves the first of them."""


class WorkbenchAnswer(Struct, frozen=True, kw_only=True):
    """What waits, by deadline and by partner, and what is running."""

    buckets: tuple[BucketAnswer, ...]
    partners: tuple[WaitingShare, ...]
    running: tuple[RunningAnswer, ...]
    soonest: datetime | None
    """When silence approves the next order."""


__all__ = [
    "BucketAnswer",
    "DecisionAction",
    "DecisionBatchAnswer",
    "DecisionBatchState",
    "DecisionEffectAnswer",
    "DecisionRow",
    "DecisionRowState",
    "DecisionWay",
    "DecisionsJudgedAnswer",
    "DeclineReason",
    "Due",
    "EvidencePolicyAnswer",
    "ListedDecisionBatchAnswer",
    "ListedDecisionRow",
    "OrderHoldAnswer",
    "OrderStandingAnswer",
    "OrderStandingLine",
    "RunningAnswer",
    "WaitingShare",
    "WaitingSum",
    "WorkbenchAnswer",
]
