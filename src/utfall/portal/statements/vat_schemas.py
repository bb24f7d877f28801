"""What the API says of VAT by period."""

from datetime import date
from typing import Any

from utfall.accounting import Place, Treatment
from utfall.portal.rest.facade import Field, Ppm, Schema, Strict
from utfall.portal.statements.vat_contracts import Counting, Trade, VatForm, VatView


class VatDaysWanted(Strict):
    """Which days, a year at most, and how papers count on them."""

    first: date
    last: date
    by: Counting = Field(
        Counting.BOOKED,
        description="`booked`: the day on which the book booked a paper, as in the accountant's file. "
        "`supplied`: the last day of what it is about; of a correction its day of issue.",
    )


class VatFileWanted(VatDaysWanted):
    """Which file of VAT; what narrows it holds for `papers`."""

    form: VatForm = VatForm.SUMS
    trade: Trade | None = None
    treatment: Treatment | None = None
    rate_ppm: int | None = Field(None, ge=0, le=1_000_000)
    place: Place | None = None
    currency: str = Field("", pattern="^([A-Z]{3})?$", description="ISO 4217.")
    own_currency: str = Field("", pattern="^([A-Z]{3})?$", description="In which the tax is said, too.")
    vat: str = Field("", max_length=20, description="The other party's VAT number.")


class VatLineAnswer(Schema):
    """Papers that are declared alike, in one currency; credit notes count below zero."""

    trade: Trade = Field(description="What the operator sold to advertisers, or bought from publishers.")
    treatment: Treatment
    rate_ppm: Ppm
    place: Place = Field(description="Where the other party is established, as the operator sees it.")
    currency: str
    papers: int
    net_micros: int
    tax_micros: int
    own_currency: str = Field(description="Of the seller's country; empty where no tax is charged.")
    own_micros: int = Field(description="The tax in that currency, as it stands on the papers.")


class SalesListLineAnswer(Schema):
    """What was sold to one VAT number under reverse charge, in one currency."""

    vat: str
    country: str
    name: str
    currency: str
    papers: int
    net_micros: int


class VatCheckAnswer(Schema):
    """VAT of all papers of one side in a currency, beside what the account of the chart moved."""

    trade: Trade
    currency: str
    account: str
    tax_micros: int
    booked_micros: int
    agrees: bool


class VatAnswer(Schema):
    """What is declared of some days: the base, not the declaration."""

    first: date
    last: date
    by: Counting
    lines: list[VatLineAnswer]
    sales_list: list[SalesListLineAnswer]
    checks: list[VatCheckAnswer] = Field(description="Of papers by the day they were booked alone.")
    is_over: bool = Field(description="Whether nothing more can come to these days.")


def vat_shown(view: VatView) -> dict[str, Any]:
    """VAT as the API says it."""
    wanted = view.wanted
    return {
        "first": wanted.first,
        "last": wanted.last,
        "by": wanted.by,
        "lines": list(view.lines),
        "sales_list": list(view.sales_list),
        "checks": list(view.checks),
        "is_over": view.is_over,
    }
