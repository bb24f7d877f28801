"""What crosses the border of the tracking app."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from utfall.portal.access.errors import Words

Verdict = Literal["accepted", "refused"]
Party = Literal["advertiser", "publisher"]


class Light(StrEnum):
    """How something stands, as a traffic light; `off` is what nobody uses."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What settlement decided about a call, as far as the caller may see it."""

    receipt: int
    event: str
    kind: str
    verdict: Verdict
    status: str
    reason: str
    sentence: Words
    mend: Words
    method: str
    publisher: int | None
    publisher_name: str
    currency: str
    commission_micros: int | None
    cost_micros: int | None
    order: str
    outcome: str
    program: int | None
    program_name: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call to the edge: what came, from where, and what the door said.

    `clicks` is how many click tokens of ours an order carried; None where there can be none.
    """

    id: str
    at: datetime
    kind: str
    source: str
    verdict: Verdict
    advertiser: int | None = None
    program: int | None = None
    program_name: str = ""
    publisher: int | None = None
    publisher_name: str = ""
    link: int | None = None
    outcome: str = ""
    order: str = ""
    action: str = ""
    currency: str = ""
    amount_micros: int | None = None
    lines: int = 0
    is_test: bool = False
    consent: str = ""
    clicks: int | None = None
    code: str = ""
    channel: str = ""
    robot: str = ""
    device: str = ""
    country: str = ""
    sub: tuple[str, ...] = ()
    reason: str = ""
    field: str = ""
    sentence: Words = ""
    mend: Words = ""
    settled: Settled | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What a look at the journal found, newest first, and the cursor to look on from.

    `settled`: what was decided since, also about calls of earlier looks. `skipped`: events that came too fast
    to be looked at. `problem`: a stream of the journal cannot be read just now.
    """

    calls: tuple[Call, ...]
    settled: tuple[Settled, ...]
    cursor: str
    skipped: int = 0
    has_journal: bool = True
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which calls are to be shown."""

    kind: str = ""
    verdict: str = ""
    order: str = ""
    tests_only: bool = False
    advertiser: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodHeard:
    """How a method of telling fared over the last days."""

    method: str
    light: Light
    accepted: int
    refused: int
    tests: int
    with_click: int
    last_at: datetime | None
    last_reason: str
    is_silent: bool

    @property
    def count(self) -> int:
        """All calls."""
        return self.accepted + self.refused

    @property
    def refused_ppm(self) -> int:
        """The share that was refused, to a tenth of a per cent."""
        return round(self.refused * 1000 / self.count) * 1000 if self.count else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the checklist; `page` is where to mend it."""

    key: str
    light: Light
    words: Words
    more: Words
    page: str = ""
    action: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """An advertiser's tracking as it is set up, and what was heard of it in the last `days`."""

    advertiser: int
    name: str
    edge: str
    own_domains: tuple[str, ...]
    accepts_pixel: bool
    has_postback_secret: bool
    event_keys: int | None
    methods: tuple[MethodHeard, ...]
    checks: tuple[Check, ...]
    days: int
    light: Light
    silent_since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of code to copy: what it is for, its language, and the file or place it belongs into."""

    key: str
    title: Words
    words: Words
    language: str
    text: str
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentOrder:
    """A test order as it was sent, and what the edge answered."""

    order: str
    way: str
    status: int
    verdict: Verdict
    event: str = ""
    reason: str = ""
    field: str = ""
    sentence: Words = ""
    mend: Words = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """A click, view or code that might have earned an order, and what became of its claim."""

    at: datetime
    method: str
    touch_class: str
    publisher_name: str
    link: int | None
    fate: Words
    is_winner: bool
    is_hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """A line of an order with its arithmetic."""

    what: str
    quantity: int | None
    amount_micros: int | None
    refunded_micros: int
    rule: str
    price: str
    commission_micros: int
    stands_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLimit:
    """A budget or cap as the decision left it: micros, or numbers where it `counts`. `counted`: of whom."""

    name: str
    counted: str
    period: str
    counts: bool
    cap: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTierPart:
    """A part of an order at the price of one step."""

    amount_micros: int | None
    price: str
    commission_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTier:
    """How a price in steps came about. `before`: what the period held; empty where others count, too."""

    rule: str
    rule_number: int
    period: str
    before: str
    parts: tuple[ReceiptTierPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptCorrection:
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


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingCorrection:
    """What a price in steps corrected for a publisher in a period, as it stands now, and its receipt.

    `fee_micros` is the advertiser's to know; None for a publisher.
    """

    rule: str
    period: str
    status: str
    orders: int
    commission_micros: int
    fee_micros: int | None
    receipt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPart:
    """A part of a commission that goes to a publisher by a split or an override, with its arithmetic.

    `ppm` of what `child_name` earns; of a split, of the price.
    """

    kind: Literal["split", "override", "on_top"]
    agreement: int
    publisher: int
    publisher_name: str
    child_name: str
    ppm: int
    stands_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One of the receipts about the same order."""

    receipt: int
    kind: str
    status: str
    verdict: str
    decided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """A receipt as one party may read it. `sides` are those that the caller may choose from."""

    receipt: int
    party: Party
    sides: tuple[Party, ...]
    hash: str
    kind: str
    verdict: Verdict
    status: str
    order: str
    outcome: str
    occurred_at: datetime | None
    decided_at: datetime
    advertiser: int | None
    advertiser_name: str
    program: int | None
    program_name: str
    publisher: int | None
    publisher_name: str
    terms_version: int | None
    method: str
    reason: str
    sentence: Words
    mend: Words
    because: str
    evidence: str
    currency: str
    amount_micros: int | None
    commission_micros: int | None
    fee_micros: int | None
    cost_micros: int | None
    count: int | None
    each_micros: int | None
    hour: datetime | None
    channel: str
    code: str
    checkout_at: datetime | None
    customer_is_new: bool | None
    orders_before: int | None
    batch: int
    snapshot: str
    previous: str
    approve_at: datetime | None = None
    payable_at: datetime | None = None
    locks_at: datetime | None = None
    window_sku: str = ""
    window_days: int | None = None
    delivery_days: int | None = None
    touches: tuple[Touch, ...] = ()
    lines: tuple[ReceiptLine, ...] = ()
    limits: tuple[ReceiptLimit, ...] = ()
    tiers: tuple[ReceiptTier, ...] = ()
    correction: ReceiptCorrection | None = None
    period: str = ""
    rule: str = ""
    parts: tuple[ReceiptPart, ...] = ()
    recurring_month: int | None = None
    has_lapsed: bool = False
    chapters: tuple[Chapter, ...] = field(default=())
    is_provable: bool = False
    """Whether it was signed, and the key to verify it with is here."""
    is_of_another: bool = False
    """Its reader has a part in an order that another publisher won."""
    paid_at: datetime | None = None
    """When the bank had paid its publisher for the order, whatever was refunded since."""
    payout: int | None = None
    """The payout that paid it, or that it is about, on the publisher's side."""

    @property
    def is_chargeback(self) -> bool:
        """Whether it refunds an order that was locked."""
        is_refund = self.kind == "refund" and self.verdict == "accepted"
        return is_refund and self.locks_at is not None and self.locks_at <= self.decided_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """What receipts are verified with. `fingerprint`: its SHA-256; `key`: the part that receipts name."""

    pem: str
    key: str
    fingerprint: str
