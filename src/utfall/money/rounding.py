"""Named roundings of a ratio of integers; there is no unnamed one."""

from collections.abc import Callable
from typing import Final, Literal

Rounding = Literal["down", "up", "half_up", "half_even"]


def _down(quotient: int, remainder: int, divisor: int) -> int:
    return quotient


def _up(quotient: int, remainder: int, divisor: int) -> int:
    return quotient + (remainder > 0)


def _half_up(quotient: int, remainder: int, divisor: int) -> int:
    return quotient + (2 * remainder >= divisor)


def _half_even(quotient: int, remainder: int, divisor: int) -> int:
    if 2 * remainder == divisor:
        return quotient + (quotient & 1)
    return quotient + (2 * remainder > divisor)


ROUNDINGS: Final[dict[Rounding, Callable[[int, int, int], int]]] = {
    "down": _down,
    "up": _up,
    "half_up": _half_up,
    "half_even": _half_even,
}


def round_ratio(numerator: int, denominator: int, rounding: Rounding) -> int:
    """Numerator / denominator as an integer under a named rounding, symmetric around zero.

    `down` and `up` mean toward and away from zero, so that reversing a charge reverses it to the micro.

    >>> round_ratio(5, 2, "half_even"), round_ratio(-5, 2, "half_even"), round_ratio(-5, 2, "half_up")
    (2, -2, -3)
    """
    if denominator <= 0:
        raise ZeroDivisionError("the denominator of a rounding is positive")
    quotient, remainder = divmod(abs(numerator), denominator)
    rounded = ROUNDINGS[rounding](quotient, remainder, denominator)
    return rounded if numerator >= 0 else -rounded
