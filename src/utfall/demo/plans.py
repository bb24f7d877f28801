"""The goals of the demo's programs: two that can be reached, and the one that is late."""

from datetime import date
from typing import Final, NamedTuple

from utfall.demo.cast import APP, SELLER, SERVICE, SHOP
from utfall.demo.chance import DAY_MS
from utfall.demo.simulation import Market
from utfall.demo.truth import Happening, Truth
from utfall.workers.publish import sealed_zone

_MOST_MICROS: Final = {SHOP: 180_000_000, SERVICE: 480_000_000, APP: 34_000_000}
_SPANS: Final = {SHOP: (20, 25, 0.75), APP: (30, 30, 0.8)}
"""Days before the end and after it, and the target as a part of what comes at this pace or the season's."""


class Goal(NamedTuple):
    """So many outcomes between two days, each for at most so much."""

    target: int
    starts_on: date
    ends_on: date
    most_micros: int


def goals(market: Market, truth: Truth) -> dict[int, Goal]:
    """A goal for each program, by the end of its history."""
    late = truth.incident(Happening.LATE_GOAL)
    found = {SERVICE: _goal(SERVICE, late.since, late.until, late.target or 1)}
    for program, (before, after, part) in _SPANS.items():
        since, until = truth.until - before * DAY_MS, truth.until + after * DAY_MS
        so_far = market.expected(program, since, truth.until) * (before + after) / before
        expected = min(so_far, market.expected(program, since, until))
        found[program] = _goal(program, since, until, max(round(part * expected), 1))
    return found


def _goal(program: int, since: int, until: int, target: int) -> Goal:
    zone = sealed_zone(SELLER[program].zone)
    return Goal(target, zone.day(since), zone.day(until), _MOST_MICROS[program])
