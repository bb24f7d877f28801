"""How likely it is by chance: exact binomial tails, a bound for delays, and the price of looking at many."""

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, lgamma, log, log1p
from typing import Final

FINDING: Final = 0.001
"""The q-value of a finding: at most one in a thousand findings is chance."""
HONEST_AMONG_BLAMED: Final = 0.1
RATHER_NOT: Final = 0.5
"""Nobody is blamed who is rather honest than not."""
_NEGLIGIBLE: Final = 1e-18


def binomial_tail(count: int, trials: int, share: float) -> float:
    """P(Binomial(trials, share) >= count), summed from its largest term.

    >>> round(binomial_tail(3, 4, 0.5), 4), binomial_tail(0, 9, 0.1)
    (0.3125, 1.0)
    """
    if count <= 0 or share >= 1:
        return 1.0
    if count > trials or share <= 0:
        return 0.0
    total = 0.0
    for number in range(count, trials + 1):
        term = exp(_log_binomial(number, trials, share))
        total += term
        if number > trials * share and term <= total * _NEGLIGIBLE:
            break
    return min(total, 1.0)


def _log_binomial(number: int, trials: int, share: float) -> float:
    ways = lgamma(trials + 1) - lgamma(number + 1) - lgamma(trials - number + 1)
    return ways + number * log(share) + (trials - number) * log1p(-share)


def share_of_others(count: float, trials: int) -> float:
    """The share among others, never zero and never one: half of one is always thought of."""
    return (count + 0.5) / (trials + 1)


def q_values(chances: Sequence[float]) -> list[float]:
    """Benjamini-Hochberg: for each p-value, the share of chance among findings as strong as it.

    >>> [round(q, 3) for q in q_values([0.01, 0.5, 0.02, 0.9])]
    [0.04, 0.667, 0.04, 0.9]
    """
    order = sorted(range(len(chances)), key=chances.__getitem__, reverse=True)
    found, least = [1.0] * len(chances), 1.0
    for place, index in enumerate(order):
        least = min(least, chances[index] * len(chances) / (len(chances) - place))
        found[index] = least
    return found


def slower(own: Sequence[float], others: Sequence[float]) -> tuple[float, float]:
    """Kolmogorov-Smirnov, one-sided: how far `own` lie behind `others`, and how likely that is by chance.

    >>> slower([5, 6, 7, 8], [1, 2, 3, 4])[0]
    1.0
    """
    mine, theirs = sorted(own), sorted(others)
    if not mine or not theirs:
        return 0.0, 1.0
    n, m = len(mine), len(theirs)
    gap = max(bisect_right(theirs, value) / m - bisect_right(mine, value) / n for value in theirs)
    return max(gap, 0.0), exp(-2 * max(gap, 0.0) ** 2 * n * m / (n + m))


def blamed(honest: Sequence[float], bound: float = HONEST_AMONG_BLAMED) -> list[int]:
    """Whom to blame: the least honest, while no more than `bound` of them are expected to be honest,
    and each of them is rather not.

    >>> blamed([0.9, 0.01, 0.15, 0.3])
    [1, 2]
    """
    chosen: list[int] = []
    total = 0.0
    for index in sorted(range(len(honest)), key=honest.__getitem__):
        total += honest[index]
        if honest[index] > RATHER_NOT or total > bound * (len(chosen) + 1):
            break
        chosen.append(index)
    return chosen
