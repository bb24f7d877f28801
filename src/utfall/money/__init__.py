"""Money: integer micros with a currency, shares, named roundings and conserving allocation.

Promises: no float ever touches an amount, construction is checked, splitting conserves the whole to the
micro. Refuses: mixing currencies, unknown currencies, shares outside 0..1 and any number that is not an
`int`. One micro is a millionth of the major unit: 1 SEK is 1_000_000 micros and 1 öre is 10_000.
"""

from utfall.money.allocation import allocate
from utfall.money.amount import CurrencyMismatch, InvalidMoney, Money
from utfall.money.currency import MICROS_PER_UNIT, minor_digits, minor_micros
from utfall.money.rounding import ROUNDINGS, Rounding, round_ratio
from utfall.money.share import PPM, Share

__all__ = [
    "MICROS_PER_UNIT",
    "PPM",
    "ROUNDINGS",
    "CurrencyMismatch",
    "InvalidMoney",
    "Money",
    "Rounding",
    "Share",
    "allocate",
    "minor_digits",
    "minor_micros",
    "round_ratio",
]
