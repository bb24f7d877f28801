"""What the operations of statements take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Mapping
from datetime import date

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.statements import BooksFileForm


class BooksFileSent(Struct, frozen=True, kw_only=True):
    """Which file for the accountant."""

    currency: str
    """ISO 4217."""
    first: date
    last: date
    form: BooksFileForm | UnsetType = UNSET
    """Left out: "sie"."""


class ChartAccountSaid(Struct, frozen=True, kw_only=True):
    """An account of the accountant's."""

    number: str
    name: str


class ChartSaid(Struct, frozen=True, kw_only=True):
    """The chart; heads that are left out have the accounts of BAS."""

    accounts: Mapping[str, ChartAccountSaid]
    """By head: owed, receivable, deposit, approved, payable, transfer, bank, suspense, vat_out, vat_in,
    exchange, sales, commission, rounding, earlier.
    """
    is_gross: bool | UnsetType = UNSET
    """Sales and commission in full; else the network's fee alone. Left out: True."""
    begins: int | UnsetType = UNSET
    """The month in which the accounting year begins. Left out: 1."""


class IncomeYearSent(Struct, frozen=True, kw_only=True):
    """A year."""

    year: int


__all__ = [
    "BooksFileSent",
    "ChartAccountSaid",
    "ChartSaid",
    "IncomeYearSent",
]
