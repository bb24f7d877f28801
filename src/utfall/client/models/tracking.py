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


class CheckAnswer(Struct, frozen=True, kw_only=True):
    """One line of the checklist."""

    key: str
    light: str
    words: str
    more: str


class LineAnswer(Struct, frozen=True, kw_only=True):
    """A line with its arithmetic."""

    what: str
    quantity: int | None
    amount_micros: int | None
    refunded_micros: int
    rule: str
    price: str
    commission_micros: int
    stands_micros: int


class MethodAnswer(Struct, frozen=True, kw_only=True):
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


class TouchAnswer(Struct, frozen=True, kw_only=True):
    """Who might have earned an order, and why they did not."""

    at: datetime
    method: str
    touch_class: str
    publisher_name: str
    link: int | None
    fate: str
    is_winner: bool


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
    advertiser: int
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
    batch: int
    snapshot: str
    touches: tuple[TouchAnswer, ...]
    lines: tuple[LineAnswer, ...]


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
    methods: tuple[MethodAnswer, ...]
    checks: tuple[CheckAnswer, ...]


__all__ = [
    "CallAnswer",
    "CallsAnswer",
    "CheckAnswer",
    "LineAnswer",
    "MethodAnswer",
    "ReceiptAnswer",
    "SentOrderAnswer",
    "SettledAnswer",
    "SetupAnswer",
    "TouchAnswer",
]
