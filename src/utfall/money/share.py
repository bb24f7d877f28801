"""A share of a whole, in parts per million: never confused with money, never a float."""

from dataclasses import dataclass
from typing import Final

from utfall.money.rounding import Rounding, round_ratio

PPM: Final = 1_000_000


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """A share between nothing and all, checked: 8 % is `Share(80_000)`."""

    ppm: int

    def __post_init__(self) -> None:
        if type(self.ppm) is not int:
            raise TypeError(f"a share is an int of parts per million, not {self.ppm!r}")
        if not 0 <= self.ppm <= PPM:
            raise ValueError(f"a share lies between 0 and {PPM} parts per million, not {self.ppm}")

    @classmethod
    def percent(cls, text: str) -> "Share":
        """Read a percentage written by a person, at most four decimals.

        >>> Share.percent("8"), Share.percent("2.5 %")
        (Share(ppm=80000), Share(ppm=25000))
        """
        number = text.strip().removesuffix("%").rstrip()
        whole, _, decimals = number.partition(".")
        readable = number.isascii() and whole.isdecimal() and f"{decimals}0".isdecimal()
        if not readable or len(decimals) > 4:
            raise ValueError(f"not a percentage: {text!r}")
        return cls(int(whole) * 10_000 + int(decimals.ljust(4, "0")))

    def of(self, micros: int, rounding: Rounding) -> int:
        """This share of an amount of micros.

        >>> Share.percent("8").of(12_340_001, "half_even")
        987200
        """
        return round_ratio(micros * self.ppm, PPM, rounding)

    def __str__(self) -> str:
        whole, decimals = divmod(self.ppm, 10_000)
        return f"{whole}.{decimals:04}".rstrip("0").rstrip(".") + " %"
