"""What crosses the border of the conversions app."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from utfall.engine import OrderStatus

Party = Literal["advertiser", "publisher"]


class Sort(StrEnum):
    """In which order a list is; the newest, the largest first."""

    NEWEST = "-occurred"
    OLDEST = "occurred"
    SOONEST = "due"
    LARGEST = "-amount"
    SMALLEST = "amount"
    DEAREST = "-commission"
    CHEAPEST = "commission"


ADVERTISERS_OWN: Final = ("amount", "channel", "customer", "source")
"""Filters by what only the advertiser's side of a receipt says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which orders are wanted; what is empty asks for nothing. `since` and `until` are of when an order was
    placed, `silence_since` and `silence_until` of when silence approves it; both half-open.

    `search` is the beginning of an order's reference, or its number with `#`. `tests`: test orders instead of
    real ones. `paid`: what was paid out, as the order's `paid_at` says, whatever was refunded since.
    `never_due`: what silence never approves. Sorted by the soonest, only what silence will approve is there.
    """

    tests: bool = False
    search: str = ""
    advertiser: int | None = None
    program: int | None = None
    publisher: int | None = None
    statuses: tuple[OrderStatus, ...] = ()
    paid: bool = False
    outcome: str = ""
    reason: str = ""
    since: datetime | None = None
    until: datetime | None = None
    silence_since: datetime | None = None
    silence_until: datetime | None = None
    never_due: bool = False
    code: str = ""
    sub: str = ""
    link: int | None = None
    country: str = ""
    device: str = ""
    channel: str = ""
    customer: str = ""
    method: str = ""
    source: str = ""
    currency: str = ""
    amount_from_micros: int | None = None
    amount_to_micros: int | None = None
    commission_from_micros: int | None = None
    commission_to_micros: int | None = None
    sort: Sort = Sort.NEWEST


@dataclass(frozen=True, slots=True)
class Deadline:
    """One date of an order's calendar: `approval`, `hold` or `lock`; `is_over` when it has come."""

    kind: Literal["approval", "hold", "lock"]
    at: datetime
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """An order as one side may read it: what only the other side's receipt says is None, or empty.

    `amount_micros` is what is left of it after refunds. `approve_at`: when it is approved unless somebody
    objects; `payable_at`: when its hold ends; `locks_at`: from when nothing but a refund changes it. Silence
    waits for `window_sku`, which can be returned for `window_days` from `delivery_days` after the order. Of a
    test (`is_test`) it says what the order would have earned. `is_of_another`: another publisher won it, and
    its reader has a part in it. `paid_at`: when the bank had paid it to the reader, or else to who won it, by
    `payout`, which only the publisher's side says.
    """

    id: int
    party: Party
    advertiser: int
    advertiser_name: str
    program: int | None
    program_name: str
    publisher: int | None
    publisher_name: str
    outcome: str
    action: str
    reference: str
    status: OrderStatus
    reason: str
    sentence: str
    occurred_at: datetime
    recorded_at: datetime
    decided_at: datetime | None
    changed_at: datetime
    approve_at: datetime | None
    payable_at: datetime | None
    currency: str
    amount_micros: int | None
    refunded_micros: int | None
    commission_micros: int
    fee_micros: int | None
    cost_micros: int | None
    method: str
    touch_class: str
    touch_at: datetime | None
    touch_seconds: int | None
    link: int | None
    subs: tuple[str, ...]
    code: str
    channel: str
    device: str
    country: str
    customer: str
    source: str
    lines: int
    rules: tuple[int, ...]
    first_receipt: int
    receipt: int
    receipts: int
    locks_at: datetime | None
    is_locked: bool
    window_sku: str
    window_days: int | None
    delivery_days: int | None
    deadlines: tuple[Deadline, ...]
    is_test: bool = False
    is_of_another: bool = False
    paid_at: datetime | None = None
    payout: int | None = None

    @property
    def is_paid(self) -> bool:
        """Whether its commission, or the reader's part of it, left; what was refunded since is told first."""
        return self.status is OrderStatus.PAYABLE and self.paid_at is not None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many orders fit; `is_more` when counting stopped there."""

    orders: int
    is_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sums of orders in one currency. The fee and the amount are the advertiser's to see."""

    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    fee_micros: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """Orders of one partner, or program, in one currency. `soonest`: when silence approves the first."""

    id: int
    name: str
    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    soonest: datetime | None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of what fits, by currency; `is_more` when there is too much to add up at once, and nothing was."""

    sums: Sequence[Total]
    is_more: bool
