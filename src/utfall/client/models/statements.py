"""What the operations of statements answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date, datetime

from msgspec import Struct

from utfall.client.words import Word


class BooksFileForm(Word):
    """A file for the accountant."""

    SIE = "sie"
    CSV = "csv"


class IncomeReporting(Word):
    """Whether a seller is reported."""

    REPORTED = "reported"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class StatementLineSort(Word):
    """What happened, as lines are summed."""

    EARNED = "earned"
    REFUNDS = "refunds"
    TAX = "tax"
    PAPERS = "papers"
    PAID = "paid"
    PAID_IN = "paid_in"
    SETTLED = "settled"
    EXCHANGED = "exchanged"


class StatementAccount(Word):
    """An account that has statements."""

    PAYABLE = "payable"
    OWED = "owed"
    RECEIVABLE = "receivable"
    DEPOSIT = "deposit"


class VatCounting(Word):
    """On which day a paper counts: when the book booked it, or when what it is about was supplied."""

    BOOKED = "booked"
    SUPPLIED = "supplied"


class VatTrade(Word):
    """Which papers: what the operator sold to advertisers, or bought from publishers."""

    SOLD = "sold"
    BOUGHT = "bought"


class VatTreatment(Word):
    """How a paper is taxed; all but the first charge no tax. `unknown`: what was frozen is not there."""

    DOMESTIC = "domestic"
    REVERSE_CHARGE = "reverse_charge"
    ABROAD = "abroad"
    EXPORT = "export"
    NOT_REGISTERED = "not_registered"
    UNKNOWN = "unknown"


class VatPlace(Word):
    """Where the other party is established, as the operator sees it."""

    HOME = "home"
    UNION = "union"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class TurnoverAnswer(Struct, frozen=True, kw_only=True):
    """An account of the trial balance, in minor units; debit positive."""

    account: str
    name: str
    opening_minor: int
    debit_minor: int
    credit_minor: int
    closing_minor: int


class VerificationLineAnswer(Struct, frozen=True, kw_only=True):
    """An account in a verification, in minor units; debit positive."""

    account: str
    minor: int


class VerificationAnswer(Struct, frozen=True, kw_only=True):
    """What happened of one sort on one day; its lines sum to zero."""

    number: int
    day: date
    happening: str
    lines: tuple[VerificationLineAnswer, ...]


class BooksAnswer(Struct, frozen=True, kw_only=True):
    """The trial balance and the verifications of some days."""

    currency: str
    first: date
    last: date
    year_first: date
    year_last: date
    turnovers: tuple[TurnoverAnswer, ...]
    verifications: tuple[VerificationAnswer, ...]


class ChartAccountAnswer(Struct, frozen=True, kw_only=True):
    """An account of the accountant's."""

    number: str
    name: str


class ChartAnswer(Struct, frozen=True, kw_only=True):
    """The chart in force."""

    accounts: dict[str, ChartAccountAnswer]
    is_gross: bool
    begins: int


class IncomeQuarterAnswer(Struct, frozen=True, kw_only=True):
    """What was credited in a quarter and currency. Nothing is withheld: fees are the advertiser's."""

    quarter: int
    currency: str
    consideration_micros: int
    activities: int
    tax_micros: int
    paid_micros: int
    fees_micros: int = 0


class IncomeAnswer(Struct, frozen=True, kw_only=True):
    """A publisher's year, and how a report identifies it."""

    publisher: int
    publisher_name: str
    company: str
    street: str
    postcode: str
    town: str
    country: str
    registration: str
    vat: str
    reporting: IncomeReporting
    quarters: tuple[IncomeQuarterAnswer, ...]


class ListedIncomeAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[IncomeAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class RateAnswer(Struct, frozen=True, kw_only=True):
    """A rate: millionths of both currencies' units for one euro, of a day, from a source."""

    source: str
    day: date
    currency: str
    into: str
    currency_micros: int
    into_micros: int


class StatementLineAnswer(Struct, frozen=True, kw_only=True):
    """What one entry of the book did, what it is about, and what stood after it."""

    entry: int
    sort: StatementLineSort
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
    rate: RateAnswer | None = None
    """Of an exchange: the rate at which it was made."""


class ListedStatementLineAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[StatementLineAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class MadeFileAnswer(Struct, frozen=True, kw_only=True):
    """A file."""

    name: str
    content: str
    """Base64."""


class SalesListLineAnswer(Struct, frozen=True, kw_only=True):
    """What was sold to one VAT number under reverse charge, in one currency."""

    vat: str
    country: str
    name: str
    currency: str
    papers: int
    net_micros: int


class StatementAccountAnswer(Struct, frozen=True, kw_only=True):
    """An account in a currency."""

    account: StatementAccount
    currency: str
    micros: int


class StatementSumAnswer(Struct, frozen=True, kw_only=True):
    """What lines of one sort come to."""

    sort: StatementLineSort
    lines: int
    micros: int


class StatementAnswer(Struct, frozen=True, kw_only=True):
    """What stood, what moved and what stands, through entries of the book."""

    publisher: int | None
    advertiser: int | None
    account: StatementAccount
    currency: str
    first: date
    last: date
    after: int
    """The last entry of the book before the first day."""
    through: int
    """The last entry of the last day."""
    opening_micros: int
    sums: tuple[StatementSumAnswer, ...]
    closing_micros: int
    book_micros: int
    """What the balance in the book says stands at the end."""
    agrees: bool
    is_over: bool
    """Whether nothing more can come to these days."""
    pending_micros: int
    """A publisher's, now."""
    held_micros: int
    """A publisher's, now."""
    sent_micros: int
    """A publisher's, on its way to the bank now."""


class VatLineAnswer(Struct, frozen=True, kw_only=True):
    """Papers that are declared alike, in one currency; credit notes count below zero."""

    trade: VatTrade
    """What the operator sold to advertisers, or bought from publishers."""
    treatment: VatTreatment
    rate_ppm: int
    place: VatPlace
    currency: str
    papers: int
    net_micros: int
    tax_micros: int
    own_currency: str
    """Of the seller's country; empty where no tax is charged."""
    own_micros: int
    """The tax in that currency, as it stands on the papers."""


class VatCheckAnswer(Struct, frozen=True, kw_only=True):
    """VAT of all papers of one side in a currency, beside what the account of the chart moved."""

    trade: VatTrade
    currency: str
    account: str
    tax_micros: int
    booked_micros: int
    agrees: bool


class VatAnswer(Struct, frozen=True, kw_only=True):
    """What is declared of some days: the base, not the declaration."""

    first: date
    last: date
    by: VatCounting
    lines: tuple[VatLineAnswer, ...]
    sales_list: tuple[SalesListLineAnswer, ...]
    checks: tuple[VatCheckAnswer, ...]
    """Of papers by the day they were booked alone."""
    is_over: bool
    """Whether nothing more can come to these days."""


__all__ = [
    "BooksAnswer",
    "BooksFileForm",
    "ChartAccountAnswer",
    "ChartAnswer",
    "IncomeAnswer",
    "IncomeQuarterAnswer",
    "IncomeReporting",
    "ListedIncomeAnswer",
    "ListedStatementLineAnswer",
    "MadeFileAnswer",
    "RateAnswer",
    "SalesListLineAnswer",
    "StatementAccount",
    "StatementAccountAnswer",
    "StatementAnswer",
    "StatementLineAnswer",
    "StatementLineSort",
    "StatementSumAnswer",
    "TurnoverAnswer",
    "VatAnswer",
    "VatCheckAnswer",
    "VatCounting",
    "VatLineAnswer",
    "VatPlace",
    "VatTrade",
    "VatTreatment",
    "VerificationAnswer",
    "VerificationLineAnswer",
]
