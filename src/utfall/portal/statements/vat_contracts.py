"""What crosses the border of the statements app about VAT. Amounts are micros, below zero where credit notes
take back more than was issued (docs/algorithms/vat-by-period.md).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from utfall.accounting import Place, Treatment


class Trade(StrEnum):
    """Which papers: what the operator sold to advertisers, or bought from publishers."""

    SOLD = "sold"
    BOUGHT = "bought"


class Counting(StrEnum):
    """On which day a paper counts: when the book booked it, or when what it is about was supplied."""

    BOOKED = "booked"
    SUPPLIED = "supplied"


class VatForm(StrEnum):
    """A file of VAT: its lines, the sales list, or every paper."""

    SUMS = "sums"
    SALES_LIST = "sales_list"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True, kw_only=True)
class VatWanted:
    """Which days, both included, and how papers count on them."""

    first: date
    last: date
    by: Counting = Counting.BOOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class VatNarrowed:
    """Which papers of the days; None and an empty text: all."""

    trade: Trade | None = None
    treatment: Treatment | None = None
    rate_ppm: int | None = None
    place: Place | None = None
    currency: str = ""
    own_currency: str = ""
    vat: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VatLine:
    """Papers that are declared alike, in one currency. `own_micros` is their VAT as it stands on them in the
    currency of the seller's country; no currency where none is charged.
    """

    trade: Trade
    treatment: Treatment
    rate_ppm: int
    place: Place
    currency: str
    papers: int
    net_micros: int
    tax_micros: int
    own_currency: str
    own_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesListLine:
    """What was sold to a VAT number under reverse charge, in one currency; the name is the latest paper's."""

    vat: str
    country: str
    name: str
    currency: str
    papers: int
    net_micros: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VatCheck:
    """VAT of all papers of one side in a currency, beside what the account of the chart moved."""

    trade: Trade
    currency: str
    account: str
    tax_micros: int
    booked_micros: int

    @property
    def agrees(self) -> bool:
        """Whether papers and account say the same."""
        return self.tax_micros == self.booked_micros


@dataclass(frozen=True, slots=True, kw_only=True)
class VatView:
    """VAT of some days. `checks` are of papers by the day they were booked alone; `is_over`: nothing more can
    come to these days.
    """

    wanted: VatWanted
    lines: tuple[VatLine, ...]
    sales_list: tuple[SalesListLine, ...]
    checks: tuple[VatCheck, ...]
    is_over: bool

    @property
    def trades(self) -> list[tuple[Trade, list[VatLine]]]:
        """The lines of either side."""
        return [(trade, list(some)) for trade, some in groupby(self.lines, lambda one: one.trade)]

    @property
    def agrees(self) -> bool:
        """Whether papers and accounts say the same of every currency."""
        return all(one.agrees for one in self.checks)

    @property
    def is_unknown(self) -> bool:
        """Whether the treatment of some papers is not known."""
        return any(one.treatment is Treatment.UNKNOWN for one in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class VatPaperView:
    """A paper as it counts. `supplied_on`: the last day of its period, of a correction its day of issue."""

    name: str
    kind: str
    trade: Trade
    treatment: Treatment
    rate_ppm: int
    place: Place
    party: int
    company: str
    country: str
    vat: str
    issued_on: date
    supplied_on: date
    currency: str
    net_micros: int
    tax_micros: int
    own_currency: str
    own_micros: int
    corrects: str
    receipt: int
