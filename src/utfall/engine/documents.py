"""The documents of a receipt: its body, and what each party sees beside it.

The fields of each stand in the order of their names, which is that of canonical JSON: so they are written as
they stand, without being sorted. What a kind of decision says nothing about is not set, and not written.
"""

from typing import Final

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType, field

from utfall.engine.attribution import Elimination
from utfall.engine.receipts import VERSION
from utfall.engine.state import OrderStatus, ShareKind
from utfall.events import Outcome
from utfall.terms import TierMeasure, TouchClass

_json: Final = msgspec.json.Encoder(order="deterministic")
write = _json.encode


class Sides(Struct, gc=False):
    """The SHA-256 of what each party sees."""

    advertiser: str
    parties: list[str] | UnsetType
    publisher: str


class Deadlines(Struct, gc=False):
    """When silence approves an order, when its commission is payable and from when it is locked, as far as
    that is known; and the item whose return window silence waits for.
    """

    approve_at: int | UnsetType = UNSET
    delivery_days: int | UnsetType = UNSET
    locks_at: int | UnsetType = UNSET
    payable_at: int | UnsetType = UNSET
    return_days: int | UnsetType = UNSET
    sku: str | UnsetType = UNSET


class PartShown(Struct, kw_only=True, gc=False):
    """A part of a commission that goes to somebody by a split or an override, with its arithmetic."""

    agreement: int
    child: int
    kind: ShareKind
    left_micros: int
    ppm: int
    publisher: int


class Body(Struct, kw_only=True, gc=False):
    """What both parties see. Its number, time, sides and the one before it are known when it is written."""

    advertiser: int
    batch: int = 0
    because: str | UnsetType | None = UNSET
    count: int | UnsetType = UNSET
    currency: str | UnsetType = UNSET
    deadlines: Deadlines | UnsetType = UNSET
    decided_at: int = 0
    each_micros: int | UnsetType = UNSET
    event: str | UnsetType | None = UNSET
    events_digest: str | UnsetType = UNSET
    evidence: str | UnsetType | None = UNSET
    hour: int | UnsetType = UNSET
    kind: str
    method: str | UnsetType | None = UNSET
    occurred_at: int | UnsetType = UNSET
    order: str | UnsetType = UNSET
    outcome: Outcome
    period: str | UnsetType = UNSET
    previous: str = ""
    prior: str | None = None
    program: int | None
    publisher: int | None
    reason: str | UnsetType | None = UNSET
    receipt: int = 0
    rule: int | UnsetType = UNSET
    sides: Sides | None = None
    snapshot: str = ""
    status: OrderStatus | UnsetType | None = UNSET
    terms_version: int | UnsetType | None = UNSET
    touch: str | UnsetType | None = UNSET
    transaction: int | None = None
    verdict: str | UnsetType = UNSET
    version: int = VERSION


class CandidateShown(Struct, kw_only=True, gc=False):
    """A candidate and its fate; a publisher is not told which touch of another it was."""

    at: int
    touch_class: TouchClass = field(name="class")
    elimination: Elimination | None
    id: str | UnsetType = UNSET
    link: int | UnsetType | None = UNSET
    method: str
    program: int | UnsetType = UNSET
    publisher: int | UnsetType = UNSET


class LimitShown(Struct, gc=False):
    """A limit after the decision: what is used of what."""

    cap: int
    limit: int
    period: str
    publisher: int | None
    reserved: int
    settled: int


class PricedLine(Struct, kw_only=True, gc=False):
    """A line with its arithmetic, as the advertiser sees it."""

    amount_micros: int
    category: str | None
    commission_micros: int
    left_micros: int
    price: Raw | None
    quantity: int
    refunded_micros: int
    rule: int | None
    sku: str | None


class EarningLine(Struct, gc=False):
    """A line as the publisher sees it."""

    category: str | None
    commission_micros: int
    rule: int | None


class TierPartShown(Struct, kw_only=True, gc=False):
    """A part of an order at the price of one step; amounts of orders are the advertiser's to see."""

    amount_micros: int | UnsetType = UNSET
    commission_micros: int
    price: Raw
    start: int


class OrderTierShown(Struct, kw_only=True, gc=False):
    """How a tier priced an order: on top of what, and part by part."""

    measure: TierMeasure
    parts: list[TierPartShown]
    period: str
    position: int | UnsetType = UNSET
    rule: int


class TierShown(Struct, kw_only=True, gc=False):
    """How a correction was worked out: what its orders earned, and would earn at the step reached."""

    amount_micros: int
    commission_micros: int
    correction_micros: int
    measure: TierMeasure
    orders: int
    period: str
    position: int | UnsetType = UNSET
    price: Raw
    shared: bool
    start: int
    target_micros: int
    waiting_micros: int


class AdvertiserSide(Struct, kw_only=True, gc=False):
    """What only the advertiser sees."""

    candidates: list[CandidateShown] | UnsetType = UNSET
    channel: str | UnsetType | None = UNSET
    checkout_at: int | UnsetType | None = UNSET
    code: str | UnsetType | None = UNSET
    commission_micros: int | UnsetType = UNSET
    cost_micros: int | UnsetType = UNSET
    customer: str | UnsetType | None = UNSET
    customer_is_new: bool | UnsetType | None = UNSET
    fee_micros: int | UnsetType = UNSET
    has_lapsed: bool | UnsetType = UNSET
    limits: list[LimitShown] | UnsetType = UNSET
    lines: list[PricedLine] | UnsetType = UNSET
    orders_before: int | UnsetType | None = UNSET
    parties: list[PartShown] | UnsetType = UNSET
    recurring_month: int | UnsetType = UNSET
    salt: str = ""
    supplied: dict[str, str] | UnsetType = UNSET
    tier: TierShown | UnsetType = UNSET
    tiers: list[OrderTierShown] | UnsetType = UNSET


class PublisherSide(Struct, kw_only=True, gc=False):
    """What only the publisher sees."""

    candidates: list[CandidateShown] | UnsetType = UNSET
    commission_micros: int | UnsetType = UNSET
    lines: list[EarningLine] | UnsetType = UNSET
    parts: list[PartShown] | UnsetType = UNSET
    publisher: int | UnsetType = UNSET
    salt: str = ""
    tier: TierShown | UnsetType = UNSET
    tiers: list[OrderTierShown] | UnsetType = UNSET


DOCUMENTS: Final[tuple[type[Struct], ...]] = (
    Sides,
    Deadlines,
    PartShown,
    Body,
    CandidateShown,
    LimitShown,
    PricedLine,
    EarningLine,
    TierPartShown,
    OrderTierShown,
    TierShown,
    AdvertiserSide,
    PublisherSide,
)
