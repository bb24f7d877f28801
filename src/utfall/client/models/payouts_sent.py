"""What the operations of payouts take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from collections.abc import Sequence
from datetime import date

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.invoices import BankAccountScheme
from utfall.client.models.payouts_words import PayoutEnd, PayoutSchedule


class PayoutAccountSent(Struct, frozen=True, kw_only=True):
    """An account to be paid to."""

    holder: str
    scheme: BankAccountScheme
    number: str
    country: str
    bic: str | UnsetType = UNSET


class PayoutBatchSent(Struct, frozen=True, kw_only=True):
    """A batch that is wanted."""

    currency: str
    pay_on: date | UnsetType | None = UNSET
    """A banking day of the currency; left out: the first from today on."""
    publishers: Sequence[int] | UnsetType | None = UNSET
    """Left out: everybody due."""


class PayoutFileWaySent(Struct, frozen=True, kw_only=True):
    """How the file is handed out."""

    way: str | UnsetType = UNSET
    """Left out: "download"."""


class PayoutOutcomeSent(Struct, frozen=True, kw_only=True):
    """What became of a payout."""

    end: PayoutEnd
    why: str


class PayoutReleaseSent(Struct, frozen=True, kw_only=True):
    """A word to the second person."""

    why: str | UnsetType = UNSET


class PayoutWhySent(Struct, frozen=True, kw_only=True):
    """A reason."""

    why: str


class PayoutWishesSent(Struct, frozen=True, kw_only=True):
    """How often, and from which amount on."""

    schedule: PayoutSchedule
    minimum_micros: int
    currency: str
    into: str | UnsetType | None = UNSET
    """Everything in this currency; empty: each as it was earned; left out: as before."""


__all__ = [
    "PayoutAccountSent",
    "PayoutBatchSent",
    "PayoutFileWaySent",
    "PayoutOutcomeSent",
    "PayoutReleaseSent",
    "PayoutWhySent",
    "PayoutWishesSent",
]
