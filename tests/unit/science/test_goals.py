"""Goals: the worked example, the verdicts, and worlds in which the truth was planted."""

import math
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import msgspec
import pytest

from utfall.science.counting import Counting
from utfall.science.goals import Ceiling, DayCount, Goal, Method, Progress, Verdict, forecast

FIRST = date(2026, 11, 2)
DAY = timedelta(days=1)
WEEK = (10, 12, 9, 11, 13, 8, 7)


def counted(*counts: int, each_micros: int = 50_000_000, first: date = FIRST) -> list[DayCount]:
    return [
        DayCount(day=first + number * DAY, count=count, cost_micros=count * each_micros)
        for number, count in enumerate(counts)
    ]


def goal(target: int, days: int, ceiling_micros: int | None = None) -> Goal:
    return Goal(target=target, starts=FIRST, deadline=FIRST + (days - 1) * DAY, ceiling_micros=ceiling_micros)


def test_the_worked_example() -> None:
    """Two weeks of ten a day, and two to come: 140 are done, 140 more are expected, 278 is likely."""
    days = counted(*WEEK, *WEEK)
    progress = forecast(days, goal(278, 28, 60_000_000), FIRST + 14 * DAY)
    assert (progress.done, progress.days_left, progress.per_day) == (140, 14, 10)
    assert (progress.method, progress.days_used, progress.dispersion) == (Method.RATE, 14, 1)
    assert (progress.low, progress.expected, progress.high) == (259, 280, 302)
    assert progress.probability == pytest.approx(0.55, abs=0.005)
    assert progress.needed_per_day == pytest.approx(138 / 14)
    assert progress.verdict is Verdict.AT_RISK
    assert progress.cost_per_outcome_micros == progress.forecast_cost_per_outcome_micros == 50_000_000
    assert progress.forecast_cost_micros == 280 * 50_000_000
    assert progress.ceiling is Ceiling.WITHIN


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        (140, Verdict.REACHED),
        (250, Verdict.ON_TRACK),
        (290, Verdict.AT_RISK),
        (340, Verdict.OUT_OF_REACH),
    ],
)
def test_verdicts_follow_the_probability(target: int, verdict: Verdict) -> None:
    assert forecast(counted(*WEEK, *WEEK), goal(target, 28), FIRST + 14 * DAY).verdict is verdict


def test_it_is_too_early_with_less_than_a_week_or_hardly_an_outcome() -> None:
    assert forecast(counted(*WEEK[:6]), goal(300, 28), FIRST + 6 * DAY).verdict is Verdict.TOO_EARLY
    rare = counted(*[0, 0, 1, 0, 0, 0, 1] * 2)
    assert forecast(rare, goal(300, 28), FIRST + 14 * DAY).verdict is Verdict.TOO_EARLY
    nothing = forecast([], goal(300, 28), FIRST)
    assert (nothing.verdict, nothing.method, nothing.expected) == (Verdict.TOO_EARLY, Method.NONE, 0)
    assert nothing.cost_per_outcome_micros is None


def test_after_the_deadline_nothing_more_is_expected() -> None:
    late = forecast(counted(*WEEK), goal(100, 7), FIRST + 10 * DAY)
    assert (late.verdict, late.days_left) == (Verdict.OUT_OF_REACH, 0)
    assert (late.low, late.expected, late.high, late.probability) == (70, 70, 70, 0)
    assert forecast(counted(*WEEK), goal(70, 7), FIRST + 10 * DAY).verdict is Verdict.REACHED


def test_days_before_the_goal_teach_and_do_not_count() -> None:
    before = counted(*WEEK, *WEEK, first=FIRST - 14 * DAY)
    progress = forecast(before, goal(140, 14), FIRST)
    assert (progress.done, progress.expected, progress.verdict) == (0, 140, Verdict.AT_RISK)


def test_today_counts_as_far_as_it_has_come() -> None:
    days = counted(*WEEK, *WEEK, 4)
    today = FIRST + 14 * DAY
    assert forecast(days, goal(300, 15), today).expected == 144
    assert forecast(days, goal(300, 15), today, elapsed=0.4).expected == pytest.approx(150, abs=1)
    assert forecast(days[:-1], goal(300, 15), today).days_left == 1
    with pytest.raises(ValueError, match="share of a day"):
        forecast(days, goal(300, 15), today, elapsed=1.5)


def test_a_goal_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="no earlier"):
        forecast([], goal(10, 0), FIRST)


def test_a_missing_day_counted_nothing() -> None:
    days = counted(*WEEK, *WEEK)
    assert forecast(days[:7] + days[8:], goal(300, 28), FIRST + 14 * DAY).per_day < 10


def test_from_four_weeks_on_weekdays_have_their_own_rate() -> None:
    """Weekends sell nothing: a weekend to come adds next to nothing."""
    days = counted(*[20, 20, 20, 20, 20, 0, 0] * 4)
    friday_night = forecast(days, Goal(target=500, starts=FIRST, deadline=FIRST + 34 * DAY), FIRST + 28 * DAY)
    assert friday_night.method is Method.WEEKDAYS
    assert friday_night.expected == pytest.approx(500, abs=3)
    weekend = forecast(days[:26], Goal(target=500, starts=FIRST, deadline=FIRST + 27 * DAY), FIRST + 26 * DAY)
    assert weekend.method is Method.RATE
    later = FIRST + 33 * DAY
    more = counted(*[20, 20, 20, 20, 20, 0, 0] * 4, 20, 20, 20, 20, 20)
    quiet = forecast(more, Goal(target=600, starts=FIRST, deadline=later + DAY), later)
    assert quiet.expected - quiet.done <= 3


def test_the_ceiling_compares_what_was_paid_and_what_will_be() -> None:
    dear = counted(*WEEK, each_micros=80_000_000)
    cheap = counted(*WEEK * 4, each_micros=40_000_000, first=FIRST + 7 * DAY)
    today = FIRST + 35 * DAY
    assert forecast(dear, goal(300, 14, 70_000_000), FIRST + 7 * DAY).ceiling is Ceiling.OVER
    falling = forecast([*dear, *cheap], goal(900, 120, 46_000_000), today)
    assert falling.cost_per_outcome_micros == 48_000_000
    assert falling.forecast_cost_per_outcome_micros is not None
    assert falling.forecast_cost_per_outcome_micros < 46_000_000
    assert falling.ceiling is Ceiling.AT_RISK


def test_progress_is_json() -> None:
    progress = forecast(counted(*WEEK), goal(100, 28), FIRST + 7 * DAY)
    assert msgspec.json.decode(msgspec.json.encode(progress), type=Progress) == progress


def poisson(chance: Random, mean: float) -> int:
    """A draw by counting exponential waits; in parts, so that no product vanishes."""
    number = 0
    while mean > 0:
        part = min(mean, 500.0)
        limit, product = math.exp(-part), chance.random()
        while product > limit:
            number += 1
            product *= chance.random()
        mean -= part
    return number


World = Callable[[Random, date], int]


def planted(per_day: float, dispersion: float, weekend: float) -> World:
    """Counts of a known rate: gamma-Poisson of variance `dispersion` times the mean, another at weekends."""

    def count(chance: Random, day: date) -> int:
        mean = per_day * (weekend if day.weekday() >= 5 else 1.0)
        if dispersion > 1:
            mean = chance.gammavariate(mean / (dispersion - 1), dispersion - 1)
        return poisson(chance, mean)

    return count


@pytest.mark.parametrize("history", [14, 28, 56])
@pytest.mark.parametrize(
    ("per_day", "dispersion", "weekend"),
    [(3.0, 1.0, 1.0), (20.0, 1.0, 0.5), (20.0, 4.0, 1.0), (150.0, 6.0, 0.6)],
)
def test_the_interval_covers_what_was_planted(
    history: int, per_day: float, dispersion: float, weekend: float
) -> None:
    """In 80 of 100 worlds what came lies in the interval, give or take what 250 worlds can show."""
    world, inside, likely, reached, worlds = planted(per_day, dispersion, weekend), 0, 0.0, 0, 250
    ahead = 28
    for seed in range(worlds):
        chance = Random(seed)
        counts = [world(chance, FIRST + number * DAY) for number in range(history + ahead)]
        target = round(per_day * (5 + 2 * weekend) / 7 * (history + ahead))
        progress = forecast(counted(*counts[:history]), goal(target, history + ahead), FIRST + history * DAY)
        inside += progress.low <= sum(counts) <= progress.high
        likely += progress.probability
        reached += sum(counts) >= target
    assert 0.7 <= inside / worlds <= 0.9
    assert abs(likely - reached) / worlds <= 0.08, "probabilities come true as often as they say"


def test_a_count_of_equal_mean_and_variance_is_poisson() -> None:
    law = Counting(3.0, 3.0)
    assert law.at_least(1) == pytest.approx(1 - math.exp(-3))
    assert law.quantile(0.5) == 3
    assert (Counting(0, 0).quantile(0.9), Counting(0, 0).at_least(1), Counting(0, 0).at_least(0)) == (0, 0, 1)


def test_exact_sums_and_the_approximation_meet() -> None:
    exact, close = Counting(1_999.0, 9_000.0), Counting(2_001.0, 9_000.0)
    for share in (0.1, 0.5, 0.9):
        assert exact.quantile(share) == pytest.approx(close.quantile(share), abs=4)
    assert exact.at_least(2_100) == pytest.approx(close.at_least(2_100), abs=0.01)
