"""What the operations of invoices take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from msgspec import UNSET, Struct, UnsetType

from utfall.client.models.invoices import BankAccountScheme


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
    "ParticularsSent",
]
