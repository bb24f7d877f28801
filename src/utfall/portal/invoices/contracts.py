"""What crosses the border of the invoices app."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from utfall.bank import BankAccount
from utfall.portal.access import Kind, Problem

AGREEMENT: Final = "2026-1"
"""The version of the self-billing agreement that publishers are asked to accept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Particulars as somebody fills them in. `peppol`: an electronic address, `0088:7300010000001`."""

    name: str
    country: str
    town: str = ""
    street: str = ""
    postcode: str = ""
    registration: str = ""
    vat: str = ""
    email: str = ""
    registered_as: str = ""
    reference: str = ""
    peppol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticularsView:
    """Whom papers name, what is missing, and what was agreed; `number` is 0 for the operator."""

    kind: Kind
    number: int
    draft: Draft
    problems: tuple[Problem, ...]
    agreed_version: str = ""
    agreed_at: datetime | None = None
    agreed_by: str = ""
    changed_at: datetime | None = None

    @property
    def is_complete(self) -> bool:
        """Whether a paper can name them."""
        return not self.problems

    @property
    def has_agreed(self) -> bool:
        """Whether the self-billing agreement in force was accepted."""
        return self.agreed_version == AGREEMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseAccount:
    """An account of the operator's in one currency: from it publishers are paid, to it advertisers pay in."""

    currency: str
    account: BankAccount
    payer_number: str = ""
    """How the bank knows the operator, where it asks for that in files."""
