"""How publishers compare: how long their orders took, how many of their clicks led to one, how many orders
were approved. Quartiles only where enough publishers have enough.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Final

from utfall.engine import OrderStatus
from utfall.portal.quality.contracts import COMPARED_LEAST, Compared
from utfall.portal.quality.orders import Seen

STEPS: Final = (15, 60, 300, 900, 3600, 21_600, 86_400, 259_200, 604_800)
"""Where the bars of the time from click to order end, in seconds; the last bar is what is longer."""
DECIDED_LEAST: Final = 10
CLICKS_LEAST: Final = 100
MILLION: Final = 1_000_000
_APPROVED: Final = frozenset({OrderStatus.APPROVED, OrderStatus.PAYABLE})
_TAKEN_BACK: Final = frozenset({OrderStatus.DECLINED, OrderStatus.REVERSED})


@dataclass
class Tally:
    """What is counted of one publisher."""

    clicks: int = 0
    orders: int = 0
    approved: int = 0
    declined: int = 0
    seconds: list[int] = field(default_factory=list)

    @property
    def approval_ppm(self) -> int | None:
        """Of the decided orders, the approved."""
        return share_ppm(self.approved, self.approved + self.declined, DECIDED_LEAST)

    @property
    def conversion_ppm(self) -> int | None:
        """Orders for each click."""
        return share_ppm(self.orders, self.clicks, CLICKS_LEAST)

    @property
    def median_seconds(self) -> int | None:
        """Half of the orders came sooner."""
        return round(median(self.seconds)) if self.seconds else None

    @property
    def delays(self) -> list[int]:
        """How many orders within each step."""
        counted = Counter(bisect_right(STEPS, one) for one in self.seconds)
        return [counted[step] for step in range(len(STEPS) + 1)]


def share_ppm(part: int, whole: int, least: int) -> int | None:
    """A share, where there is enough to speak of one.

    >>> share_ppm(9, 12, 10), share_ppm(1, 2, 10)
    (750000, None)
    """
    return round(part * MILLION / whole) if whole >= least else None


def tallies(seen: Iterable[Seen], clicks: Mapping[int, int]) -> dict[int, Tally]:
    """What is counted, by publisher: orders count for whom they pay, refused ones for who claimed them."""
    found = {publisher: Tally(clicks=number) for publisher, number in clicks.items()}
    for one in seen:
        if not one.is_theirs:
            continue
        tally = found.setdefault(one.ordered.publisher, Tally())
        tally.orders += 1
        tally.approved += one.status in _APPROVED
        tally.declined += one.status in _TAKEN_BACK
        if one.ordered.delay_ms is not None:
            tally.seconds.append(one.ordered.delay_ms // 1000)
    return found


def quartiles(found: Iterable[Tally]) -> dict[str, list[int]]:
    """Of each share: lower quartile, median, upper quartile, and among how many; none among too few."""
    known = list(found)
    shares = {
        Compared.APPROVAL: [one.approval_ppm for one in known],
        Compared.CONVERSION: [one.conversion_ppm for one in known],
    }
    told = {}
    for name, values in shares.items():
        have = [each for each in values if each is not None]
        if len(have) >= COMPARED_LEAST:
            cuts = quantiles(have, n=4, method="inclusive")
            told[name.value] = [*(round(each) for each in cuts), len(have)]
    return told


def together(found: Iterable[Tally]) -> list[int]:
    """The delays of all publishers."""
    whole = [0] * (len(STEPS) + 1)
    for one in found:
        whole = [before + more for before, more in zip(whole, one.delays, strict=True)]
    return whole


def without(whole: Sequence[int], own: Sequence[int]) -> list[int]:
    """The delays of all others."""
    return [max(each - mine, 0) for each, mine in zip(whole, own, strict=True)]
