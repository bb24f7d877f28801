"""What the operations of finance answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.models.funding import CreditStandingAnswer, DepositSettlingAnswer
from utfall.client.models.statements import RateAnswer


class AdvertiserOpenPaperAnswer(Struct, frozen=True, kw_only=True):
    """An invoice that is not paid; a credit note that has not reached the deposit is below zero."""

    id: int | None
    """Of `/invoices/{paper}`."""
    name: str
    currency: str
    total_micros: int
    open_micros: int
    due: date | None
    days_over: int


class AdvertiserMoneyAnswer(Struct, frozen=True, kw_only=True):
    """An advertiser's own money."""

    advertiser: int
    entry: int
    standings: tuple[CreditStandingAnswer, ...]
    papers: tuple[AdvertiserOpenPaperAnswer, ...]
    """In the order in which a deposit pays them."""
    settlings: tuple[DepositSettlingAnswer, ...]
    """The newest ten."""
    reference: str
    """What to write when paying in."""


class BankSaidAnswer(Struct, frozen=True, kw_only=True):
    """What the bank's newest statement says."""

    on: date
    micros: int


class CashForecastWeekAnswer(Struct, frozen=True, kw_only=True):
    """A week of the forecast."""

    starts: date
    in_micros: int
    out_micros: int
    ends_micros: int


class CashForecastAnswer(Struct, frozen=True, kw_only=True):
    """Cash to come, of what is certain, without tax."""

    begins_micros: int
    """In the bank, by the book."""
    weeks: tuple[CashForecastWeekAnswer, ...]
    unscheduled_micros: int
    """Payable, but something is missing: not in the weeks."""
    stale_micros: int
    """More than 90 days overdue: not in the weeks."""


class FinanceAccountAnswer(Struct, frozen=True, kw_only=True):
    """What stands on all accounts of a kind; debit positive."""

    owner: str
    bucket: str
    micros: int


class FinanceAdvertiserFeeAnswer(Struct, frozen=True, kw_only=True):
    """What the network earned with an advertiser."""

    advertiser: int
    """0: the book names none."""
    name: str
    micros: int


class FinanceComingAnswer(Struct, frozen=True, kw_only=True):
    """What is payable to publishers."""

    day: date | None
    """Null: something is missing before they can be paid."""
    publishers: int
    micros: int


class FinanceFeeAnswer(Struct, frozen=True, kw_only=True):
    """What the network earned in a month."""

    month: str
    micros: int


class FinanceFeesAnswer(Struct, frozen=True, kw_only=True):
    """What the network earned in a month with each advertiser, the most first."""

    currency: str
    month: str
    entry: int
    """The entry of the book up to which it counts."""
    micros: int
    """With all of them: the month's `fees` of `GET /finance`."""
    advertisers: tuple[FinanceAdvertiserFeeAnswer, ...]


class FinanceReceivableAnswer(Struct, frozen=True, kw_only=True):
    """What an advertiser has not paid."""

    advertiser: int
    name: str
    ages: tuple[int, ...]
    """Not due, 1-30, 31-60, 61-90 days over, older."""


class FinanceStoodAnswer(Struct, frozen=True, kw_only=True):
    """What stood on an advertiser's accounts."""

    advertiser: int
    name: str
    deposit_micros: int
    accrued_micros: int
    """Pending orders."""
    owed_micros: int
    """Approved, not invoiced."""
    receivable_micros: int
    """Invoices not paid."""


class FinancePayableThenAnswer(Struct, frozen=True, kw_only=True):
    """What was payable to a publisher."""

    publisher: int
    name: str
    micros: int
    """Below zero: the publisher owed it."""


class FinanceUnownedAnswer(Struct, frozen=True, kw_only=True):
    """Money that had come, and nobody knew the owner of."""

    receipt: int
    day: date
    identity: str
    """What the bank calls the movement."""
    words: str
    micros: int


class PositionAnswer(Struct, frozen=True, kw_only=True):
    """What stands on the exchange account of a currency; debit positive."""

    currency: str
    micros: int
    rate: RateAnswer | None
    """Null: it is the currency asked for, or has no rate."""
    value_micros: int | None
    """In the currency that was asked for; null: without a rate."""


class FinanceFiguresAnswer(Struct, frozen=True, kw_only=True):
    """The house's money in a currency."""

    currency: str
    currencies: tuple[str, ...]
    entry: int
    """The entry of the book up to which all of it counts."""
    at: datetime
    """When that was settled."""
    imbalance_micros: int
    """What all balances add up to: 0, or the book is broken."""
    accounts: tuple[FinanceAccountAnswer, ...]
    as_of: date | None
    """The past day at whose end all of it stood; null: now."""
    receivables: tuple[FinanceReceivableAnswer, ...]
    credit: tuple[CreditStandingAnswer, ...]
    """Of now alone; see `stood` of a past day."""
    coming: tuple[FinanceComingAnswer, ...]
    """Of now alone; see `payables` of a past day."""
    stood: tuple[FinanceStoodAnswer, ...]
    """Of a past day alone."""
    payables: tuple[FinancePayableThenAnswer, ...]
    """Of a past day alone."""
    unowned: tuple[FinanceUnownedAnswer, ...]
    """Of a past day alone."""
    coming_as_of: datetime | None
    """When `coming` was judged, where more was settled since; null: nothing was."""
    fees: tuple[FinanceFeeAnswer, ...]
    forecast: CashForecastAnswer | None
    """Null: of a past day."""
    said: BankSaidAnswer | None
    """Null: no statement was imported of that day or before."""
    positions: tuple[PositionAnswer, ...]
    """What was exchanged, at the rates of the day."""
    gained_micros: int | None
    """What exchanges gained or, below zero, lost at these rates; null: a rate is missing."""


__all__ = [
    "AdvertiserMoneyAnswer",
    "AdvertiserOpenPaperAnswer",
    "BankSaidAnswer",
    "CashForecastAnswer",
    "CashForecastWeekAnswer",
    "FinanceAccountAnswer",
    "FinanceAdvertiserFeeAnswer",
    "FinanceComingAnswer",
    "FinanceFeeAnswer",
    "FinanceFeesAnswer",
    "FinanceFiguresAnswer",
    "FinancePayableThenAnswer",
    "FinanceReceivableAnswer",
    "FinanceStoodAnswer",
    "FinanceUnownedAnswer",
    "PositionAnswer",
]
