"""What the engine knows of deposits, papers, payouts and exchanges, and what a batch decides about them.

The fields of a state stand in the order of its table's columns (`portal/book/migrations/0002_money.sql`).
"""

from typing import Final, NamedTuple

from msgspec import Struct, field

MONEY_KINDS: Final = frozenset(
    {"funding", "matching", "paper", "settling", "payout", "payout_result", "exchange"}
)
"""Transactions about money that moved; every other is about what somebody earned."""
PAID_KINDS: Final = frozenset({"payout", "payout_result", "exchange"})
"""Those that take from what is payable, or give back what they took."""


class Account(NamedTuple):
    """One account of the book."""

    owner: str
    party: int
    bucket: str
    currency: str


class Party(NamedTuple):
    """Somebody's papers, or payouts, in a currency."""

    owner: str
    party: int
    currency: str


class FundingState(Struct):
    """A movement of an advertiser's money."""

    id: int
    event: str
    advertiser: int | None
    currency: str
    amount_micros: int
    identity: str
    day: str
    words: str
    at: int
    status: str
    transaction: int


class PaperState(Struct):
    """An issued paper, and what was paid and taken back of it."""

    id: int
    name: str
    kind: str
    series: str
    number: int
    owner: str
    party: int
    currency: str
    period_from: str
    period_until: str
    since: int
    through: int
    net_micros: int
    tax_micros: int
    settled_micros: int
    credited_micros: int
    left_micros: int
    due: str | None
    corrects: str | None
    digest: str
    event: str
    at: int
    transaction: int | None

    @property
    def open_micros(self) -> int:
        """What nobody paid yet."""
        return self.net_micros + self.tax_micros - self.settled_micros


class PayoutState(Struct):
    """A payout and what became of it."""

    number: int
    publisher: int
    currency: str
    since: int
    through: int
    amount_micros: int
    rest_micros: int
    status: str
    identity: str
    reason: str | None
    digest: str
    event: str
    at: int
    transaction: int
    ended: int | None
    receipt: int


class ExchangeState(Struct):
    """Money turned into another currency. `undone` and `paid_by` are transactions."""

    transaction: int
    into_transaction: int
    event: str
    owner: str
    party: int
    currency: str
    into: str
    amount_micros: int
    into_amount_micros: int
    currency_micros: int
    into_micros: int
    rate_source: str
    day: str
    through: int
    undone: int | None
    paid_by: int | None
    at: int
    receipt: int


class Papered(Struct):
    """How far a party's papers go, and what is carried from them to the next."""

    through: int = 0
    carried_micros: int = 0


class MoneySlice(Struct, kw_only=True):
    """What a batch's events of money may read. `earned` is counted from the last paper that was loaded,
    `later` is what was earned on a payable account after an entry.

    `bound` is the last transaction of the book; `read`, `fresh` and `balances` follow those of the batch.
    """

    bound: int = 0
    balances: dict[Account, int] = field(default_factory=dict)
    later: dict[tuple[Party, int], int] = field(default_factory=dict)
    earned: dict[tuple[Party, int], int] = field(default_factory=dict)
    papered: dict[Party, Papered] = field(default_factory=dict)
    paid_through: dict[Party, int] = field(default_factory=dict)
    series: dict[str, int] = field(default_factory=dict)
    papers: dict[str, PaperState] = field(default_factory=dict)
    payouts: dict[int, PayoutState] = field(default_factory=dict)
    fundings: dict[str, FundingState] = field(default_factory=dict)
    exchanges: dict[str, ExchangeState] = field(default_factory=dict)
    read: int = 0
    fresh: dict[Account, int] = field(default_factory=dict)


class Mark(NamedTuple):
    """Commissions of a publisher, payable through an entry, are paid by a transaction from now on; without a
    publisher those that it had paid no longer are.
    """

    transaction: int
    publisher: int | None = None
    currency: str = ""
    through: int = 0


class Answer(NamedTuple):
    """What was said of an event, and the receipt that says it."""

    event: str
    receipt: int
    reason: str | None


class MoneyDecisions(Struct):
    """What a batch decided about money: states that changed, by their keys, and commissions marked."""

    fundings: dict[str, FundingState] = field(default_factory=dict)
    papers: dict[str, PaperState] = field(default_factory=dict)
    payouts: dict[int, PayoutState] = field(default_factory=dict)
    exchanges: dict[str, ExchangeState] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
