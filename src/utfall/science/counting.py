"""The negative binomial distribution by its mean and variance: a count that varies more than chance alone.

With shape r = m² / (v - m) and q = m / v, P(N = k) = C(k + r - 1, k) q^r (1 - q)^k; where v <= m it is
Poisson's, its limit. Small counts are summed exactly; large ones use the Wilson-Hilferty cube-root
approximation of the gamma distribution (Wilson and Hilferty 1931), good to a thousandth there.
"""

from collections.abc import Iterator
from itertools import count
from math import erfc, exp, lgamma, log, log1p, sqrt
from statistics import NormalDist
from typing import Final, NamedTuple

_EXACT: Final = 2_000
_NORMAL: Final = NormalDist()
_LEAST_EXCESS: Final = 1e-9


class Counting(NamedTuple):
    """How many will be counted, by mean and variance."""

    mean: float
    variance: float

    def quantile(self, share: float) -> int:
        """The smallest number that is not exceeded with at least this probability."""
        if self.mean <= 0:
            return 0
        if self.mean > _EXACT:
            return max(round(self._gamma_quantile(share)), 0)
        for number, below in enumerate(self._cumulated()):
            if below >= share:
                return number
        raise AssertionError("the sum of all probabilities is one")

    def at_least(self, number: int) -> float:
        """The probability of this many or more."""
        if number <= 0:
            return 1.0
        if self.mean <= 0:
            return 0.0
        if self.mean > _EXACT or number > 20 * _EXACT:
            return self._gamma_tail(number - 0.5)
        below = next(total for place, total in enumerate(self._cumulated()) if place == number - 1)
        return min(max(1.0 - below, 0.0), 1.0)

    def _cumulated(self) -> Iterator[float]:
        """P(N <= k) for k = 0, 1, ...; one for ever once the rest cannot be seen any more."""
        shape, keep = self._shape_and_keep()
        total, far = 0.0, self.mean + 40 * sqrt(self.variance) + 100
        for number in count():
            total += exp(self._log_probability(number, shape, keep)) if number <= far else 1.0
            yield min(total, 1.0)

    def _shape_and_keep(self) -> tuple[float, float]:
        excess = max(self.variance - self.mean, _LEAST_EXCESS * self.mean)
        return self.mean * self.mean / excess, self.mean / (self.mean + excess)

    def _log_probability(self, number: int, shape: float, keep: float) -> float:
        if self.variance - self.mean <= 1e-6 * self.mean:
            return number * log(self.mean) - self.mean - lgamma(number + 1)
        combinations = lgamma(number + shape) - lgamma(shape) - lgamma(number + 1)
        return combinations + shape * log(keep) + number * log1p(-keep)

    def _gamma_quantile(self, share: float) -> float:
        """A gamma variable of this mean and variance: X = m (1 - 1/(9a) + z / (3 sqrt(a)))³, a = m²/v."""
        shape = self.mean * self.mean / self.variance
        root = 1 - 1 / (9 * shape) + _NORMAL.inv_cdf(share) / (3 * sqrt(shape))
        return float(self.mean * max(root, 0.0) ** 3)

    def _gamma_tail(self, number: float) -> float:
        shape = self.mean * self.mean / self.variance
        root = (number / self.mean) ** (1 / 3)
        z = (root - 1 + 1 / (9 * shape)) * 3 * sqrt(shape)
        return erfc(z / sqrt(2)) / 2
