"""The slice of the book that one batch needs, and what the engine keeps about an order.

The shell loads a `BookSlice`, the engine changes it while it decides, and the decisions name what changed.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct, field

from utfall.engine.money.state import MoneySlice
from utfall.engine.traffic import Traffic
from utfall.events import ClickRef, Outcome, Source
from utfall.terms import Flat, Portion, Tiered, TouchClass


class OrderStatus(StrEnum):
    """Where an order stands. `unpaid` orders are real but owe nobody anything; `reason` says why."""

    UNPAID = "unpaid"
    PENDING = "pending"
    APPROVED = "approved"
    PAYABLE = "payable"
    DECLINED = "declined"
    REVERSED = "reversed"


class ShareKind(StrEnum):
    """By which agreement somebody beside the winner is paid."""

    SPLIT = "split"
    OVERRIDE = "override"
    ON_TOP = "on_top"


class OrderKey(NamedTuple):
    """What identifies an order: one advertiser's reference for one kind of outcome."""

    advertiser: int
    outcome: str
    order: str


class LimitKey(NamedTuple):
    """One row of a limit: its id, the publisher it counts (0 for all together), the period, and the customer
    it counts (empty for all).
    """

    limit: int
    publisher: int
    period: str
    customer: str = ""


class Hold(Struct, gc=False, array_like=True):
    """What an order holds of one limit, in the limit's own measure."""

    limit: int
    publisher: int
    period: str
    amount: int
    customer: str = ""

    @property
    def key(self) -> LimitKey:
        """The row it is held of."""
        return LimitKey(self.limit, self.publisher, self.period, self.customer)


class Counted(Struct, frozen=True, gc=False, array_like=True):
    """What a pool counts of one order, or of all. `at_steps`: what is earned at the price of each."""

    orders: int = 0
    amount_micros: int = 0
    commission_micros: int = 0
    pending: int = 0
    at_steps: tuple[int, ...] = ()


class TierPart(Struct, frozen=True, gc=False, array_like=True):
    """A part of an order, and the step at which it was priced."""

    start: int
    price: Flat | Portion
    amount_micros: int
    commission_micros: int


class TierShare(Struct, gc=False, array_like=True):
    """How an order was priced by a tier, on top of what its pool held then, and what it counts there now."""

    rule: int
    period: str
    position: int
    step: int
    parts: tuple[TierPart, ...]
    counted: Counted


class Deferral(Struct, frozen=True, gc=False, array_like=True):
    """Until when (UTC milliseconds) silence waits for an item's return window, and the days behind it."""

    until: int
    sku: str
    return_days: int
    delivery_days: int


class LineState(Struct, gc=False, omit_defaults=True):
    """A line's price and how much of it is left. `commission_micros` is the first price, `left_micros` what
    stands.
    """

    amount_micros: int
    sku: str | None = None
    category: str | None = None
    quantity: int = 1
    rule: int | None = None
    commission_micros: int = 0
    left_micros: int = 0
    refunded_micros: int = 0


class Share(Struct, gc=False, omit_defaults=True):
    """What a publisher gets by an agreement of an order that another won; or the winner itself, as a parent.

    `child` is the publisher of whose part it is: of a split the winner. `commission_micros` is what it was at
    the first price, `left_micros` what stands.
    """

    kind: ShareKind
    agreement: int
    publisher: int
    child: int
    ppm: int
    commission_micros: int = 0
    left_micros: int = 0


class OrderState(Struct, kw_only=True, omit_defaults=True):
    """All that is known and owed about one order, after every event so far."""

    id: int
    advertiser: int
    outcome: Outcome
    order: str
    event: str
    occurred_at: int
    received_at: int
    source: Source
    currency: str
    lines: list[LineState]
    supplied: dict[str, str]
    program_asked: int | None = None
    action: str | None = None
    clicks: tuple[ClickRef, ...] = ()
    visitor: str | None = None
    customer: str | None = None
    customer_is_new: bool | None = None
    orders_before: int | None = None
    code: str | None = None
    channel: str | None = None
    checkout_at: int | None = None
    country: str | None = None
    device: str | None = None
    status: OrderStatus = OrderStatus.UNPAID
    reason: str | None = None
    program: int | None = None
    publisher: int | None = None
    group: int | None = None
    link: int | None = None
    method: str | None = None
    touch: str | None = None
    touch_class: TouchClass | None = None
    touch_at: int | None = None
    touch_device: str | None = None
    touch_country: str | None = None
    sub: tuple[str, ...] = ()
    commission_micros: int = 0
    fee_micros: int = 0
    fee_ppm: int = 0
    holds: list[Hold] = field(default_factory=list)
    approve_at: int | None = None
    payable_at: int | None = None
    receipt: str | None = None
    tiers: tuple[TierShare, ...] = ()
    deferred: Deferral | None = None
    locks_at: int | None = None
    shares: tuple[Share, ...] = ()
    recurring_month: int | None = None
    customer_last_at: int | None = None
    has_lapsed: bool = False

    @property
    def key(self) -> OrderKey:
        """What identifies the order."""
        return OrderKey(self.advertiser, self.outcome.value, self.order)

    @property
    def cost_micros(self) -> int:
        """What the advertiser owes for it."""
        return self.commission_micros + self.fee_micros


class StoredTouch(Struct, frozen=True, gc=False, array_like=True):
    """A touch that can be found again: by its id, or by the identity it carries."""

    id: str
    at: int
    is_click: bool
    link: int
    program: int
    publisher: int
    identity: str | None = None
    device: str | None = None
    country: str | None = None
    sub: tuple[str, ...] = ()


class Bond(Struct, frozen=True, gc=False, omit_defaults=True):
    """To whom a customer's first attributed order in a program bonds it: for `months`, from `at` on."""

    program: int
    publisher: int
    order: int
    at: int
    months: int
    link: int | None = None
    touch_class: TouchClass = TouchClass.STANDARD


class CustomerState(Struct, frozen=True, gc=False):
    """How many orders a customer of an advertiser has placed, and when the latest of them was."""

    orders: int = 0
    last_at: int | None = None


class LimitState(Struct, gc=False):
    """How much of a limit is used; `settled + reserved <= cap` always."""

    cap: int
    reserved: int = 0
    settled: int = 0

    @property
    def room(self) -> int:
        """What is left, never negative: a cap lowered below its use has no room."""
        return max(self.cap - self.reserved - self.settled, 0)


class Accrual(Struct, frozen=True, gc=False, kw_only=True):
    """An aggregated commission (of touches), or a bonus, waiting for its hold to end."""

    transaction: int
    program: int
    publisher: int
    currency: str
    commission_micros: int
    payable_at: int
    source: str = "touches"


class Released(NamedTuple):
    """A commission became payable by a transaction: of an order, or of what a transaction accrued."""

    source: str
    number: int
    transaction: int


class PoolKey(NamedTuple):
    """One pool of a tier: what a rule counts of a publisher in a period."""

    rule: int
    publisher: int
    period: str


class Pool(Struct, kw_only=True, omit_defaults=True):
    """What a tier counts, and the correction that stands for it. `wanted_micros`: had every limit room.

    The price, the fee and the days are those of the terms under which the pool was opened.
    """

    rule: int
    publisher: int
    period: str
    program: int
    advertiser: int
    currency: str
    outcome: Outcome
    price: Tiered
    terms_version: int
    fee_ppm: int
    hold_days: int
    auto_approval_days: int | None
    ends_at: int | None
    event: str
    decided_at: int = 0
    group: int | None = None
    counted: Counted = Counted()
    status: OrderStatus = OrderStatus.PENDING
    correction_micros: int = 0
    fee_micros: int = 0
    wanted_micros: int = 0
    payable_at: int | None = None
    holds: list[Hold] = field(default_factory=list)
    transaction: int | None = None
    receipt: str | None = None

    @property
    def key(self) -> PoolKey:
        """What identifies the pool."""
        return PoolKey(self.rule, self.publisher, self.period)


class Counters(Struct):
    """The last numbers given out, and the hash of the last receipt."""

    order: int = 0
    transaction: int = 0
    receipt: int = 0
    receipt_hash: str = "0" * 64


class BookSlice(Struct, kw_only=True):
    """What a batch may read of the book: loaded before, changed while deciding."""

    counters: Counters
    traffic: Traffic
    orders: dict[OrderKey, OrderState] = field(default_factory=dict)
    touches: dict[str, StoredTouch] = field(default_factory=dict)
    identities: dict[tuple[int, str], list[StoredTouch]] = field(default_factory=dict)
    limits: dict[LimitKey, LimitState] = field(default_factory=dict)
    customers: dict[tuple[int, str], CustomerState] = field(default_factory=dict)
    bonds: dict[tuple[int, str], dict[int, Bond]] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    due_orders: list[OrderKey] = field(default_factory=list)
    due_accruals: list[Accrual] = field(default_factory=list)
    money: MoneySlice | None = None
    pools: dict[PoolKey, Pool] = field(default_factory=dict)
    due_pools: list[PoolKey] = field(default_factory=list)

    def remember(self, advertiser: int, touches: Iterable[StoredTouch]) -> None:
        """Make touches findable for what follows in the same batch."""
        for touch in touches:
            self.touches[touch.id] = touch
            if touch.identity is not None:
                self.identities.setdefault((advertiser, touch.identity), []).append(touch)
