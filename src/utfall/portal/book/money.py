"""What the book says of money that moved outside, as it crosses the facade: frozen values, never a model."""

from typing import Literal, NamedTuple

FundingStatus = Literal["suspense", "deposit", "sent_back"]
PayoutStatus = Literal["sent", "completed", "failed", "returned"]


class Answer(NamedTuple):
    """What settlement said of one event of money; no reason: it counts. `receipt` explains it."""

    event: str
    receipt: int
    reason: str | None


class Line(NamedTuple):
    """What one transaction did to one account (debit positive), and what stood there after it."""

    transaction: int
    kind: str
    currency: str
    occurred_at: int
    program: int
    publisher: int
    conversion: int | None
    event: str | None
    rule: int | None
    corrects: int | None
    amount_micros: int
    balance_micros: int


class Sum(NamedTuple):
    """What was earned between two entries, by program, publisher and kind of transaction.

    On an advertiser's account it is the cost, commission and fee; `fee_micros` says the fee in it.
    """

    owner: str
    party: int
    currency: str
    program: int
    publisher: int
    kind: str
    transactions: int
    amount_micros: int
    fee_micros: int


class FundingRow(NamedTuple):
    """A movement of an advertiser's money. `id` is the number of its receipt."""

    id: int
    event: str
    advertiser: int | None
    currency: str
    amount_micros: int
    identity: str
    day: str
    words: str
    at: int
    status: FundingStatus
    transaction: int


class PaperRow(NamedTuple):
    """An issued paper. `id` is the number of its receipt; amounts of credits are negative.

    `settled_micros` is what deposits paid of it, `credited_micros` what credit notes took back of its net,
    `left_micros` what was earned through its entry and stays for the next paper.
    """

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
    def total_micros(self) -> int:
        """Net and tax."""
        return self.net_micros + self.tax_micros

    @property
    def open_micros(self) -> int:
        """What nobody paid yet; a self-billing paper is paid by payouts, and has nothing open."""
        return self.total_micros - self.settled_micros if self.owner == "advertiser" else 0


class PayoutRow(NamedTuple):
    """A payout. It pays all that was payable through an entry but `rest_micros`, less than a minor unit.

    `since`: through which entry the publisher's payout before it went. `transaction` sent it, `ended` is the
    transaction of the bank's answer.
    """

    number: int
    publisher: int
    currency: str
    since: int
    through: int
    amount_micros: int
    rest_micros: int
    status: PayoutStatus
    identity: str
    reason: str | None
    digest: str
    event: str
    at: int
    transaction: int
    ended: int | None
    receipt: int


class ExchangeRow(NamedTuple):
    """A party's money turned into another currency: two transactions, one in each."""

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


class Payable(NamedTuple):
    """What a payout through an entry must say: `whole_micros`, all that stands there in minor units.

    It is refused if less than that is payable now: something was taken back since, draft it anew.
    """

    publisher: int
    currency: str
    standing_micros: int
    now_micros: int
    whole_micros: int


class Unpapered(NamedTuple):
    """What a paper through an entry must say: `whole_micros`; negative, it is a credit note.

    `since` is the entry through which the paper before it counted, `left_micros` what that one left.
    """

    owner: str
    party: int
    currency: str
    since: int
    left_micros: int
    standing_micros: int
    whole_micros: int


class PaidCommission(NamedTuple):
    """A commission that a payout paid, as it became payable: what a refund took since is a line of its own.

    `number` is the order's (source `conversion`), or that of the transaction that earned it (`touches`,
    `bonus`). `released` is the transaction that made it payable; `receipt` says why.
    """

    source: str
    number: int
    program: int
    publisher: int
    currency: str
    commission_micros: int
    reference: str | None
    released: int
    receipt: int | None
