"""A paper and what stands on it. Amounts are whole minor units (öre, cents) of the paper's currency."""

from datetime import date
from enum import StrEnum

from msgspec import Struct

from utfall.rates import Rate


class Kind(StrEnum):
    """What a paper is; the value is its type in UNCL1001."""

    INVOICE = "380"
    CREDIT_NOTE = "381"
    SELF_BILLING = "389"
    SELF_BILLING_CREDIT = "261"

    @property
    def is_credit(self) -> bool:
        """Whether it takes back what another paper said."""
        return self in (Kind.CREDIT_NOTE, Kind.SELF_BILLING_CREDIT)

    @property
    def is_self_billing(self) -> bool:
        """Whether the customer wrote it in the seller's name."""
        return self in (Kind.SELF_BILLING, Kind.SELF_BILLING_CREDIT)


class Party(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A seller or customer as it was when the paper was issued.

    `known_as` is how the network numbers it. `number` is the register's (organisasjonsnummer, CVR,
    Y-tunnus), `vat` the VAT number with its country, empty for who is not registered. `registered_as` is
    what its country's law wants on what it sells (*Godkänd för F-skatt*, *Foretaksregisteret*). `reference`
    is what a customer wants to see on what it gets. `peppol` is an electronic address with its scheme,
    `0088:7300010000001`, where the number is not it.
    """

    name: str
    country: str
    known_as: str
    town: str = ""
    street: str = ""
    postcode: str = ""
    number: str = ""
    vat: str = ""
    email: str = ""
    registered_as: str = ""
    reference: str = ""
    peppol: str = ""


class Untaxed(StrEnum):
    """Why a paper charges no tax."""

    NOT_REGISTERED = "not_registered"
    REVERSE_CHARGE = "reverse_charge"
    ABROAD = "abroad"
    EXPORT = "export"


class Tax(Struct, frozen=True, kw_only=True):
    """The tax of a paper: its UNCL5305 category, rate in parts per million, and why where none is charged."""

    category: str
    rate_ppm: int = 0
    untaxed: Untaxed | None = None


class Line(Struct, frozen=True, kw_only=True):
    """What was sold, and for how much without tax; negative where it goes against its paper."""

    words: str
    minor: int


class Payment(Struct, frozen=True, kw_only=True):
    """Where the seller is paid, and under which reference. `written` is the account as people write it, empty
    on papers that were frozen before it was kept.
    """

    account: str
    bic: str = ""
    is_iban: bool = True
    reference: str = ""
    written: str = ""


class Paper(Struct, frozen=True, kw_only=True):
    """One paper, complete. `corrects` is the number and day of what a credit note takes back; `own_rate` is
    the rate by which its tax is said in the currency of the seller's country, where the paper is in another.
    """

    kind: Kind
    number: str
    issued_on: date
    period: tuple[date, date]
    currency: str
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    tax: Tax
    due_on: date | None = None
    payment: Payment | None = None
    corrects: tuple[str, date] | None = None
    note: str = ""
    own_rate: Rate | None = None
