"""The chart: which account of the accountant's each place of the book has."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from msgspec import Struct

NAME_CHARS: Final = 60


class Account(NamedTuple):
    """An account of the accountant's: four digits, the first of which is its class."""

    number: str
    name: str

    @property
    def is_result(self) -> bool:
        """Whether it begins each year at zero."""
        return is_result(self.number)


class ChartProblem(NamedTuple):
    """What is wrong with a chart: `number`, `class`, `name` or `shared`, and the head it is about."""

    code: str
    head: str


BAS: Final[Mapping[str, Account]] = {
    "owed": Account("1620", "Upparbetad men ej fakturerad intäkt"),
    "receivable": Account("1510", "Kundfordringar"),
    "deposit": Account("2420", "Förskott från kunder"),
    "approved": Account("2990", "Upplupna kostnader"),
    "payable": Account("2440", "Leverantörsskulder"),
    "transfer": Account("2490", "Utbetalningar på väg"),
    "bank": Account("1930", "Företagskonto"),
    "suspense": Account("2999", "OBS-konto"),
    "vat_out": Account("2611", "Utgående moms"),
    "vat_in": Account("2641", "Debiterad ingående moms"),
    "exchange": Account("1689", "Avräkning valutaväxling"),
    "sales": Account("3040", "Försäljning av tjänster"),
    "commission": Account("4600", "Provision till publicister"),
    "rounding": Account("3740", "Öres- och kronutjämning"),
    "earlier": Account("2098", "Vinst eller förlust från föregående år"),
}
"""What each head is called in BAS: the book's buckets, and what the book has no place for."""

HEADS: Final = tuple(BAS)
UNBOOKED: Final = frozenset({"accrued", "pending", "fee_pending"})
"""What may still be declined."""
RESULTS: Final = frozenset({"sales", "commission", "rounding"})


class Chart(Struct, frozen=True, kw_only=True):
    """Accounts by head; whether sales and commission are booked gross; the month in which years begin."""

    accounts: Mapping[str, Account]
    is_gross: bool = True
    begins: int = 1


def is_result(number: str) -> bool:
    """Whether an account begins each year at zero: classes 3 to 8."""
    return number[:1] >= "3"


def chart_problems(chart: Chart) -> Iterator[ChartProblem]:
    """Everything that keeps a chart from being used."""
    for head in HEADS:
        number, name = chart.accounts[head]
        if not (len(number) == 4 and number.isascii() and number.isdecimal() and "1" <= number[0] <= "8"):
            yield ChartProblem("number", head)
        elif is_result(number) is not (head in RESULTS):
            yield ChartProblem("class", head)
        if not 1 <= len(name) <= NAME_CHARS or not name.isprintable():
            yield ChartProblem("name", head)
    others = {chart.accounts[head].number for head in HEADS if head != "earlier"}
    if chart.accounts["earlier"].number in others:
        yield ChartProblem("shared", "earlier")
