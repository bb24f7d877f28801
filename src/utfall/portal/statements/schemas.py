"""What the API says of statements, accounting and income."""

from datetime import date
from typing import Any

from utfall.accounting import HEADS, Books, Chart, Quarter, Reporting
from utfall.portal.payouts.schemas import RateAnswer
from utfall.portal.rest.facade import Field, Moment, Number, Paging, Schema, Strict
from utfall.portal.statements.contracts import (
    Account,
    BooksForm,
    Form,
    IncomeView,
    LineView,
    Sort,
    StatementView,
)


class StatementWanted(Strict):
    """Which statement. Left out: your own, the first account, this month so far."""

    publisher: Number | None = Field(None, description="By the operator: of this publisher.")
    advertiser: Number | None = Field(None, description="By the operator or an agency: of this advertiser.")
    account: Account | None = None
    currency: str = Field("", pattern="^([A-Z]{3})?$", description="ISO 4217.")
    first: date | None = None
    last: date | None = None


class StatementLinesWanted(StatementWanted):
    """Which lines of a statement."""

    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class StatementFileWanted(StatementWanted):
    """Which file of a statement."""

    form: Form = Form.CSV


class PartyWanted(Strict):
    """Whose accounts."""

    publisher: Number | None = None
    advertiser: Number | None = None


class SpotAnswer(Schema):
    """An account in a currency."""

    account: Account
    currency: str
    micros: int


class SumAnswer(Schema):
    """What lines of one sort come to."""

    sort: Sort
    lines: int
    micros: int


class StatementAnswer(Schema):
    """What stood, what moved and what stands, through entries of the book."""

    publisher: int | None
    advertiser: int | None
    account: Account
    currency: str
    first: date
    last: date
    after: int = Field(description="The last entry of the book before the first day.")
    through: int = Field(description="The last entry of the last day.")
    opening_micros: int
    sums: list[SumAnswer]
    closing_micros: int
    book_micros: int = Field(description="What the balance in the book says stands at the end.")
    agrees: bool
    is_over: bool = Field(description="Whether nothing more can come to these days.")
    pending_micros: int = Field(description="A publisher's, now.")
    held_micros: int = Field(description="A publisher's, now.")
    sent_micros: int = Field(description="A publisher's, on its way to the bank now.")


class LineAnswer(Schema):
    """What one entry of the book did, what it is about, and what stood after it."""

    entry: int
    sort: Sort
    kind: str
    settled_at: Moment
    occurred_at: Moment
    program: int | None
    program_name: str
    order: int | None
    reference: str
    paper: str
    payout: int | None
    receipt: int | None
    micros: int
    balance_micros: int
    rate: RateAnswer | None = Field(None, description="Of an exchange: the rate at which it was made.")


class AccountSaid(Strict):
    """An account of the accountant's."""

    number: str = Field(pattern="^[1-8][0-9]{3}$", examples=["1510"])
    name: str = Field(min_length=1, max_length=60)


class AccountAnswer(Schema):
    """An account of the accountant's."""

    number: str
    name: str


class ChartSaid(Strict):
    """The chart; heads that are left out have the accounts of BAS."""

    accounts: dict[str, AccountSaid] = Field(description=f"By head: {', '.join(HEADS)}.")
    is_gross: bool = Field(True, description="Sales and commission in full; else the network's fee alone.")
    begins: int = Field(1, ge=1, le=12, description="The month in which the accounting year begins.")


class ChartAnswer(Schema):
    """The chart in force."""

    accounts: dict[str, AccountAnswer]
    is_gross: bool
    begins: int


class BooksWanted(Strict):
    """Which days, of one accounting year, and in which currency."""

    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217.")
    first: date
    last: date


class BooksFileSent(BooksWanted):
    """Which file for the accountant."""

    form: BooksForm = BooksForm.SIE


class TurnoverAnswer(Schema):
    """An account of the trial balance, in minor units; debit positive."""

    account: str
    name: str
    opening_minor: int
    debit_minor: int
    credit_minor: int
    closing_minor: int


class BookedAnswer(Schema):
    """An account in a verification, in minor units; debit positive."""

    account: str
    minor: int


class VerificationAnswer(Schema):
    """What happened of one sort on one day; its lines sum to zero."""

    number: int
    day: date
    happening: str
    lines: list[BookedAnswer]


class BooksAnswer(Schema):
    """The trial balance and the verifications of some days."""

    currency: str
    first: date
    last: date
    year_first: date
    year_last: date
    turnovers: list[TurnoverAnswer]
    verifications: list[VerificationAnswer]


class MadeFileAnswer(Schema):
    """A file."""

    name: str
    content: str = Field(description="Base64.")


class IncomeWanted(Paging):
    """Which year."""

    year: int = Field(ge=2000, le=9999)


class OwnIncomeWanted(Strict):
    """Which year, and whose: left out, your own."""

    year: int = Field(ge=2000, le=9999)
    publisher: Number | None = None


class YearSent(Strict):
    """A year."""

    year: int = Field(ge=2000, le=9999)


class QuarterAnswer(Schema):
    """What was credited in a quarter and currency. Nothing is withheld: fees are the advertiser's."""

    quarter: int
    currency: str
    consideration_micros: int
    activities: int
    tax_micros: int
    paid_micros: int
    fees_micros: int = 0


class IncomeAnswer(Schema):
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
    reporting: Reporting
    quarters: list[QuarterAnswer]


def statement_shown(view: StatementView) -> dict[str, Any]:
    """A statement as the API says it."""
    wanted = view.wanted
    party = {"publisher": None, "advertiser": None, wanted.kind.value: wanted.party}
    about = {name: getattr(wanted, name) for name in ("account", "currency", "first", "last")}
    told = {name: getattr(view, name) for name in StatementAnswer.model_fields if hasattr(view, name)}
    return {**told, **party, **about, "sums": list(view.sums)}


def line_shown(one: LineView) -> dict[str, Any]:
    """A line as the API says it."""
    return {name: getattr(one, name) for name in LineAnswer.model_fields}


def chart_shown(chart: Chart) -> dict[str, Any]:
    """A chart as the API says it."""
    accounts = {head: chart.accounts[head]._asdict() for head in HEADS}
    return {"accounts": accounts, "is_gross": chart.is_gross, "begins": chart.begins}


def books_shown(books: Books) -> dict[str, Any]:
    """Books as the API says them."""
    verifications = [
        {**one._asdict(), "lines": [line._asdict() for line in one.lines]} for one in books.verifications
    ]
    return {
        "currency": books.currency,
        "first": books.first,
        "last": books.last,
        "year_first": books.year.first,
        "year_last": books.year.last,
        "turnovers": [one._asdict() for one in books.turnovers()],
        "verifications": verifications,
    }


def income_shown(view: IncomeView) -> dict[str, Any]:
    """A publisher's year as the API says it."""
    told = {name: getattr(view, name) for name in IncomeAnswer.model_fields if name != "quarters"}
    return {**told, "quarters": [_quarter(one) for one in view.quarters]}


def _quarter(one: Quarter) -> dict[str, Any]:
    told = one._asdict()
    return {"quarter": told.pop("number"), **told}
