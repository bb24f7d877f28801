"""Prices as shops write them: `1 234,50 kr`, `SEK 199`, `249.00 SEK`. Nothing is guessed."""

import re
from typing import Final, NamedTuple

from utfall.money import InvalidMoney, Money

SIGNS: Final = {"€": "EUR", "£": "GBP", "$": "USD", "zł": "PLN"}
"""`kr` is four currencies, and says nothing."""
_CODE: Final = re.compile(r"(?<![A-Za-z])([A-Za-z]{3})(?![A-Za-z])")
_NUMBER: Final = re.compile(r"-?\d[\d.,\s'’\u00a0\u202f]*")
_PLAIN: Final = re.compile(r"(0|[1-9][0-9]{0,8})(?:[.,]([0-9]{1,2}))?(?: ?([A-Z]{3}))?")
"""What nearly all feeds write; there is only one way to read it."""
_SPACES: Final = re.compile(r"[\s'’\u00a0\u202f]")
ANY: Final = "EUR"
"""An amount is counted in millionths, whatever its currency."""
LARGEST: Final = 10**15
"""A thousand million of a currency, in micros."""


class Priced(NamedTuple):
    """An amount and the currency that was written beside it, if any was."""

    micros: int
    currency: str


def price_of(text: str) -> Priced | None:
    """A price as it is written; None where it cannot be read, or could mean two things.

    >>> price_of("1 234,50 kr"), price_of("USD 1,234.50"), price_of("1.234"), price_of("free")
    (Priced(micros=1234500000, currency=''), Priced(micros=1234500000, currency='USD'), None, None)
    """
    if plain := _PLAIN.fullmatch(text):
        whole, decimals, currency = plain.groups("")
        return Priced(int(whole) * 1_000_000 + int(decimals.ljust(6, "0")), currency)
    found = _NUMBER.search(text)
    if found is None or len(text) > 60:
        return None
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    if any(letter.isdigit() for letter in rest):
        return None
    number = _plain(_SPACES.sub("", found[0]).rstrip(".,"))
    if number is None:
        return None
    try:
        micros = Money.parse(number, ANY).micros
    except InvalidMoney:
        return None
    return Priced(micros, _currency(rest)) if abs(micros) <= LARGEST else None


def _plain(number: str) -> str | None:
    """With a dot before the decimals, and nothing between the thousands."""
    comma, dot = number.rfind(","), number.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands, point = (".", ",") if comma > dot else (",", ".")
        return number.replace(thousands, "").replace(point, ".") if number.count(point) == 1 else None
    mark = "," if comma >= 0 else "."
    whole, *parts = number.split(mark)
    if len(parts) > 1:
        return whole + "".join(parts) if all(len(part) == 3 for part in parts) else None
    if parts and len(parts[0]) == 3 and len(whole.lstrip("-")) <= 3 and whole.lstrip("-") != "0":
        return None  # 1,234: a thousand and more, or little more than one
    return number.replace(mark, ".")


def _currency(rest: str) -> str:
    for sign, code in SIGNS.items():
        if sign in rest:
            return code
    found = _CODE.search(rest)
    return found[1].upper() if found else ""
