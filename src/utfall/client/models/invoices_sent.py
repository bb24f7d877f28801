"""What the operations of invoices take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import date

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.invoices import BankAccountScheme, PaperSide


class HouseAccountSent(Struct, frozen=True, kw_only=True):
    """An account of the house."""

    currency: str
    """ISO 4217."""
    scheme: BankAccountScheme
    number: str
    country: str
    bic: str | UnsetType = UNSET
    payer_number: str | UnsetType = UNSET


class HouseCurrencySent(Struct, frozen=True, kw_only=True):
    """A currency."""

    currency: str
    """ISO 4217."""


class PaperCreditSent(Struct, frozen=True, kw_only=True):
    """A credit note over a paper."""

    why: str
    net_micros: int | UnsetType | None = UNSET
    """Left out: all that was not credited yet."""


class PaperRunSent(Struct, frozen=True, kw_only=True):
    """Papers that are wanted."""

    until: date
    """The last day, to its end in Swedish time."""
    since: date | UnsetType | None = UNSET
    """The first day for parties without papers; left out, the month's."""
    side: PaperSide | UnsetType = UNSET
    """Left out: "both"."""
    party: int | UnsetType | None = UNSET
    """Of one party; then `side` says which kind."""
    currency: str | UnsetType = UNSET
    """Left out: every currency."""


class ParticularsSent(Struct, frozen=True, kw_only=True):
    """Whom papers name."""

    name: str
    country: str
    """ISO 3166."""
    town: str | UnsetType = UNSET
    street: str | UnsetType = UNSET
    postcode: str | UnsetType = UNSET
    registration: str | UnsetType = UNSET
    vat: str | UnsetType = UNSET
    """With its country; empty: not registered."""
    email: str | UnsetType = UNSET
    registered_as: str | UnsetType = UNSET
    reference: str | UnsetType = UNSET
    peppol: str | UnsetType = UNSET
    """Scheme and number: 0088:7300010000001."""


__all__ = [
    "HouseAccountSent",
    "HouseCurrencySent",
    "PaperCreditSent",
    "PaperRunSent",
    "ParticularsSent",
]
