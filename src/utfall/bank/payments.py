"""Payments of one file: who pays whom how much, and what a bank would refuse about it."""

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from utfall.bank.accounts import BankAccount, Scheme, account_problem
from utfall.money import minor_digits, minor_micros

Way = Literal["sepa", "domestic", "abroad"]
_REACHED: Final = (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL "
    "PT RO RS SE SI SK SM VA"
)
SEPA_COUNTRIES: Final = frozenset(_REACHED.split())
"""EPC409-09: countries whose banks can be reached by SEPA."""

_HOME: Final = {"SEK": "SE", "NOK": "NO", "DKK": "DK"}
_NAME_LENGTH: Final = 35
LARGEST_MICROS: Final = 999_999_999_990_000
"""EPC: an amount is at most 999,999,999.99."""


class Address(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A postal address; town and country are what cross-border payments demand."""

    town: str
    country: str
    street: str = ""
    postcode: str = ""


class Payer(Struct, frozen=True, kw_only=True):
    """Whose account is debited. `number` is the organisation's own with its bank or register."""

    name: str
    address: Address
    account: BankAccount
    number: str = ""


class Payee(Struct, frozen=True, kw_only=True):
    """Who is paid, and where."""

    name: str
    address: Address
    account: BankAccount


class Payment(Struct, frozen=True, kw_only=True):
    """One credit transfer. `name` is its own, at most 35 letters and figures: the bank answers by it."""

    name: str
    payee: Payee
    micros: int
    currency: str
    text: str = ""
    reference: str = ""


class PaymentFile(Struct, frozen=True, kw_only=True):
    """A batch as one file: `name` is the message's own, `made_at` in UTC, `pay_on` when the bank pays."""

    name: str
    payer: Payer
    made_at: datetime
    pay_on: date
    payments: tuple[Payment, ...]


def way_of(payment: Payment, payer: Payer) -> Way:
    """How a payment travels: by SEPA, within a Nordic country, or otherwise."""
    country = payment.payee.account.country
    if (
        payment.currency == "EUR"
        and country in SEPA_COUNTRIES
        and payment.payee.account.scheme is Scheme.IBAN
    ):
        return "sepa"
    if _HOME.get(payment.currency) == country == payer.account.country:
        return "domestic"
    return "abroad"


def payment_problems(payment: Payment, payer: Payer) -> list[str]:
    """The reason codes of everything a bank would refuse; an empty list means it can be sent.

    `name`, `amount`, `minor_unit`, `too_large`, `payee_name`, `address`, `bic_needed`, and those of an
    account.
    """
    found = [code for code in (_name_problem(payment.name), _amount_problem(payment)) if code]
    payee, way = payment.payee, way_of(payment, payer)
    if not payee.name.strip():
        found.append("payee_name")
    if way != "domestic" and not (payee.address.town.strip() and len(payee.address.country) == 2):
        found.append("address")
    account = account_problem(payee.account)
    if account:
        found.append(account)
    elif way == "abroad" and payee.account.bic is None:
        found.append("bic_needed")
    return found


def _name_problem(name: str) -> str | None:
    fits = 0 < len(name) <= _NAME_LENGTH and name.isascii() and name.replace("-", "").isalnum()
    return None if fits else "name"


def _amount_problem(payment: Payment) -> str | None:
    if minor_digits(payment.currency) is None or payment.micros <= 0:
        return "amount"
    if payment.micros % minor_micros(payment.currency):
        return "minor_unit"
    return "too_large" if payment.micros > LARGEST_MICROS else None
