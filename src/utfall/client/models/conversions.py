"""What the operations of conversions answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.models.tracking import ReceiptTierAnswer
from utfall.client.words import Word


class OrderStatus(Word):
    """Where an order stands. `unpaid` orders are real but owe nobody anything; `reason` says why."""

    UNPAID = "unpaid"
    PENDING = "pending"
    APPROVED = "approved"
    PAYABLE = "payable"
    DECLINED = "declined"
    REVERSED = "reversed"


class OrderHappening(Word):
    """What kind of thing happened, or is to come."""

    TOUCH = "touch"
    CHECKOUT = "checkout"
    ORDER = "order"
    DECISION = "decision"
    REFUSAL = "refusal"
    AHEAD = "ahead"


class DeadlineAnswer(Struct, frozen=True, kw_only=True):
    """One date of an order's calendar."""

    kind: str
    at: datetime
    is_over: bool
    """Whether it has come."""


class OrderAnswer(Struct, frozen=True, kw_only=True):
    """An order as your side may read it; what only the other side's receipt says is null or empty."""

    id: int
    """Its number in the book; below nought for a test, which is in none."""
    party: str
    advertiser: int
    advertiser_name: str
    program: int | None
    program_name: str
    publisher: int | None
    publisher_name: str
    outcome: str
    action: str
    reference: str
    """What the advertiser calls it."""
    status: OrderStatus
    reason: str
    sentence: str
    """The reason in words."""
    occurred_at: datetime
    recorded_at: datetime
    decided_at: datetime | None
    """When it was approved or declined."""
    changed_at: datetime
    approve_at: datetime | None
    """When it is approved unless somebody objects."""
    payable_at: datetime | None
    """When its hold ends."""
    locks_at: datetime | None
    """From then nothing but a refund changes it."""
    is_locked: bool
    window_sku: str
    """The item whose return window silence waits for."""
    window_days: int | None
    """For how many days it can be returned."""
    delivery_days: int | None
    """How long after the order these days begin."""
    deadlines: tuple[DeadlineAnswer, ...]
    currency: str
    amount_micros: int | None
    """What is left of it after refunds."""
    refunded_micros: int | None
    commission_micros: int
    fee_micros: int | None
    cost_micros: int | None
    method: str
    touch_class: str
    touch_at: datetime | None
    touch_seconds: int | None
    """From the touch that earned it to the order."""
    link: int | None
    subs: tuple[str, ...]
    code: str
    channel: str
    device: str
    country: str
    customer: str
    source: str
    lines: int
    """How many lines it has."""
    rules: tuple[int, ...]
    first_receipt: int
    receipt: int
    """The latest receipt about it."""
    receipts: int
    is_test: bool
    """A test: it says what the order would have earned, and nothing is owed."""
    is_of_another: bool
    """You have a part in what another publisher won."""
    paid_at: datetime | None
    """When the bank had paid its commission, or your part of it."""
    payout: int | None
    """The payout that paid it; null on the advertiser's side."""


class ListedOrderAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[OrderAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class OrderCountAnswer(Struct, frozen=True, kw_only=True):
    """How many orders fit."""

    orders: int
    is_more: bool
    """There are more than that; they were not counted."""


class OrderLineAnswer(Struct, frozen=True, kw_only=True):
    """A line of an order with its sum."""

    what: str
    quantity: int | None
    amount_micros: int | None
    refunded_micros: int
    rule: str
    price: str
    commission_micros: int
    stands_micros: int


class OrderMomentAnswer(Struct, frozen=True, kw_only=True):
    """A moment of an order's story."""

    at: datetime
    happening: OrderHappening
    kind: str
    """The method of a touch, or what a receipt decided."""
    who: str
    link: int | None
    touch_class: str
    fate: str
    """Why a touch left, or what a receipt says of the order."""
    status: str
    because: str
    evidence: str
    commission_micros: int | None
    receipt: int | None
    is_winner: bool
    is_hidden: bool
    """A touch of another publisher, whose name you are not told."""


class PartAnswer(Struct, frozen=True, kw_only=True):
    """A part of a commission that goes to a publisher by a split or an override."""

    kind: str
    agreement: int
    publisher: int
    ppm: int
    stands_micros: int


class TierCorrectionAnswer(Struct, frozen=True, kw_only=True):
    """What a price in steps corrected in the order's period, as it stands now."""

    rule: str
    period: str
    status: str
    orders: int
    """How many orders of the period it counts."""
    commission_micros: int
    fee_micros: int | None
    receipt: int


class OrderStoryAnswer(Struct, frozen=True, kw_only=True):
    """An order with its whole story, oldest first."""

    order: OrderAnswer
    moments: tuple[OrderMomentAnswer, ...]
    lines: tuple[OrderLineAnswer, ...]
    tiers: tuple[ReceiptTierAnswer, ...]
    parts: tuple[PartAnswer, ...]
    """Who is paid by a split or an override, as far as it is yours to know."""
    corrections: tuple[TierCorrectionAnswer, ...]
    commission_micros: int | None
    fee_micros: int | None
    cost_micros: int | None
    terms_version: int | None
    """The terms that held when it was placed."""
    click_terms_version: int | None
    """Those that held at the click that earned it."""
    because: str
    evidence: str
    is_shortened: bool
    """Whether it has more receipts than are told here."""


class OrderTotalAnswer(Struct, frozen=True, kw_only=True):
    """The sums of orders in one currency."""

    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    fee_micros: int | None


class OrderTotalsAnswer(Struct, frozen=True, kw_only=True):
    """How many orders fit, and their sums."""

    count: OrderCountAnswer
    sums: tuple[OrderTotalAnswer, ...]
    is_more: bool
    """Too much fits to be added up at once: ask for less."""


__all__ = [
    "DeadlineAnswer",
    "ListedOrderAnswer",
    "OrderAnswer",
    "OrderCountAnswer",
    "OrderHappening",
    "OrderLineAnswer",
    "OrderMomentAnswer",
    "OrderStatus",
    "OrderStoryAnswer",
    "OrderTotalAnswer",
    "OrderTotalsAnswer",
    "PartAnswer",
    "TierCorrectionAnswer",
]
