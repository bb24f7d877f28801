"""What a what-if asks and answers: frozen values that become JSON as they are."""

from enum import StrEnum

from msgspec import Struct


class Stopped(Exception):
    """The what-if was told to stop before it was done; nothing of it is left to clear but its folder."""


class Scope(Struct, frozen=True, kw_only=True):
    """What is settled again: one advertiser, perhaps one of its programs, in `[since_ms, until_ms)`.

    None: from the beginning, or up to the last batch. `warm_up_days` before the span are settled too, and not
    reported; None: as many as the look-back windows and the periods of limits ask for.
    """

    advertiser: int
    program: int | None = None
    since_ms: int | None = None
    until_ms: int | None = None
    warm_up_days: int | None = None

    def holds(self, at_ms: int) -> bool:
        """Whether something that happened at a time is reported."""
        return (self.since_ms is None or self.since_ms <= at_ms) and (
            self.until_ms is None or at_ms < self.until_ms
        )


class Caution(StrEnum):
    """What the comparison cannot know; docs/algorithms/what-if.md says what to make of each."""

    OTHER_ENGINE = "other_engine"
    TOTAL_LIMITS_START_EMPTY = "total_limits_start_empty"
    TOTAL_TIERS_START_EMPTY = "total_tiers_start_empty"
    CUSTOMERS_COUNT_FROM_WARM_UP = "customers_count_from_warm_up"
    ADDRESSES_OF_OTHERS_NOT_SEEN = "addresses_of_others_not_seen"


class Sums(Struct, frozen=True, kw_only=True):
    """What was paid, and for how many orders. Touches add money and no order.

    `correction_micros`: the part of it by which retroactive steps corrected what orders had earned.
    """

    commission_micros: int = 0
    fee_micros: int = 0
    orders: int = 0
    correction_micros: int = 0

    @property
    def cost_micros(self) -> int:
        """What the advertiser owes."""
        return self.commission_micros + self.fee_micros


class TotalChange(Struct, frozen=True, kw_only=True):
    """All that is paid in a currency."""

    currency: str
    before: Sums
    after: Sums


class PublisherChange(Struct, frozen=True, kw_only=True):
    """One publisher. An order is won or lost with its payee, and changed when the same payee gets another
    sum.
    """

    publisher: int
    currency: str
    before: Sums
    after: Sums
    orders_won: int = 0
    orders_lost: int = 0
    orders_changed: int = 0


class RuleChange(Struct, frozen=True, kw_only=True):
    """One rule. An order whose lines follow several rules counts as an order of each."""

    rule: int
    currency: str
    before: Sums
    after: Sums


class OrderSide(Struct, frozen=True, kw_only=True):
    """How an order came out on one side; `program` may be another than the one that is reported."""

    status: str
    reason: str | None = None
    program: int | None = None
    publisher: int | None = None
    commission_micros: int = 0
    fee_micros: int = 0
    rules: tuple[int, ...] = ()


class OrderChange(Struct, frozen=True, kw_only=True):
    """One order, on both sides."""

    reference: str
    outcome: str
    currency: str
    occurred_at: int
    amount_micros: int
    before: OrderSide
    after: OrderSide


class Compared(Struct, frozen=True, kw_only=True):
    """Everything that a comparison says of two books."""

    totals: tuple[TotalChange, ...]
    publishers: tuple[PublisherChange, ...]
    rules: tuple[RuleChange, ...]
    orders: int
    orders_with_another_payer: int
    orders_with_another_commission: int
    orders_paid_only_before: int
    orders_paid_only_after: int
    examples: tuple[OrderChange, ...]
