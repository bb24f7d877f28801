"""Priorities for a list of rules, so that as many as possible keep the one they have and go on untouched."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

STEP: Final = 1024
"""Room between two rules for others to come."""


def priorities(held: Sequence[int | None]) -> list[int]:
    """A priority for each place of a list, falling; `held` is what a rule has that would rather keep it.

    The longest run of held priorities that fall already is kept; the others are spread over the room between
    its members. Where there is too little room, everything is numbered anew.

    >>> priorities([None, None])
    [2048, 1024]
    >>> priorities([None, 2048, 1024])
    [3072, 2048, 1024]
    >>> priorities([1024, 2048])
    [3072, 2048]
    >>> priorities([2048, None, 1024])
    [2048, 1536, 1024]
    >>> priorities([5, None, 4])
    [3072, 2048, 1024]
    """
    anchors = _longest_falling(held)
    found = _spread(held, anchors)
    return found or [STEP * (len(held) - place) for place in range(len(held))]


def _longest_falling(held: Sequence[int | None]) -> list[int]:
    """Places of the longest subsequence of held priorities that falls strictly."""
    best: list[list[int]] = []
    for place, priority in enumerate(held):
        if priority is None:
            best.append([])
            continue
        longest: list[int] = []
        for before in range(place):
            chain = best[before]
            if chain and (held[before] or 0) > priority and len(chain) > len(longest):
                longest = chain
        best.append([*longest, place])
    return max(best, key=lambda chain: (len(chain), chain), default=[])


def _spread(held: Sequence[int | None], anchors: Sequence[int]) -> list[int] | None:
    """Priorities between the anchors; None where they do not fit."""
    found: list[int] = []
    edges = [(-1, None), *((place, held[place]) for place in anchors), (len(held), None)]
    for (above, upper), (below, lower) in pairwise(edges):
        between = _between(upper, lower, below - above - 1)
        if between is None:
            return None
        found += between
        if lower is not None:
            found.append(lower)
    return found


def _between(upper: int | None, lower: int | None, count: int) -> list[int] | None:
    """So many priorities strictly between two, falling."""
    if upper is None:
        start = lower if lower is not None else 0
        return [start + STEP * (count - place) for place in range(count)]
    floor = lower if lower is not None else upper - STEP * (count + 1)
    if upper - floor - 1 < count:
        return None
    return [upper - (upper - floor) * (place + 1) // (count + 1) for place in range(count)]
