"""What the operations of tracking answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct


class SettledAnswer(Struct, frozen=True, kw_only=True):
    """What settlement decided."""

    receipt: int
    event: str
    kind: str
    verdict: str
    status: str
    reason: str
    sentence: str
    mend: str
    method: str
    publisher: int | None
    program: int | None
    order: str
    outcome: str
    currency: str
    commission_micros: int | None
    cost_micros: int | None
    decided_at: datetime


class CallAnswer(Struct, frozen=True, kw_only=True):
    """A call to the edge."""

    id: str
    at: datetime
    kind: str
    source: str
    verdict: str
    advertiser: int | None
    program: int | None
    publisher: int | None
    link: int | None
    outcome: str
    order: str
    action: str
    currency: str
    amount_micros: int | None
    is_test: bool
    consent: str
    clicks: int | None
    """How many click tokens of ours an order carried."""
    reason: str
    field: str
    sentence: str
    mend: str
    settled: SettledAnswer | None


class CallsAnswer(Struct, frozen=True, kw_only=True):
    """What came since the cursor, newest first."""

    calls: tuple[CallAnswer, ...]
    settled: tuple[SettledAnswer, ...]
    """What was decided since, also about earlier calls."""
    cursor: str
    skipped: int
    """Events that came too fast to be looked at."""
    problem: str


class PublicKeyAnswer(Struct, frozen=True, kw_only=True):
    """A public key as PEM, and its SHA-256."""

    pem: str
    key: str
    """The part of the fingerprint that receipts name."""
    fingerprint: str


class TouchAnswer(Struct, frozen=True, kw_only=True):
    """Who might have earned an order, and why they did not."""

    at: datetime
    method: str
    touch_class: str
    publisher_name: str
    link: int | None
    fate: str
    is_winner: bool


class ReceiptLineAnswer(Struct, frozen=True, kw_only=True):
    """A line with its arithmetic."""

    what: str
    quantity: int | None
    amount_micros: int | None
    refunded_micros: int
    rule: str
    price: str
    commission_micros: int
    stands_micros: int


class ReceiptLimitAnswer(Struct, frozen=True, kw_only=True):
    """A budget or cap as the decision left it."""

    name: str
    counted: str
    """Of whom and what, in words; empty where of everything."""
    period: str
    counts: bool
    """`cap` and `used` are numbers of outcomes, else micros."""
    cap: int
    used: int


class ReceiptTierPartAnswer(Struct, frozen=True, kw_only=True):
    """A part of an order at the price of one step."""

    amount_micros: int | None
    price: str
    commission_micros: int


class ReceiptTierAnswer(Struct, frozen=True, kw_only=True):
    """How a price in steps came about."""

    rule: str
    rule_number: int
    period: str
    before: str
    """What the period held before; empty where others are counted, too."""
    parts: tuple[ReceiptTierPartAnswer, ...]


class ReceiptCorrectionAnswer(Struct, frozen=True, kw_only=True):
    """The arithmetic of a correction: what the orders of a period earned, and earn at the step reached."""

    rule: str
    period: str
    orders: int
    amount_micros: int
    before: str
    start: str
    price: str
    earned_micros: int
    target_micros: int
    correction_micros: int
    waiting_micros: int
    """What no limit had room for yet."""


class ReceiptPartAnswer(Struct, frozen=True, kw_only=True):
    """A part of a commission that goes to a publisher by a split or an override."""

    kind: str
    agreement: int
    publisher: int
    ppm: int
    stands_micros: int


class ReceiptAnswer(Struct, frozen=True, kw_only=True):
    """A receipt by one party's side."""

    receipt: int
    party: str
    hash: str
    previous: str
    kind: str
    verdict: str
    status: str
    order: str
    outcome: str
    occurred_at: datetime | None
    decided_at: datetime
    advertiser: int | None
    program: int | None
    publisher: int | None
    terms_version: int | None
    method: str
    reason: str
    sentence: str
    mend: str
    because: str
    currency: str
    commission_micros: int | None
    fee_micros: int | None
    cost_micros: int | None
    approve_at: datetime | None
    """When silence approves; told where an item moved it."""
    payable_at: datetime | None
    """When the hold ends; told where the program locks."""
    locks_at: datetime | None
    """From then nothing but a refund changes the order."""
    window_sku: str
    """The item whose return window silence waits for."""
    window_days: int | None
    delivery_days: int | None
    batch: int
    snapshot: str
    recurring_month: int | None
    customer_is_new: bool | None
    """As the advertiser declares."""
    orders_before: int | None
    """Of this customer, as its own orders here say."""
    has_lapsed: bool
    touches: tuple[TouchAnswer, ...]
    lines: tuple[ReceiptLineAnswer, ...]
    limits: tuple[ReceiptLimitAnswer, ...]
    tiers: tuple[ReceiptTierAnswer, ...]
    correction: ReceiptCorrectionAnswer | None
    parts: tuple[ReceiptPartAnswer, ...]
    """Who is paid by a split or an override, as far as it is yours."""
    is_of_another: bool
    """You have a part in what another publisher won."""
    paid_at: datetime | None
    """When the bank had paid the publisher for the order."""
    payout: int | None
    """The payout that paid it, or that it is about; null for an advertiser."""


class ReceiptDocumentAnswer(Struct, frozen=True, kw_only=True):
    """A receipt by one party's side with its path to the signed root."""

    format: str
    party: str
    body: str
    """The receipt, to the byte as it was hashed."""
    side: str
    """The side of this party, to the byte as it was hashed."""
    batch: int
    index: int
    """The receipt's place among those of its batch, from 0."""
    count: int
    path: tuple[str, ...]
    """Hashes from the receipt to the root, in hexadecimal."""
    signature: str
    """Ed25519 over the root, in hexadecimal."""
    key: str
    fingerprint: str


class SentOrderAnswer(Struct, frozen=True, kw_only=True):
    """A test order as it was sent, and what the edge said."""

    order: str
    way: str
    status: int
    verdict: str
    event: str
    reason: str
    field: str
    sentence: str
    mend: str


class TrackingMethodAnswer(Struct, frozen=True, kw_only=True):
    """How a way of telling fared in the last days."""

    method: str
    light: str
    accepted: int
    refused: int
    tests: int
    with_click: int
    last_at: datetime | None
    last_reason: str
    is_silent: bool


class SetupCheckAnswer(Struct, frozen=True, kw_only=True):
    """One line of the checklist."""

    key: str
    light: str
    words: str
    more: str


class SetupAnswer(Struct, frozen=True, kw_only=True):
    """An advertiser's tracking."""

    advertiser: int
    edge: str
    own_domains: tuple[str, ...]
    accepts_pixel: bool
    has_postback_secret: bool
    light: str
    silent_since: datetime | None
    days: int
    methods: tuple[TrackingMethodAnswer, ...]
    checks: tuple[SetupCheckAnswer, ...]


__all__ = [
    "CallAnswer",
    "CallsAnswer",
    "PublicKeyAnswer",
    "ReceiptAnswer",
    "ReceiptCorrectionAnswer",
    "ReceiptDocumentAnswer",
    "ReceiptLimitAnswer",
    "ReceiptLineAnswer",
    "ReceiptPartAnswer",
    "ReceiptTierAnswer",
    "ReceiptTierPartAnswer",
    "SentOrderAnswer",
    "SettledAnswer",
    "SetupAnswer",
    "SetupCheckAnswer",
    "TouchAnswer",
    "TrackingMethodAnswer",
]
