"""Accounts as people write them, and whether they can exist."""

from enum import StrEnum
from functools import lru_cache
from typing import Final

from msgspec import Struct
from stdnum import iban, luhn
from stdnum.exceptions import ValidationError
from stdnum.no import kontonr


class Scheme(StrEnum):
    """How an account is numbered."""

    IBAN = "iban"
    BBAN = "bban"
    BANKGIRO = "bankgiro"
    PLUSGIRO = "plusgiro"


class BankAccount(Struct, frozen=True, kw_only=True):
    """An account: its number without spaces, its country, and the bank's BIC where one is needed."""

    scheme: Scheme
    number: str
    country: str
    bic: str | None = None


_BIC: Final = (8, 11)


def bank_account(scheme: Scheme, number: str, country: str, bic: str | None = None) -> BankAccount:
    """An account from what somebody typed: spaces and dashes go, letters become capitals.

    >>> bank_account(Scheme.IBAN, "se45 5000 0000 0583 9825 7466", "SE").number
    'SE4550000000058398257466'
    """
    bare = "".join(one for one in number.upper() if one.isalnum())
    named = "".join((bic or "").upper().split()) or None
    return BankAccount(scheme=scheme, number=bare, country=country.upper(), bic=named)


def written(account: BankAccount) -> str:
    """An account's number as people write it: docs/algorithms/bank-files.md.

    >>> written(bank_account(Scheme.BANKGIRO, "58056201", "SE"))
    '5805-6201'
    """
    number = account.number
    match account.scheme, account.country:
        case Scheme.BANKGIRO, _:
            return f"{number[:-4]}-{number[-4:]}"
        case Scheme.PLUSGIRO, _:
            return f"{number[:-1]}-{number[-1:]}"
        case Scheme.BBAN, "NO":
            return kontonr.format(number)
        case Scheme.BBAN, "DK":
            return f"{number[:4]} {number[4:]}"
        case Scheme.IBAN, _:
            return iban.format(number)
    return number


@lru_cache(maxsize=1 << 14)  # everybody's account is looked at with every batch, and changes once in years
def account_problem(account: BankAccount) -> str | None:
    """The reason code of what is wrong with an account, None when it can exist.

    `iban`, `iban_country`, `account_number`, `bankgiro`, `bankgiro_country`, `plusgiro`, `plusgiro_country`,
    `bic`.
    """
    if account.bic is not None and not _is_bic(account.bic):
        return "bic"
    match account.scheme:
        case Scheme.IBAN:
            return _iban_problem(account)
        case Scheme.BANKGIRO:
            return _giro_problem(account, range(7, 9))
        case Scheme.PLUSGIRO:
            return _giro_problem(account, range(2, 9))
        case Scheme.BBAN:
            return _bban_problem(account)


def _is_bic(text: str) -> bool:
    """ISO 9362: four letters or figures, a country, two for the place, and maybe three for the branch."""
    return len(text) in _BIC and text.isascii() and text.isalnum() and text[4:6].isalpha()


def _iban_problem(account: BankAccount) -> str | None:
    try:
        iban.validate(account.number)
    except ValidationError:
        return "iban"
    return None if account.number[:2] == account.country else "iban_country"


def _giro_problem(account: BankAccount, lengths: range) -> str | None:
    """Swedish giro numbers end with a check digit by Luhn."""
    giro, number = account.scheme.value, account.number
    if account.country != "SE":
        return f"{giro}_country"
    fits = number.isascii() and number.isdecimal() and len(number) in lengths and luhn.is_valid(number)
    return None if fits else giro


def _bban_problem(account: BankAccount) -> str | None:
    """Norwegian numbers have a check digit; Danish and Swedish ones differ from bank to bank."""
    number = account.number
    if account.country == "NO":
        return None if kontonr.is_valid(number) else "account_number"
    lengths = {"DK": range(11, 15), "SE": range(8, 16)}.get(account.country, range(4, 31))
    return None if len(number) in lengths and number.isascii() else "account_number"
