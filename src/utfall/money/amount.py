"""An amount of money: an integer of micros and a currency, checked when it is made."""

from dataclasses import dataclass

from utfall.money.currency import MICROS_PER_UNIT, minor_digits
from utfall.money.rounding import Rounding, round_ratio


class InvalidMoney(ValueError):
    """An amount that is no integer, or a currency outside ISO 4217."""


class CurrencyMismatch(TypeError):
    """Two currencies met in one sum; there is no implicit exchange."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in micros of the major unit of one currency.

    >>> Money(12_340_000, "SEK") + Money(660_000, "SEK")
    Money(micros=13000000, currency='SEK')
    """

    micros: int
    currency: str

    def __post_init__(self) -> None:
        if type(self.micros) is not int:
            raise InvalidMoney(f"an amount is an int of micros, not {self.micros!r}")
        if minor_digits(self.currency) is None:
            raise InvalidMoney(f"unknown currency {self.currency!r}")

    @classmethod
    def parse(cls, text: str, currency: str) -> "Money":
        """Read a decimal number written with a dot, at most six decimals.

        >>> Money.parse("-12.5", "NOK")
        Money(micros=-12500000, currency='NOK')
        """
        sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
        whole, _, decimals = digits.partition(".")
        if not (whole.isascii() and whole.isdecimal()) or len(decimals) > 6:
            raise InvalidMoney(f"not an amount: {text!r}")
        if decimals and not (decimals.isascii() and decimals.isdecimal()):
            raise InvalidMoney(f"not an amount: {text!r}")
        return cls(sign * (int(whole) * MICROS_PER_UNIT + int(decimals.ljust(6, "0"))), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.micros + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.micros - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.micros, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.micros < self._same(other)

    def _same(self, other: "Money") -> int:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency} do not add up")
        return other.micros

    def to_minor(self, rounding: Rounding) -> int:
        """The amount in minor units (öre, cents), as a bank or an invoice wants it.

        >>> Money(12_345_000, "SEK").to_minor("half_even")
        1234
        """
        digits = minor_digits(self.currency)
        assert digits is not None
        return round_ratio(self.micros * 10**digits, MICROS_PER_UNIT, rounding)

    def __str__(self) -> str:
        """The exact amount with at least the currency's own decimals: `12.34 SEK`."""
        units, rest = divmod(abs(self.micros), MICROS_PER_UNIT)
        decimals = f"{rest:06}".rstrip("0").ljust(minor_digits(self.currency) or 0, "0")
        sign = "-" if self.micros < 0 else ""
        return f"{sign}{units}{'.' if decimals else ''}{decimals} {self.currency}"
