"""A rate of exchange in words: what there is of each currency for one euro, from where, of which day."""

from decimal import Decimal

from babel.numbers import format_decimal

from utfall.portal.look.formats import locale
from utfall.rates import Rate


def rate_words(rate: Rate) -> str:
    """A rate as the bank has it, with its source and day: `1 EUR = 10.978 SEK (ECB 2026-10-30)`."""
    told = " = ".join(f"{units(micros)} {currency}" for currency, micros in sides(rate))
    return f"1 EUR = {told} ({rate.source} {rate.day.isoformat()})"


def rate_figures(rate: Rate) -> str:
    """The same within a line: `10.978 (ECB 2026-10-30)`; of two currencies, how many of each there are."""
    told = " : ".join(units(micros) for _currency, micros in sides(rate))
    return f"{told} ({rate.source} {rate.day.isoformat()})"


def sides(rate: Rate) -> list[tuple[str, int]]:
    """The currencies of a rate for one euro, and how much of each; the euro itself is told by neither."""
    both = ((rate.currency, rate.currency_micros), (rate.into, rate.into_micros))
    return [(currency, micros) for currency, micros in both if currency != "EUR"]


def units(micros: int) -> str:
    """Units of a currency for one euro, with the decimals that the bank gives, two at least."""
    return format_decimal(Decimal(micros).scaleb(-6), format="#,##0.00####", locale=locale())
