"""Bursts of clicks: robots behind few addresses, or a flood that waits for people to order by themselves."""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import exp, log, pi, sqrt
from statistics import median
from typing import Final, NamedTuple

from utfall.science.anomaly import NORMAL
from utfall.science.counting import Counting
from utfall.science.quality.bursts import Span, bursts, cut, dispersion, rate, shape
from utfall.science.quality.chances import FINDING, blamed, q_values, slower
from utfall.science.quality.grouping import DAY_MS, Place, by_place, calendar, others_of
from utfall.science.quality.rows import Clicked, Detector, Ordered, Period, Verdict
from utfall.science.quality.words import told

CLICKS_LEAST: Final = 30
ORDERS_LEAST: Final = 5
MINUTE_MS: Final = 60_000
HOUR_MS: Final = 3_600_000
_ROUNDS: Final = 60
_SPREAD_LEAST: Final = 0.25


def surges(clicks: Sequence[Clicked]) -> list[Period]:
    """When a publisher's clicks were far beyond its own and the program's usual."""
    if not clicks:
        return []
    days, groups = calendar([one.at for one in clicks]), by_place(clicks)
    counts = {place: days.counts([one.at for one in mine]) for place, mine in groups.items()}
    held = {place: cut(mine) for place, mine in counts.items()}
    totals = {
        program: [
            sum(day) for day in zip(*(held[one] for one in held if one.program == program), strict=True)
        ]
        for program in {place.program for place in held}
    }
    found: list[tuple[Place, Span]] = []
    for place, mine in counts.items():
        shapes = shape(totals[place.program], held[place])
        usual = rate(mine, shapes, 1 / days.days)
        expected = [usual * each for each in shapes]
        spans = bursts(mine, expected, dispersion(mine, expected))
        found += [(place, span) for span in spans if span.observed >= CLICKS_LEAST]
    q = q_values([span.p_value for _place, span in found])
    return [
        Period(
            detector=Detector.FLOODED_CLICK,
            program=place.program,
            publisher=place.publisher,
            since=days.starts(span.first),
            until=days.starts(span.last + 1),
            observed=span.observed,
            expected=span.expected,
            p_value=span.p_value,
        )
        for (place, span), value in zip(found, q, strict=True)
        if value <= FINDING
    ]


def robot_clicks(clicks: Sequence[Clicked], periods: Sequence[Period]) -> Iterator[Verdict]:
    """Clicks of a burst that share an address on a day with more clicks than addresses have."""
    groups = by_place(clicks)
    for period in periods:
        place = Place(period.program, period.publisher)
        mine = [one for one in groups[place] if period.since <= one.at < period.until and one.address]
        elsewhere = Counter(_address(one) for one in others_of(groups, place) if one.address)
        usual = elsewhere.total() / len(elsewhere) if elsewhere else 1.0
        more = Counting(max(usual - 1, 0.01), max(usual - 1, 0.01))
        here = Counter(_address(one) for one in mine)
        chances = {each: more.at_least(number - 1) for each, number in here.items()}
        q = dict(zip(chances, q_values(list(chances.values())), strict=True))
        for one in mine:
            if q[_address(one)] <= FINDING:
                numbers = _burst(period) | {"same": float(here[_address(one)]), "others": usual}
                chance = chances[_address(one)]
                yield told(Detector.ROBOT_CLICKS, one, numbers, p_value=max(period.p_value, chance))


def _address(one: Clicked) -> tuple[int, str | None]:
    return one.at // DAY_MS, one.address


def _burst(period: Period) -> dict[str, float]:
    return {
        "clicks": float(period.observed),
        "days": (period.until - period.since) / DAY_MS,
        "usual": period.expected,
    }


class _Flood(NamedTuple):
    """A burst with the orders its clicks claim, and how they lie behind those of others."""

    period: Period
    orders: list[Ordered]
    usual: list[float]
    gap: float
    p_value: float


def flooded_clicks(orders: Sequence[Ordered], periods: Sequence[Period]) -> Iterator[Verdict]:
    """Orders that a burst's clicks claim, where their delays are not those of people who clicked."""
    groups = by_place([one for one in orders if one.delay_ms is not None])
    floods = [flood for period in periods if (flood := _flood(period, groups)) is not None]
    q = q_values([flood.p_value for flood in floods])
    for flood, value in zip(floods, q, strict=True):
        if value <= FINDING:
            yield from _of_flood(flood)


def _flood(period: Period, groups: dict[Place, list[Ordered]]) -> _Flood | None:
    place = Place(period.program, period.publisher)
    claims = [one for one in groups.get(place, ()) if period.since <= (one.claim_at or 0) < period.until]
    usual = [_minutes(one) for one in others_of(groups, place)]
    if len(claims) < ORDERS_LEAST or len(usual) < ORDERS_LEAST:
        return None
    gap, chance = slower([_minutes(one) for one in claims], usual)
    return _Flood(period, claims, usual, gap, chance)


def _of_flood(flood: _Flood) -> Iterator[Verdict]:
    chances = honest_delays([_minutes(one) for one in flood.orders], flood.usual)
    for index in blamed(chances):
        one = flood.orders[index]
        numbers = _burst(flood.period) | {
            "gap": flood.gap,
            "delay_h": (one.delay_ms or 0) / HOUR_MS,
            "median_h": median(flood.usual) / 60,
        }
        yield told(Detector.FLOODED_CLICK, one, numbers, p_value=flood.p_value, honest=chances[index])


def _minutes(one: Ordered) -> float:
    return max((one.delay_ms or 0) / MINUTE_MS, 1 / 60)


def honest_delays(own: Sequence[float], others: Sequence[float]) -> list[float]:
    """How likely each delay is one of people: a mixture of the others' log-normal and of any time alike."""
    logs = [log(value) for value in others]
    middle = median(logs)
    step = max(NORMAL * median(abs(value - middle) for value in logs), _SPREAD_LEAST)
    longest = max(*own, 1.0)
    usual = [exp(-(((log(t) - middle) / step) ** 2) / 2) / (t * step * sqrt(2 * pi)) for t in own]
    share, honest = 0.5, [0.5] * len(own)
    for _round in range(_ROUNDS):
        honest = [(1 - share) * each / ((1 - share) * each + share / longest) for each in usual]
        share = min(max(1 - sum(honest) / len(own), 1e-6), 1 - 1e-6)
    return honest
