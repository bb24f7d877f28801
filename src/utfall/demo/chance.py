"""Chance from a seed: a stream for each part of the market, and the distributions it draws from."""

import math
from bisect import bisect
from itertools import accumulate
from random import Random
from typing import Final

_MANY: Final = 60.0
DAY_MS: Final = 86_400_000
HOUR_MS: Final = 3_600_000
MINUTE_MS: Final = 60_000


def stream(*parts: object) -> Random:
    """A stream of chance that depends on nothing but its name.

    >>> stream(1, "day", 7).random() == stream(1, "day", 7).random()
    True
    """
    return Random("/".join(map(str, parts)))


def poisson(chance: Random, mean: float) -> int:
    """How often something happens that happens `mean` times on average (Knuth; a normal beyond sixty)."""
    if mean <= 0.0:
        return 0
    if mean > _MANY:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    least, product, count = math.exp(-mean), chance.random(), 0
    while product > least:
        product *= chance.random()
        count += 1
    return count


class Hours:
    """Draws a time of the day, by the weight of each hour."""

    def __init__(self, weights: tuple[int, ...]) -> None:
        self._sums = list(accumulate(weights))

    def draw(self, chance: Random) -> int:
        """Milliseconds after midnight."""
        hour = bisect(self._sums, chance.random() * self._sums[-1])
        return min(hour, 23) * HOUR_MS + int(chance.random() * HOUR_MS)


def log_normal_ms(chance: Random, median_min: float, spread: float) -> int:
    """A delay: log-normal around its median, at least 45 s, at most 25 days."""
    delay = int(median_min * MINUTE_MS * math.exp(chance.gauss(0.0, spread)))
    return min(max(delay, 45_000 + int(chance.random() * 15_000)), 25 * DAY_MS)


def between(chance: Random, low: float, high: float) -> int:
    """A whole number from `low` to `high`, all alike."""
    return int(low + (high - low) * chance.random())
