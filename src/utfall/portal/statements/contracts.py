"""What crosses the border of the statements app. Amounts are micros in the sign of their account: positive is
what the account is for (docs/algorithms/statements.md).
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from utfall.accounting import Quarter, Reporting
from utfall.portal.access import Kind
from utfall.rates import Rate


class Account(StrEnum):
    """An account that has statements."""

    PAYABLE = "payable"
    OWED = "owed"
    RECEIVABLE = "receivable"
    DEPOSIT = "deposit"

    @property
    def sign(self) -> int:
        """What a debit of the book is here."""
        return 1 if self in (Account.OWED, Account.RECEIVABLE) else -1


class Sort(StrEnum):
    """What happened, as lines are summed."""

    EARNED = "earned"
    REFUNDS = "refunds"
    TAX = "tax"
    PAPERS = "papers"
    PAID = "paid"
    PAID_IN = "paid_in"
    SETTLED = "settled"
    EXCHANGED = "exchanged"


class Form(StrEnum):
    """A file of a statement."""

    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


class BooksForm(StrEnum):
    """A file for the accountant."""

    SIE = "sie"
    CSV = "csv"


class File(NamedTuple):
    """A file that is made whole."""

    name: str
    kind: str
    content: bytes


class Spot(NamedTuple):
    """An account with a currency that a party has, and what stands there now."""

    account: Account
    currency: str
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which statement: of whom, which account and currency, and the days, both included."""

    kind: Kind
    party: int
    party_name: str
    account: Account
    currency: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SortSum:
    """What lines of one sort come to."""

    sort: Sort
    lines: int
    micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """A statement: what stood, what moved, and what stands, through entries of the book.

    `book_micros` is what the account's balance says stands at the end; `is_over`: nothing more can come.
    `pending_micros`, `held_micros` and `sent_micros` are a publisher's, as they stand now.
    """

    wanted: Wanted
    after: int
    through: int
    opening_micros: int
    sums: tuple[SortSum, ...]
    closing_micros: int
    book_micros: int
    is_over: bool
    pending_micros: int = 0
    held_micros: int = 0
    sent_micros: int = 0

    @property
    def agrees(self) -> bool:
        """Whether lines and balance come to the same."""
        return self.closing_micros == self.book_micros

    @property
    def moved_micros(self) -> int:
        """What all lines come to."""
        return self.closing_micros - self.opening_micros

    @property
    def waiting_micros(self) -> int:
        """What is earned and may still be declined, or is on hold."""
        return self.pending_micros + self.held_micros

    @property
    def entries(self) -> str:
        """The first and the last entry of these days; a dash where there is none."""
        return f"{self.after + 1}–{self.through}" if self.through > self.after else "–"

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return sum(one.lines for one in self.sums)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line: what one entry of the book did, what it is about, and what stood after it."""

    entry: int
    sort: Sort
    kind: str
    settled_at: datetime
    occurred_at: datetime
    program: int | None
    program_name: str
    order: int | None
    reference: str
    paper: str
    payout: int | None
    receipt: int | None
    micros: int
    balance_micros: int
    rate: Rate | None = None
    """At which an exchange was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomeView:
    """What a publisher was credited in a year, by currency and quarter, and how a report identifies it."""

    publisher: int
    publisher_name: str
    company: str
    street: str
    postcode: str
    town: str
    country: str
    registration: str
    vat: str
    reporting: Reporting
    quarters: tuple[Quarter, ...]

    @property
    def totals(self) -> tuple[Quarter, ...]:
        """The year, by currency: quarter 0."""
        told: dict[str, Quarter] = {}
        for one in self.quarters:
            so_far = told.get(one.currency, Quarter(0, one.currency))
            told[one.currency] = Quarter(
                0,
                one.currency,
                so_far.consideration_micros + one.consideration_micros,
                so_far.activities + one.activities,
                so_far.tax_micros + one.tax_micros,
                so_far.paid_micros + one.paid_micros,
            )
        return tuple(told.values())
