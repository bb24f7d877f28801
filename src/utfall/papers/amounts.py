"""What a paper's lines come to: docs/algorithms/papers.md in code."""

from collections.abc import Sequence
from typing import NamedTuple

from utfall.money import PPM, allocate, minor_micros, round_ratio
from utfall.papers.contracts import Paper


class Sums(NamedTuple):
    """A paper's totals in minor units."""

    net: int
    tax: int
    total: int


def shares_in_minor(micros: Sequence[int], currency: str) -> tuple[tuple[int, ...], int]:
    """Amounts of the book as lines of a paper, and the micros that stay for the next one.

    >>> shares_in_minor([115_260_000, 79_333_333, 106_667], "SEK")
    ((11526, 7933, 11), 0)
    >>> shares_in_minor([5_000, 5_000, 4_000], "SEK")
    ((1, 0, 0), 4000)
    """
    if any(one < 0 for one in micros) and any(one > 0 for one in micros):
        raise ValueError("what is taken back stands on a credit note")
    whole = sum(micros)
    unit = minor_micros(currency)
    total = round_ratio(whole, unit, "down")
    if not total:
        return (0,) * len(micros), whole
    return allocate(total, [abs(one) for one in micros]), whole - total * unit


def sums_of(paper: Paper) -> Sums:
    """The totals: tax is rounded once, half up.

    Net 194.70 at 25 % is 48.675, so 48.68.
    """
    net = sum(line.minor for line in paper.lines)
    tax = round_ratio(net * paper.tax.rate_ppm, PPM, "half_up")
    return Sums(net, tax, net + tax)
