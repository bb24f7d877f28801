"""What crosses the border of the finance app. Amounts are micros of the currency that stands beside them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from utfall.portal.banking.contracts import PayIn
from utfall.portal.funding.contracts import SettlingView, Standing, TermsView
from utfall.portal.payouts.contracts import DueDay
from utfall.rates import Rate

BANDS: Final = (0, 30, 60, 90)
"""Ages end with these days after the due date; what is older is the last of five."""
WEEKS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivable:
    """What an advertiser has not paid, by age: not due, 1-30, 31-60, 61-90 days over, older."""

    advertiser: int
    name: str
    ages: tuple[int, int, int, int, int]

    @property
    def total_micros(self) -> int:
        """Of all ages."""
        return sum(self.ages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What stands on all accounts of a kind; debit positive."""

    owner: str
    bucket: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What the network earned in a month, `2026-11`."""

    month: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertiserFee:
    """What the network earned with an advertiser in a month. `advertiser`: 0 where the book names none."""

    month: str
    advertiser: int
    name: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthFees:
    """What the network earned in a month with each advertiser, the most first, through an entry."""

    currency: str
    month: str
    entry: int
    advertisers: tuple[AdvertiserFee, ...]

    @property
    def micros(self) -> int:
        """With all of them."""
        return sum(one.micros for one in self.advertisers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """What stood on an advertiser's accounts at the end of a past day."""

    advertiser: int
    name: str
    deposit_micros: int
    accrued_micros: int
    owed_micros: int
    receivable_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PayableThen:
    """What was payable to a publisher at the end of a past day; below zero the publisher owed it."""

    publisher: int
    name: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Unowned:
    """Money that had come, and nobody knew the owner of at the end of a past day, with what the bank said."""

    receipt: int
    day: date
    identity: str
    words: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A week of the forecast, from its Monday, and with what it ends."""

    starts: date
    in_micros: int
    out_micros: int
    ends_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """Cash to come. `begins_micros` stands in the bank now; `unscheduled_micros` is payable without a day,
    `stale_micros` is open for too long to count on.
    """

    begins_micros: int
    weeks: tuple[Week, ...]
    unscheduled_micros: int
    stale_micros: int

    @property
    def lowest(self) -> Week:
        """The week that ends with the least."""
        return min(self.weeks, key=lambda one: one.ends_micros)


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """Where an advertiser stands, with its name."""

    name: str
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """What stands on the exchange account of a currency, debit positive, and in the currency that was asked
    for. `rate`: None of that currency itself; `value_micros`: None where there is no rate.
    """

    currency: str
    micros: int
    rate: Rate | None
    value_micros: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the bank said last that stands on the account, at the end of a day."""

    on: date
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The house's money in a currency, as of an entry of the book that was settled at a time.

    `imbalance_micros` is the sum of all balances in every currency: zero, or the book is broken.
    `coming_as_of`: when what is payable by day was judged, where more was settled since; None: nothing was.
    `as_of`: the past day at whose end all of it stood, then `today` as well; `used`, `coming` and `forecast`
    are of now alone, `stood`, `payables` and `unowned` of a past day alone.
    """

    currency: str
    currencies: tuple[str, ...]
    entry: int
    at: datetime
    today: date
    imbalance_micros: int
    accounts: tuple[Account, ...]
    receivables: tuple[Receivable, ...]
    used: tuple[Used, ...]
    coming: tuple[DueDay, ...]
    coming_as_of: datetime | None
    fees: tuple[Fee, ...]
    advertiser_fees: tuple[AdvertiserFee, ...]
    forecast: Forecast | None
    said: Said | None
    positions: tuple[Position, ...] = ()
    as_of: date | None = None
    stood: tuple[Stood, ...] = ()
    payables: tuple[PayableThen, ...] = ()
    unowned: tuple[Unowned, ...] = ()

    def stands(self, owner: str, bucket: str) -> int:
        """What stands on all accounts of a kind; debit positive."""
        return next((one.micros for one in self.accounts if (one.owner, one.bucket) == (owner, bucket)), 0)

    @property
    def unexplained_micros(self) -> int | None:
        """What the bank has more than the book; None where no statement was imported."""
        return None if self.said is None else self.said.micros - self.stands("operator", "bank")

    @property
    def gained_micros(self) -> int | None:
        """What exchanges gained, or (below zero) lost; None where a rate is missing."""
        values = [one.value_micros for one in self.positions]
        known = [one for one in values if one is not None]
        return -sum(known) if len(known) == len(values) else None

    @property
    def lost_micros(self) -> int:
        """What exchanges lost; zero where they gained."""
        return max(-(self.gained_micros or 0), 0)

    @property
    def ages(self) -> tuple[int, ...]:
        """What is not paid by all advertisers, by age."""
        return tuple(sum(column) for column in zip(*(one.ages for one in self.receivables), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPaper:
    """An invoice that is not paid, or (below zero) a credit note that has not reached the deposit.

    `id`: of its page among the invoices, where it has one.
    """

    id: int | None
    name: str
    currency: str
    total_micros: int
    open_micros: int
    due: date | None
    days_over: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """An advertiser's own money: where it stands, what is open, how to pay in, and what comes next."""

    advertiser: int
    name: str
    entry: int
    standings: tuple[Standing, ...]
    papers: tuple[OpenPaper, ...]
    history: tuple[TermsView, ...]
    settlings: tuple[SettlingView, ...]
    pay_in: PayIn
