"""Which days are meant, what they are compared with, and how spending goes beside time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from utfall.portal.access import Refused
from utfall.portal.overview.aims import gone, pace_verdict
from utfall.portal.overview.contracts import Against, Asked, Days, Grain
from utfall.portal.overview.days import Span, before, grain_of, points, span_of
from utfall.portal.overview.sparks import spark
from utfall.terms import Period

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (Days.TODAY, DAY, DAY),
        (Days.YESTERDAY, date(2026, 3, 30), date(2026, 3, 30)),
        (Days.LAST_7, date(2026, 3, 25), DAY),
        (Days.LAST_14, date(2026, 3, 18), DAY),
        (Days.LAST_30, date(2026, 3, 2), DAY),
        (Days.LAST_90, date(2026, 1, 1), DAY),
        (Days.THIS_MONTH, date(2026, 3, 1), DAY),
        (Days.LAST_MONTH, date(2026, 2, 1), date(2026, 2, 28)),
        (Days.THIS_QUARTER, date(2026, 1, 1), DAY),
        (Days.THIS_YEAR, date(2026, 1, 1), DAY),
    ],
)
def test_a_span_is_the_days_people_mean_by_it(days: Days, first: date, last: date) -> None:
    span = span_of(Asked(days=days), DAY)
    assert (span.start, span.last) == (first, last)


def test_what_is_compared_has_as_many_days() -> None:
    span = Span(date(2026, 3, 25), date(2026, 4, 1))
    assert before(span, Against.PERIOD) == Span(date(2026, 3, 18), date(2026, 3, 25))
    assert before(span, Against.YEAR) == Span(date(2025, 3, 25), date(2025, 4, 1))
    assert before(span, Against.NOTHING) is None


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (None, DAY, "days_missing"),
        (DAY, date(2026, 3, 1), "days_reversed"),
        (date(2020, 1, 1), DAY, "too_many_days"),
    ],
)
def test_days_that_make_no_sense_are_refused(first: date | None, last: date, code: str) -> None:
    with pytest.raises(Refused) as refused:
        span_of(Asked(days=Days.CUSTOM, first=first, last=last), DAY)
    assert refused.value.problems[0].code == code


def test_points_grow_with_the_span() -> None:
    assert grain_of(Span(DAY, date(2026, 4, 1))) is Grain.HOUR
    assert grain_of(Span(date(2026, 1, 1), DAY)) is Grain.DAY
    assert grain_of(Span(date(2025, 1, 1), DAY)) is Grain.WEEK
    assert len(points(Span(DAY, date(2026, 4, 1)), Grain.HOUR)) == 24
    assert points(Span(date(2026, 12, 28), date(2027, 1, 5)), Grain.WEEK) == ["2026-W53", "2027-W01"]


def test_an_unknown_value_is_a_gap_in_the_line() -> None:
    assert str(spark([1, 2, None, 3, 4])).count("<polyline") == 2
    assert spark([None, 3]) == ""


def test_the_part_of_a_month_that_is_gone_counts_its_hours() -> None:
    noon = datetime(2026, 4, 16, 0, 0, tzinfo=ZoneInfo("UTC"))
    assert gone(Period.MONTH, None, noon) == 500_000
    assert gone(Period.TOTAL, None, noon) is None


@pytest.mark.parametrize(
    ("spent", "gone_ppm", "verdict"),
    [
        (100, 200_000, "out"),
        (50, 500_000, "even"),
        (70, 500_000, "fast"),
        (10, 500_000, "slow"),
        (5, None, "open"),
    ],
)
def test_a_pace_is_told_in_a_word(spent: int, gone_ppm: int | None, verdict: str) -> None:
    assert pace_verdict(spent, 100, gone_ppm) == verdict
