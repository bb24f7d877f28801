"""What the operations of funding answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class CreditState(Word):
    """How much an advertiser has left in a currency."""

    OPEN = "open"
    WELL = "well"
    LOW = "low"
    EXHAUSTED = "exhausted"


class PaymentWay(Word):
    """How an advertiser pays."""

    PREPAID = "prepaid"
    INVOICED = "invoiced"


class DepositSettlingState(Word):
    """How far a settling is."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class EarningsFundedState(Word):
    """Whether a publisher's commission is funded."""

    FUNDED = "funded"
    PARTLY = "partly"
    NOT_YET = "not_yet"


class PaymentTermsAnswer(Struct, frozen=True, kw_only=True):
    """Terms of an advertiser in a currency."""

    advertiser: int
    currency: str
    way: PaymentWay
    limit_micros: int | None
    """Null: without a limit."""
    days_to_pay: int
    since: datetime | None
    """Null: nothing was agreed, and this is what holds then."""
    why: str


class CreditStandingAnswer(Struct, frozen=True, kw_only=True):
    """Where an advertiser stands in a currency."""

    advertiser: int
    currency: str
    state: CreditState
    """How much is left; `low` from 90 % on, `open` without a limit."""
    deposit_micros: int
    accrued_micros: int
    """Pending orders."""
    owed_micros: int
    """Approved orders that are not invoiced."""
    receivable_micros: int
    """Invoices that are not paid."""
    used_micros: int
    """The three above."""
    means_micros: int | None
    """Deposit and limit; null: without a limit."""
    room_micros: int | None
    terms: PaymentTermsAnswer
    entry: int
    """The entry of the book up to which all of it counts."""


class DepositSettledAnswer(Struct, frozen=True, kw_only=True):
    """What was told to the book."""

    papers: int
    """How many papers are being settled."""


class DepositSettlingAnswer(Struct, frozen=True, kw_only=True):
    """What a deposit paid of a paper, or (below zero) got back by a credit note."""

    id: int
    advertiser: int
    paper: str
    currency: str
    micros: int
    state: DepositSettlingState
    code: str
    """Why the book refused it."""
    receipt: int | None
    at: datetime


class EarningsFundedAnswer(Struct, frozen=True, kw_only=True):
    """What a publisher waits for in a program, and how much of it the advertiser has funded, in tenths."""

    program: int
    currency: str
    status: str
    """`pending`, `approved` or `payable`."""
    micros: int
    funded_micros: int
    invoiced_micros: int
    """Not funded: on invoices that can still be paid in time."""
    overdue_micros: int
    """Not funded: on invoices that are over their due date."""
    later_micros: int
    """Not funded, and not invoiced yet."""
    state: EarningsFundedState
    says: str
    """The same in words, in the language that was asked for."""


class ListedDepositSettlingAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[DepositSettlingAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


__all__ = [
    "CreditStandingAnswer",
    "CreditState",
    "DepositSettledAnswer",
    "DepositSettlingAnswer",
    "DepositSettlingState",
    "EarningsFundedAnswer",
    "EarningsFundedState",
    "ListedDepositSettlingAnswer",
    "PaymentTermsAnswer",
    "PaymentWay",
]
