"""Answers in words that are hard to misread: amounts as decimals with their currency, shares in percent.

    commission_micros: 12500000   with currency: SEK    becomes    commission: 12.50 SEK
    share_ppm: 85000                                    becomes    share: 8.5 %

What is empty is left out, since an assistant's attention is dear. No float touches an amount.
"""

from typing import Any, Final

import msgspec

from utfall.mcp.refusals import Declined
from utfall.money import MICROS_PER_UNIT, InvalidMoney, Money, minor_digits

Plain = dict[str, Any]
EMPTY: Final[tuple[Any, ...]] = (None, "", [], {})
_MICROS, _PPM = "_micros", "_ppm"


def plain(answer: Any, currency: str = "") -> Any:
    """An answer of the API, as it is told; `currency` is the one of amounts that name none."""
    return _told(msgspec.to_builtins(answer), currency)


def _told(value: Any, currency: str) -> Any:
    match value:
        case dict():
            return _named(value, currency)
        case list() | tuple():
            return [_told(one, currency) for one in value]
    return value


def _named(record: Plain, currency: str) -> Plain:
    """A record; what is in it is in its own currency, or in that of an order in it."""
    inner = record.get("order")
    currency = record.get("currency") or (isinstance(inner, dict) and inner.get("currency")) or currency
    told: Plain = {}
    for name, value in record.items():
        if name.endswith(_MICROS) and isinstance(value, int):
            told[name.removesuffix(_MICROS)] = amount(value, currency)
        elif name.endswith(_PPM) and isinstance(value, int):
            told[name.removesuffix(_PPM)] = percent(value)
        elif (said := _told(value, currency)) not in EMPTY:
            told[name] = said
    return told


def amount(micros: int, currency: str) -> str:
    """An exact amount with its currency.

    >>> amount(12_500_000, "SEK"), amount(-1_234_567, "JPY"), amount(2_000_000, "")
    ('12.50 SEK', '-1.234567 JPY', '2.00')
    """
    return f"{decimal(micros, currency)} {currency}".rstrip()


def decimal(micros: int, currency: str) -> str:
    """An exact amount without its currency, where that stands beside it."""
    whole, rest = divmod(abs(micros), MICROS_PER_UNIT)
    digits = 2 if not currency else minor_digits(currency) or 0
    decimals = f"{rest:06}".rstrip("0").ljust(digits, "0")
    return f"{'-' if micros < 0 else ''}{whole}{'.' if decimals else ''}{decimals}"


def percent(ppm: int) -> str:
    """Parts per million in percent, exact.

    >>> percent(85_000), percent(-123_456), percent(1_000_000)
    ('8.5 %', '-12.3456 %', '100 %')
    """
    whole, rest = divmod(abs(ppm), 10_000)
    decimals = f"{rest:04}".rstrip("0")
    return f"{'-' if ppm < 0 else ''}{whole}{'.' if decimals else ''}{decimals} %"


def micros_of(text: str, currency: str, field: str) -> int:
    """A decimal that somebody said, in micros."""
    try:
        return Money.parse(text.strip().removesuffix(currency).strip(), currency).micros
    except InvalidMoney as error:
        mend = "Write a decimal with a dot and at most six decimals, such as 249.90."
        raise Declined("amount_wrong", f"{error}.", mend, field) from error


def listed(part: Any, **more: Any) -> Plain:
    """Part of a list, and where it goes on."""
    told: Plain = {**more, "items": [plain(one) for one in part.items]}
    if part.following is not None:
        told["next_after"] = part.following
    return told
