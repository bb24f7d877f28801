"""When counts were no longer usual: the days that together are best explained by four times the usual rate.

    g(d) = x(d) · ln ρ - (ρ - 1) · e(d)        the highest sum of consecutive days; p · D (D + 1) / 2

docs/algorithms/quality.md has the assumptions and an example.
"""

from collections.abc import Iterator, Sequence
from math import log
from statistics import median
from typing import Final, NamedTuple

from utfall.science.anomaly import usual
from utfall.science.counting import Counting

FOURFOLD: Final = 4.0
STEPS: Final = 4.0
WEEK: Final = 7
_MOST_SPANS: Final = 4


class Span(NamedTuple):
    """Days `[first, last]` by their place, what was counted, and how likely that is among all stretches."""

    first: int
    last: int
    observed: int
    expected: float
    p_value: float


def bursts(counts: Sequence[int], expected: Sequence[float], dispersion: float = 1.0) -> Iterator[Span]:
    """The stretches that score highest, each with its chance; the caller decides which are findings.

    >>> [one[:3] for one in bursts([0, 0, 6, 5, 0, 4, 3, 0, 0], [0.1] * 9)]
    [(2, 6, 18)]
    """
    scores = [
        number * log(FOURFOLD) - (FOURFOLD - 1) * mean for number, mean in zip(counts, expected, strict=True)
    ]
    for _round in range(_MOST_SPANS):
        first, last, score = _highest(scores)
        if score <= 0:
            return
        seen, mean = sum(counts[first : last + 1]), sum(expected[first : last + 1])
        stretches = len(counts) * (len(counts) + 1) / 2
        chance = Counting(mean, dispersion * mean).at_least(seen)
        yield Span(first, last, seen, mean, min(chance * stretches, 1.0))
        scores[first : last + 1] = [float("-inf")] * (last + 1 - first)


def _highest(scores: Sequence[float]) -> tuple[int, int, float]:
    """The consecutive places with the highest sum."""
    best, total, start = (0, 0, float("-inf")), 0.0, 0
    for place, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, place
        total += score
        if total > best[2]:
            best = (start, place, total)
    return best


def cut(counts: Sequence[int]) -> list[float]:
    """Counts, with days far above the usual held down to four steps above it."""
    known = usual(counts, of_counts=True)
    top = known.middle + STEPS * known.step if known else 3.0
    return [min(float(number), top) for number in counts]


def shape(totals: Sequence[float], own: Sequence[float]) -> list[float]:
    """How much of an average day each day was, by what others counted; one where there are none.

    >>> shape([9, 29, 19], [0, 0, 0])
    [0.5, 1.5, 1.0]
    """
    others = [total - mine + 1.0 for total, mine in zip(totals, own, strict=True)]
    mean = sum(others) / len(others)
    return [each / mean for each in others]


def rate(counts: Sequence[int], shapes: Sequence[float], least: float = 0.0) -> float:
    """The usual count of an average day: the median over weeks; the mean where weeks hold too little."""
    weeks = [
        sum(counts[at : at + WEEK]) / sum(shapes[at : at + WEEK])
        for at in range(0, len(counts) - WEEK + 1, WEEK)
    ]
    return max(median(weeks) if weeks else 0.0, least)


def dispersion(counts: Sequence[int], expected: Sequence[float]) -> float:
    """Pearson's: how much more than Poisson's the usual days vary; at least 1."""
    tops = (max(mean + STEPS * mean**0.5, 1.0) for mean in expected)
    usual_days = [
        (number, mean)
        for number, mean, top in zip(counts, expected, tops, strict=True)
        if mean and number <= top
    ]
    if len(usual_days) <= WEEK:
        return 1.0
    chi = sum((number - mean) ** 2 / mean for number, mean in usual_days)
    return max(chi / (len(usual_days) - 1), 1.0)
