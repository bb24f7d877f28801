"""A zone's days, sealed as data, are those of the tz database."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.engine.market import zone_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMES = ["UTC", "Europe/Stockholm", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
moments = st.integers(662_688_000_000, 2_111_000_000_000)


def ms(month: int, day: int, hour: int, minute: int = 0) -> int:
    """A moment of 2026 as milliseconds."""
    return (datetime(2026, month, day, hour, minute, tzinfo=UTC) - EPOCH) // timedelta(milliseconds=1)


@given(st.sampled_from(NAMES), moments)
def test_the_local_day_is_that_of_the_tz_database(name: str, at: int) -> None:
    assert zone_of(name).day(at) == (EPOCH + timedelta(milliseconds=at)).astimezone(ZoneInfo(name)).date()


@given(st.sampled_from(NAMES), moments)
def test_local_time_goes_to_utc_and_back(name: str, at: int) -> None:
    zone = zone_of(name)
    local = at + zone.offset_at(at) * 1000
    back = zone.to_utc_ms(local)
    assert back + zone.offset_at(back) * 1000 == local
    assert back <= at, "the earlier of two instants that the clock shows alike"


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ((3, 29, 1, 59), (3, 29, 0, 59)),
        ((3, 29, 2, 30), (3, 29, 1, 30)),
        ((3, 29, 3, 0), (3, 29, 1, 0)),
        ((10, 25, 1, 59), (10, 24, 23, 59)),
        ((10, 25, 2, 30), (10, 25, 0, 30)),
        ((10, 25, 3, 0), (10, 25, 2, 0)),
    ],
)
def test_the_hour_that_is_skipped_and_the_hour_that_comes_twice(
    local: tuple[int, ...], utc: tuple[int, ...]
) -> None:
    assert zone_of("Europe/Stockholm").to_utc_ms(ms(*local)) == ms(*utc)


def test_a_summer_day_in_stockholm_begins_at_ten_the_evening_before() -> None:
    zone = zone_of("Europe/Stockholm")
    midnight = ms(6, 9, 22)
    assert (zone.day(midnight), zone.day(midnight - 1)) == (date(2026, 6, 10), date(2026, 6, 9))


def test_before_the_first_known_change_the_first_offset_holds() -> None:
    assert zone_of("Europe/Stockholm").offset_at(0) == 3600


@pytest.mark.parametrize("name", ["Europe/Stockholm", "America/New_York"])
def test_a_time_beyond_the_calendar_falls_on_its_first_or_last_day(name: str) -> None:
    end_of_9999 = 253_402_300_799_999
    assert zone_of(name).day(1 << 60) == date.max
    assert zone_of(name).day(-(1 << 60)) == date.min
    assert zone_of(name).day(end_of_9999) in (date.max, date.max - timedelta(days=1))
