"""The kinds of event and their fields.

Times are UTC milliseconds. Ids of terms are positive integers. Amounts are integer micros of the event's
own currency. Fields are stored by position: a new field is appended at the end of its kind with a default,
and nothing is ever inserted, reordered or removed (`tests/golden/events` holds the bytes of version one).
"""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

from utfall.events.money import MoneyEvent
from utfall.events.sources import Source


class Consent(StrEnum):
    """The visitor's choice as signalled; a missing signal is `unknown` and counts as denied where one is
    required.
    """

    GRANTED = "granted"
    DENIED = "denied"
    UNKNOWN = "unknown"


class Outcome(StrEnum):
    """What an advertiser can pay for."""

    IMPRESSION = "impression"
    VIEWABLE = "viewable"
    VIDEO = "video"
    CLICK = "click"
    LEAD = "lead"
    ACTION = "action"
    SALE = "sale"
    INSTALL = "install"


class Action(StrEnum):
    """What an amendment does to an order. `defer`, the platform's own: silence waits for a return window."""

    APPROVE = "approve"
    DECLINE = "decline"
    AMEND = "amend"
    REFUND = "refund"
    DEFER = "defer"


class DeclineReason(StrEnum):
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


class Impression(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="impression"):
    """An ad or link was shown. `visitor` and `address` are keyed hashes; agent fields are classes, never
    the string.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.EDGE
    advertiser: int
    program: int
    publisher: int
    link: int
    consent: Consent = Consent.UNKNOWN
    visitor: str | None = None
    address: str | None = None
    device: str | None = None
    os: str | None = None
    browser: str | None = None
    robot: str | None = None
    country: str | None = None
    sub: tuple[str, ...] = ()


class Viewable(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="viewable"):
    """An impression was in view by the standard's rule (display: half the pixels for one second)."""

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.EDGE
    advertiser: int
    program: int
    publisher: int
    link: int
    consent: Consent = Consent.UNKNOWN
    visitor: str | None = None
    address: str | None = None
    device: str | None = None
    os: str | None = None
    browser: str | None = None
    robot: str | None = None
    country: str | None = None
    sub: tuple[str, ...] = ()
    impression: str | None = None


VideoMark = Literal["start", "first_quartile", "midpoint", "third_quartile", "complete"]


class VideoProgress(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="video_progress"):
    """A video ad reached a mark; only `complete` can be paid for."""

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.EDGE
    advertiser: int
    program: int
    publisher: int
    link: int
    mark: VideoMark
    consent: Consent = Consent.UNKNOWN
    visitor: str | None = None
    address: str | None = None
    device: str | None = None
    os: str | None = None
    browser: str | None = None
    robot: str | None = None
    country: str | None = None
    sub: tuple[str, ...] = ()
    impression: str | None = None


class Click(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="click"):
    """A visitor followed a tracking link. The click's id is inside the click token that the landing page
    receives.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.EDGE
    advertiser: int
    program: int
    publisher: int
    link: int
    consent: Consent = Consent.UNKNOWN
    visitor: str | None = None
    address: str | None = None
    device: str | None = None
    os: str | None = None
    browser: str | None = None
    robot: str | None = None
    country: str | None = None
    sub: tuple[str, ...] = ()


class Line(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One basket line. `amount_micros` is the line's total, after `discount_micros`, excluding VAT and
    shipping. `return_days`: for how long the item can be returned, said only to defer.
    """

    amount_micros: int
    sku: str | None = None
    category: str | None = None
    quantity: int = 1
    discount_micros: int = 0
    return_days: int | None = None


class ClickRef(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What an opened and verified click token says."""

    id: str
    at: int
    link: int
    program: int
    publisher: int


class Conversion(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="conversion"):
    """A lead, sale, install or other action. `customer` is a pseudonym; `sealed` holds what must stay
    readable.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.API
    advertiser: int
    outcome: Outcome
    order: str
    currency: str
    lines: tuple[Line, ...] = ()
    program: int | None = None
    action: str | None = None
    clicks: tuple[ClickRef, ...] = ()
    visitor: str | None = None
    customer: str | None = None
    customer_is_new: bool | None = None
    code: str | None = None
    channel: str | None = None
    test: bool = False
    consent: Consent = Consent.UNKNOWN
    checkout_at: int | None = None
    country: str | None = None
    device: str | None = None
    address: str | None = None
    sealed: bytes | None = None


class LineChange(Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """The part of one line (by its number, from 0) that a refund takes back; the whole rest where no amount
    is given.
    """

    line: int
    amount_micros: int | None = None


class Amendment(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="amendment"):
    """A later decision about an order: approve, decline, amend its lines, refund it wholly or in part, defer.

    `refund`: `changes` names lines, or `amount_micros` a part of the whole, or neither for the whole rest.
    `amend`: `lines` replace the order's lines. `defer`: `lines` is one line, the `sku` of an item of the
    order with the `return_days` for which it can be returned.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.API
    advertiser: int
    outcome: Outcome
    order: str
    action: Action
    reason: DeclineReason | None = None
    evidence: str | None = None
    lines: tuple[Line, ...] = ()
    changes: tuple[LineChange, ...] = ()
    amount_micros: int | None = None


class Cost(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="cost"):
    """What a channel outside Utfall cost, imported so that all channels stand in one view. Posts no
    entries.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source = Source.API
    advertiser: int
    currency: str
    amount_micros: int
    channel: str
    program: int | None = None
    campaign: str | None = None


class Refusal(Struct, frozen=True, kw_only=True, gc=False, array_like=True, tag="refusal"):
    """Something the door refused, kept and counted. `about` is the kind that was attempted; nothing
    personal is kept.
    """

    id: str
    occurred_at: int
    received_at: int
    version: int = 1
    source: Source
    reason: str
    about: str
    advertiser: int | None = None
    program: int | None = None
    publisher: int | None = None
    link: int | None = None
    reference: str | None = None
    detail: str | None = None


Touch = Impression | Viewable | VideoProgress | Click
AnyEvent = (
    Impression | Viewable | VideoProgress | Click | Conversion | Amendment | Cost | Refusal | MoneyEvent
)
