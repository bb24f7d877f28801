"""What the operations of invoices answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.models.people import OrganisationKind
from utfall.client.words import Word


class BankAccountScheme(Word):
    """How an account is numbered."""

    IBAN = "iban"
    BBAN = "bban"
    BANKGIRO = "bankgiro"
    PLUSGIRO = "plusgiro"


class HouseAccountAnswer(Struct, frozen=True, kw_only=True):
    """An account of the house."""

    currency: str
    scheme: BankAccountScheme
    number: str
    country: str
    bic: str | None
    payer_number: str


class ParticularsProblemAnswer(Struct, frozen=True, kw_only=True):
    """Something that is missing or wrong."""

    code: str
    sentence: str
    field: str


class ParticularsAnswer(Struct, frozen=True, kw_only=True):
    """Whom papers name, and what is missing."""

    kind: OrganisationKind
    number: int
    name: str
    country: str
    town: str
    street: str
    postcode: str
    registration: str
    vat: str
    email: str
    registered_as: str
    reference: str
    peppol: str
    problems: tuple[ParticularsProblemAnswer, ...]
    has_agreed: bool
    """Whether the self-billing agreement in force was accepted."""
    agreed_at: datetime | None


__all__ = [
    "BankAccountScheme",
    "HouseAccountAnswer",
    "ParticularsAnswer",
    "ParticularsProblemAnswer",
]
