"""What a paper's lines come to: docs/algorithms/papers.md in code."""

from collections.abc import Sequence
from typing import NamedTuple

from utfall.money import PPM, minor_micros, round_ratio
from utfall.papers.contracts import Paper
from utfall.rates import Rate


class Sums(NamedTuple):
    """A paper's totals in minor units."""

    net: int
    tax: int
    total: int


def shares_in_minor(micros: Sequence[int], currency: str) -> tuple[tuple[int, ...], int]:
    """Amounts of the book as lines of a paper, and the micros that stay for the next one.

    Lines are rounded down; what is missing to the total goes to those that lost most, the first of equals.
    Of a sum below zero the lines are those of a credit note, their signs turned.

    >>> shares_in_minor([115_260_000, 79_333_333, 106_667], "SEK")
    ((11526, 7933, 11), 0)
    >>> shares_in_minor([5_000, 5_000, 4_000], "SEK")
    ((1, 0, 0), 4000)
    >>> shares_in_minor([100_000_000, -20_005_000], "SEK")
    ((10000, -2001), 5000)
    """
    whole, unit = sum(micros), minor_micros(currency)
    total = round_ratio(whole, unit, "down")
    sign = -1 if total < 0 else 1
    lines = [divmod(sign * one, unit) for one in micros]
    missing = sign * total - sum(minor for minor, _lost in lines)
    most = sorted(range(len(lines)), key=lambda one: -lines[one][1])[:missing]
    raised = frozenset(most)
    shares = tuple(minor + (place in raised) for place, (minor, _lost) in enumerate(lines))
    assert sum(shares) == sign * total, "lines add up to the total"
    return shares, whole - total * unit


def sums_of(paper: Paper) -> Sums:
    """The totals: tax is rounded once, half up.

    Net 194.70 at 25 % is 48.675, so 48.68.
    """
    net = sum(line.minor for line in paper.lines)
    tax = round_ratio(net * paper.tax.rate_ppm, PPM, "half_up")
    return Sums(net, tax, net + tax)


def own_tax(paper: Paper, rate: Rate) -> int:
    """The tax in minor units of the currency of the seller's country, rounded half up once.

    308.63 NOK at 10.978 SEK and 10.312 NOK for one euro is 328.5628, so 328.56 SEK.
    """
    micros = sums_of(paper).tax * minor_micros(paper.currency)
    return round_ratio(micros * rate.into_micros, rate.currency_micros * minor_micros(rate.into), "half_up")
