"""Whether a goal will be reached: docs/algorithms/goals.md in code.

    forecast(days, Goal(target=500, starts=date(2026, 11, 1), deadline=date(2026, 11, 30)), today)

Model. The count of a day is quasi-Poisson: mean λ·w(weekday), variance φ times the mean. λ is estimated by
the sum of counts over the sum of weights W, so it has variance φλ/W; φ by Pearson's statistic over its f
degrees of freedom, at least 1. What is still to come over days of total weight R has mean λR and variance
φλR(1 + R/W)(1 + 1.5/f (1 - 1/φ)), and is taken as negative binomial, the gamma mixture of Poisson counts.
The last factor is there because what φ has beyond chance is itself uncertain: Student's t with f degrees of
freedom asks 1.5/f of an 80 % interval.

Assumes that the days to come are like those given: no trend, no campaign that begins or ends, no holiday.
Sources: McCullagh and Nelder, Generalized Linear Models (1989), 6.2 and 9.2, for dispersion; Gelman et al.,
Bayesian Data Analysis (2013), 2.6, for the gamma mixture and the weekday factors' shrinkage.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from msgspec import Struct

from utfall.money import round_ratio
from utfall.science.counting import Counting

WEEKDAYS_FROM_DAYS: Final = 28
WITHIN_WEEKDAYS_FROM_DAYS: Final = 14
ENOUGH_DAYS: Final = 7
ENOUGH_OUTCOMES: Final = 5
ON_TRACK: Final = 0.7
HOPELESS: Final = 0.05
UNCERTAIN: Final = 1.5
LOW, MIDDLE, HIGH = 0.1, 0.5, 0.9
_LONGEST_DAYS: Final = 3_660
_DAY: Final = timedelta(days=1)


class Verdict(StrEnum):
    """How a goal stands."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OUT_OF_REACH = "out_of_reach"
    TOO_EARLY = "too_early"


class Ceiling(StrEnum):
    """How the cost per outcome stands to its ceiling: so far, and as it will be at the deadline."""

    NONE = "none"
    WITHIN = "within"
    AT_RISK = "at_risk"
    OVER = "over"


class Method(StrEnum):
    """What the forecast rests on: nothing yet, one rate for all days, or a rate for each weekday."""

    NONE = "none"
    RATE = "rate"
    WEEKDAYS = "weekdays"


class DayCount(Struct, frozen=True, kw_only=True):
    """What was counted on a day, and what it cost."""

    day: date
    count: int
    cost_micros: int = 0


class Goal(Struct, frozen=True, kw_only=True):
    """So many outcomes from `starts` to `deadline`, the last day that counts; each at most so dear."""

    target: int
    starts: date
    deadline: date
    ceiling_micros: int | None = None


class Progress(Struct, frozen=True, kw_only=True):
    """Where a goal stands, and where it will: `expected` is the median, `low` to `high` hold it in 80 of
    100 cases, `probability` is that of reaching the target by the deadline.
    """

    verdict: Verdict
    method: Method
    done: int
    target: int
    days_left: float
    expected: int
    low: int
    high: int
    probability: float
    per_day: float
    needed_per_day: float
    cost_micros: int
    forecast_cost_micros: int
    cost_per_outcome_micros: int | None
    forecast_cost_per_outcome_micros: int | None
    ceiling: Ceiling
    days_used: int
    dispersion: float


class Rate(Struct, frozen=True, kw_only=True):
    """What the past tells: the rate of a day of weight 1, the weekdays' weights, and how counts vary."""

    per_day: float
    weights: tuple[float, ...]
    seen_weight: float
    dispersion: float
    freedom: int
    method: Method
    days: int


def forecast(days: Sequence[DayCount], goal: Goal, today: date, *, elapsed: float | None = None) -> Progress:
    """Progress of a goal. Days before it starts teach the rate; a day that is missing counted nothing.

    `elapsed` is the share of today that is over; None: all of it if today is among the days, else none.
    """
    known = {one.day: one for one in days if one.day <= today}
    if elapsed is None:
        elapsed = 1.0 if today in known else 0.0
    if not 0 <= elapsed <= 1:
        raise ValueError(f"elapsed is a share of a day, not {elapsed}")
    if not 0 <= (goal.deadline - goal.starts).days < _LONGEST_DAYS:
        raise ValueError("a goal ends no earlier than it starts, and within ten years")
    counted = [one for one in known.values() if goal.starts <= one.day <= goal.deadline]
    done, cost = sum(one.count for one in counted), sum(one.cost_micros for one in counted)
    rate = _rate(known, today)
    ahead = _ahead(goal, today, elapsed)
    weight = sum(share * rate.weights[day.weekday()] for day, share in ahead.items())
    return _progress(goal, rate, done, cost, weight, sum(ahead.values()), _recent(known, today))


def _ahead(goal: Goal, today: date, elapsed: float) -> dict[date, float]:
    """The days that still count, with the share of each that is to come."""
    first = max(today, goal.starts)
    left = (first + number * _DAY for number in range(max((goal.deadline - first).days + 1, 0)))
    shares = {day: 1 - elapsed if day == today else 1.0 for day in left}
    return {day: share for day, share in shares.items() if share}


def _rate(known: Mapping[date, DayCount], today: date) -> Rate:
    """The rate of the whole days before today, with weekday factors from four weeks on."""
    first = min((day for day in known if day < today), default=today)
    whole = [first + number * _DAY for number in range((today - first).days)]
    counts = [known[day].count if day in known else 0 for day in whole]
    if not whole:
        return Rate(
            per_day=0, weights=(1.0,) * 7, seen_weight=0, dispersion=1, freedom=0, method=Method.NONE, days=0
        )
    flat = (1.0,) * 7
    by_weekday = len(whole) >= WEEKDAYS_FROM_DAYS
    weights = _weekday_weights(whole, counts, _dispersion(whole, counts, flat, 1)) if by_weekday else flat
    # From two weeks on, that weekdays differ is not mistaken for chance, though their factors wait for four.
    within = len(whole) >= WITHIN_WEEKDAYS_FROM_DAYS
    around = weights if by_weekday else _weekday_weights(whole, counts, 0) if within else flat
    parameters = 7 if within else 1
    seen = sum(weights[day.weekday()] for day in whole)
    return Rate(
        per_day=sum(counts) / seen,
        weights=weights,
        seen_weight=seen,
        dispersion=_dispersion(whole, counts, around, parameters),
        freedom=max(len(whole) - parameters, 1),
        method=Method.WEEKDAYS if by_weekday else Method.RATE,
        days=len(whole),
    )


def _weekday_weights(whole: Sequence[date], counts: Sequence[int], dispersion: float) -> tuple[float, ...]:
    """(counted + φ) / (expected at one rate + φ) for each weekday: few counts leave a weekday near one."""
    mean = sum(counts) / len(counts)
    counted, expected = [dispersion] * 7, [dispersion] * 7
    for day, number in zip(whole, counts, strict=True):
        counted[day.weekday()] += number
        expected[day.weekday()] += mean
    return tuple(one / other if other else 1.0 for one, other in zip(counted, expected, strict=True))


def _dispersion(
    whole: Sequence[date], counts: Sequence[int], weights: Sequence[float], parameters: int
) -> float:
    """Pearson's chi-square over its degrees of freedom; never below 1, which is chance alone."""
    seen = sum(weights[day.weekday()] for day in whole)
    per_day = sum(counts) / seen
    if not per_day or len(whole) <= parameters:
        return 1.0
    means = (per_day * weights[day.weekday()] for day in whole)
    chi = sum((number - mean) ** 2 / mean for number, mean in zip(counts, means, strict=True) if mean)
    return max(chi / (len(whole) - parameters), 1.0)


def _recent(known: Mapping[date, DayCount], today: date) -> tuple[int, int]:
    """Cost and count of the last four weeks, today included: what an outcome costs now."""
    recent = [one for one in known.values() if today - WEEKDAYS_FROM_DAYS * _DAY < one.day]
    return sum(one.cost_micros for one in recent), sum(one.count for one in recent)


def _progress(
    goal: Goal, rate: Rate, done: int, cost: int, weight: float, days_left: float, recent: tuple[int, int]
) -> Progress:
    mean = rate.per_day * weight
    spread = 1 + UNCERTAIN / rate.freedom * (1 - 1 / rate.dispersion) if rate.freedom else 1.0
    learnt = weight / rate.seen_weight if rate.seen_weight else 0.0
    coming = Counting(mean, rate.dispersion * mean * (1 + learnt) * spread)
    probability = coming.at_least(goal.target - done)
    low, expected, high = (done + coming.quantile(share) for share in (LOW, MIDDLE, HIGH))
    more = expected - done
    later = cost + (round_ratio(recent[0] * more, recent[1], "half_even") if recent[1] else 0)
    so_far = round_ratio(cost, done, "half_even") if done else None
    then = round_ratio(later, expected, "half_even") if expected else None
    return Progress(
        verdict=_verdict(goal, rate, done, days_left, probability, recent[1]),
        method=rate.method,
        done=done,
        target=goal.target,
        days_left=days_left,
        expected=expected,
        low=low,
        high=high,
        probability=probability,
        per_day=mean / days_left if days_left else rate.per_day,
        needed_per_day=max(goal.target - done, 0) / days_left if days_left else 0.0,
        cost_micros=cost,
        forecast_cost_micros=later,
        cost_per_outcome_micros=so_far,
        forecast_cost_per_outcome_micros=then,
        ceiling=_ceiling(goal, so_far, then),
        days_used=rate.days,
        dispersion=rate.dispersion,
    )


def _verdict(
    goal: Goal, rate: Rate, done: int, days_left: float, probability: float, recently: int
) -> Verdict:
    if done >= goal.target:
        return Verdict.REACHED
    if not days_left:
        return Verdict.OUT_OF_REACH
    if rate.days < ENOUGH_DAYS or recently < ENOUGH_OUTCOMES:
        return Verdict.TOO_EARLY
    if probability >= ON_TRACK:
        return Verdict.ON_TRACK
    return Verdict.OUT_OF_REACH if probability < HOPELESS else Verdict.AT_RISK


def _ceiling(goal: Goal, so_far: int | None, then: int | None) -> Ceiling:
    """Over only where both what was paid and what is expected lie above."""
    if goal.ceiling_micros is None:
        return Ceiling.NONE
    above = [each is not None and each > goal.ceiling_micros for each in (so_far, then)]
    return Ceiling.OVER if all(above) else Ceiling.AT_RISK if any(above) else Ceiling.WITHIN
