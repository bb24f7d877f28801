"""Whether a number is strange against its own past, and whether silence is more than chance.

    s = max(1.4826 · MAD, sqrt(m), m / 20)     z = (x - m) / s         strange where |z| >= 4
    P(no order) <= exp(-n · r / 2)      P(no click) <= exp(-e / 2)     silent where this is below 0.001

m is the median of the past and MAD the median of the distances from it (Hampel 1974): half of the past may be
wild without moving either. Assumptions: the past windows are alike but for noise (a trend widens MAD and
makes this quieter), counts vary at least as Poisson's, and orders come independently at a rate that on a bad
day is half the usual. docs/algorithms/alerts.md has worked examples.
"""

from collections.abc import Sequence
from math import exp, sqrt
from statistics import median
from typing import Final, NamedTuple

NORMAL: Final = 1.4826
"""How much larger than its MAD a normal distribution's standard deviation is."""
SHARE: Final = 0.05
STRANGE: Final = 4.0
QUIET: Final = 2.0
PAST_LEAST: Final = 4
ORDERS_LEAST: Final = 20
CHANCE: Final = 0.001
BAD_DAY: Final = 0.5


class Usual(NamedTuple):
    """What is usual: the middle, and how far from it is one step."""

    middle: float
    step: float

    def score(self, value: float) -> float:
        """How many steps a value is from the middle.

        >>> round(Usual(51.5, 7.176).score(20), 1)
        -4.4
        """
        return (value - self.middle) / self.step


def usual(past: Sequence[float], *, of_counts: bool) -> Usual | None:
    """What the past makes of the present; None where there is too little past, or it holds nothing.

    >>> usual([52, 48, 55, 50, 49, 120, 51, 53], of_counts=True)
    Usual(middle=51.5, step=7.176350047203662)
    >>> usual([52, 48, 55], of_counts=True) is None
    True
    """
    if len(past) < PAST_LEAST:
        return None
    middle = float(median(past))
    spread = NORMAL * float(median(abs(value - middle) for value in past))
    chance = sqrt(abs(middle)) if of_counts else 0.0
    step = max(spread, chance, SHARE * abs(middle))
    return Usual(middle, step) if step > 0 else None


CLICKS_LEAST: Final = 20


class Silence(NamedTuple):
    """How likely it is that nothing came: by chance alone, at most."""

    expected: float
    chance: float

    @property
    def is_broken(self) -> bool:
        """Whether chance does not explain it."""
        return self.chance < CHANCE


def silence(clicks: int, past_clicks: int, past_orders: int) -> Silence | None:
    """What to make of so many clicks without an order; None where the past says too little.

    >>> silence(700, 2000, 40).is_broken, silence(500, 2000, 40).is_broken, silence(700, 2000, 19)
    (True, False, None)
    """
    if past_orders < ORDERS_LEAST or past_clicks < past_orders:
        return None
    expected = clicks * past_orders / past_clicks
    return Silence(expected, exp(-expected * BAD_DAY))


def stillness(expected: float, past: int) -> Silence | None:
    """What to make of hours without a single click, where so many are usual; None where the past says too
    little.

    >>> stillness(15.0, 400).is_broken, stillness(12.0, 400).is_broken, stillness(15.0, 19)
    (True, False, None)
    """
    return Silence(expected, exp(-expected * BAD_DAY)) if past >= CLICKS_LEAST else None
