"""SIE 4 (type 4E of SIE-Gruppen's format, version 4B): docs/algorithms/accounting.md, *SIE 4*."""

import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from utfall.accounting.books import Books, Verification
from utfall.accounting.chart import is_result
from utfall.money import minor_digits

SERIES: Final = "U"
ENCODING: Final = "cp437"
_END: Final = "\r\n"
_KINDS: Final = {"1": "T", "2": "S", "3": "I"}
"""Assets, debts, income; every other class is a cost."""
_LACKED: Final = str.maketrans(
    {"Ø": "O", "ø": "o", "–": "-", "—": "-", "’": "'", "”": '"', "“": '"', "€": "EUR"}
)
"""Letters that code page 437 lacks and Unicode does not take apart."""
WORDS: Final = {
    "earned": "Intjänat och återtaget",
    "paper": "Fakturor och självfakturor",
    "funding": "Insättningar",
    "matching": "Insättningar som fick sin ägare",
    "settling": "Fakturor betalda ur depositioner",
    "payout": "Utbetalningar",
    "payout_result": "Bankens besked om utbetalningar",
    "exchange": "Växling",
}
"""What a verification is about; the format is Swedish, and so are its words."""


class Company(Struct, frozen=True, kw_only=True):
    """Whose books they are: the registered name, and the register's number (`556036-0793`)."""

    name: str
    number: str = ""


def write_sie(company: Company, books: Books) -> bytes:
    """The books as one file, the same bytes each time."""
    assert books.currency, "a file names its currency"
    lines = [*_head(company, books), *_accounts(books), *_balances(books)]
    for one in books.verifications:
        lines += _verification(one, minor_digits(books.currency) or 0)
    return "".join(f"{line}{_END}" for line in lines).encode(ENCODING)


def _head(company: Company, books: Books) -> Iterator[str]:
    yield "#FLAGGA 0"
    yield '#PROGRAM "Utfall" 1.0'
    yield "#FORMAT PC8"
    yield f"#GEN {_day(books.last + timedelta(days=1))}"
    yield "#SIETYP 4"
    if company.number:
        yield f"#ORGNR {_number(company.number)}"
    yield f"#FNAMN {quoted(company.name)}"
    yield f"#RAR 0 {_day(books.year.first)} {_day(books.year.last)}"
    yield f"#OMFATTN {_day(books.last)}"
    yield "#KPTYP EUBAS97"
    yield f"#VALUTA {books.currency}"


def _accounts(books: Books) -> Iterator[str]:
    for number, name in books.names().items():
        yield f"#KONTO {number} {quoted(name)}"
        yield f"#KTYP {number} {_KINDS.get(number[0], 'K')}"


def _balances(books: Books) -> Iterator[str]:
    numbers = list(books.names())
    digits = minor_digits(books.currency) or 0
    standing = [number for number in numbers if not is_result(number)]
    for mark, told in (("IB", books.opening), ("UB", books.closing)):
        yield from (f"#{mark} 0 {number} {amount(told.get(number, 0), digits)}" for number in standing)
    for number in numbers:
        if is_result(number):
            yield f"#RES 0 {number} {amount(books.closing.get(number, 0), digits)}"


def _verification(one: Verification, digits: int) -> Iterator[str]:
    yield f"#VER {SERIES} {one.number} {_day(one.day)} {quoted(WORDS[one.happening])}"
    yield "{"
    yield from (f"#TRANS {account} {{}} {amount(minor, digits)}" for account, minor in one.lines)
    yield "}"


def amount(minor: int, digits: int = 2) -> str:
    """Minor units as the format writes them, with two decimals or more.

    >>> amount(-123450), amount(7), amount(12, 0)
    ('-1234.50', '0.07', '12.00')
    """
    whole, rest = divmod(abs(minor), 10**digits)
    decimals = f"{rest:0{digits}}" if digits else ""
    return f"{'-' if minor < 0 else ''}{whole}.{decimals:0<2}"


def quoted(text: str) -> str:
    r"""A text in quotes, of letters that the format's code page has.

    >>> quoted('Nord "Ø" Åsa\n')
    '"Nord \\"O\\" Åsa"'
    """
    kept = "".join(_letter(one) for one in text.translate(_LACKED) if one.isprintable())
    return '"' + kept.replace("\\", "/").replace('"', '\\"') + '"'


def _letter(letter: str) -> str:
    if _is_known(letter):
        return letter
    bare = "".join(one for one in unicodedata.normalize("NFKD", letter) if _is_known(one))
    return bare or "?"


def _is_known(letter: str) -> bool:
    try:
        letter.encode(ENCODING)
    except UnicodeEncodeError:
        return False
    return True


def _number(text: str) -> str:
    """A Swedish number of ten digits has its hyphen; any other stands as it is."""
    digits = text.replace("-", "").replace(" ", "")
    return f"{digits[:6]}-{digits[6:]}" if len(digits) == 10 and digits.isdecimal() else quoted(text)


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
