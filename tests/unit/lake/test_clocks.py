"""Days, weeks and hours in each program's own zone, also on the nights the clocks change."""

from datetime import date
from pathlib import Path

import pytest

from tests.unit.lake.worlds import COUNTED, fact, facts, lake_of, ms, terms, touch, touches
from utfall.lake import Lake, Query
from utfall.terms import Snapshot

STOCKHOLM = terms((1, "Europe/Stockholm", "SEK"))
NORDIC = terms((1, "Europe/Stockholm", "SEK"), (2, "Europe/Oslo", "NOK"), (3, "America/New_York", "USD"))

# The clocks go forward on 29 March and back on 25 October 2026, both at 01:00 UTC.
NIGHTS = [
    ("2026-03-28T22:59:59.999", date(2026, 3, 28), "2026-03-28T23:00+01:00"),
    ("2026-03-28T23:00", date(2026, 3, 29), "2026-03-29T00:00+01:00"),
    ("2026-03-29T00:59:59.999", date(2026, 3, 29), "2026-03-29T01:00+01:00"),
    ("2026-03-29T01:00", date(2026, 3, 29), "2026-03-29T03:00+02:00"),
    ("2026-03-29T21:59:59.999", date(2026, 3, 29), "2026-03-29T23:00+02:00"),
    ("2026-03-29T22:00", date(2026, 3, 30), "2026-03-30T00:00+02:00"),
    ("2026-10-24T22:00", date(2026, 10, 25), "2026-10-25T00:00+02:00"),
    ("2026-10-25T00:30", date(2026, 10, 25), "2026-10-25T02:00+02:00"),
    ("2026-10-25T01:30", date(2026, 10, 25), "2026-10-25T02:00+01:00"),
    ("2026-10-25T22:59:59.999", date(2026, 10, 25), "2026-10-25T23:00+01:00"),
    ("2026-10-25T23:00", date(2026, 10, 26), "2026-10-26T00:00+01:00"),
]


def one(root: Path, snapshot: Snapshot | None, *by: str, **query: object) -> list[dict[str, object]]:
    with Lake(root) as lake:
        report = lake.report(Query(("clicks",), by=by, **query), snapshot=snapshot)  # type: ignore[arg-type]
    rows: list[dict[str, object]] = report.rows.to_pylist()
    return rows


@pytest.mark.parametrize("zone", ["Europe/Stockholm", "Europe/Oslo"])
@pytest.mark.parametrize(("at", "day", "hour"), NIGHTS)
def test_a_day_begins_at_local_midnight_whatever_the_clocks_do(
    tmp_path: Path, zone: str, at: str, day: date, hour: str
) -> None:
    root = lake_of(tmp_path, touches([(touch("click", at=ms(at)), COUNTED)]))
    expected = {"day": day, "hour": hour, "clicks": 1}
    assert one(root, terms((1, zone, "SEK")), "day", "hour") == [expected]


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    clicks = [(touch("click", n, at=ms(at)), COUNTED) for n, (at, _, _) in enumerate(NIGHTS)]
    return lake_of(tmp_path_factory.mktemp("lake"), touches(clicks))


def test_the_whole_of_a_day_is_counted_and_no_more(nights: Path) -> None:
    for day in {day for _, day, _ in NIGHTS}:
        following = date.fromordinal(day.toordinal() + 1)
        expected = sum(each == day for _, each, _ in NIGHTS)
        assert one(nights, STOCKHOLM, start=day, end=following) == [{"clicks": expected}]


def test_many_nights_are_told_apart_in_one_report(nights: Path) -> None:
    days = sorted({day for _, day, _ in NIGHTS})
    expected = [{"day": day, "clicks": sum(each == day for _, each, _ in NIGHTS)} for day in days]
    assert one(nights, STOCKHOLM, "day") == expected
    assert [row["hour"] for row in one(nights, STOCKHOLM, "hour")] == sorted(hour for _, _, hour in NIGHTS)


def test_weeks_are_those_of_iso_and_months_those_of_the_calendar(tmp_path: Path) -> None:
    times = [
        "2025-12-28T22:59",
        "2025-12-28T23:00",
        "2026-01-04T23:00",
        "2026-12-31T22:59",
        "2026-12-31T23:00",
    ]
    clicks = [(touch("click", n, at=ms(at)), COUNTED) for n, at in enumerate(times)]
    root = lake_of(tmp_path, touches(clicks))
    assert [(row["week"], row["month"]) for row in one(root, STOCKHOLM, "week", "month")] == [
        ("2025-W52", "2025-12"),
        ("2026-W01", "2025-12"),
        ("2026-W02", "2026-01"),
        ("2026-W53", "2026-12"),
        ("2026-W53", "2027-01"),
    ]


def test_each_program_counts_its_days_in_its_own_zone(tmp_path: Path) -> None:
    late = ms("2026-11-20T23:30")  # the 21st in Stockholm and Oslo, the 20th in New York and by UTC
    clicks = [(touch("click", p, at=late, program=p, advertiser=p), COUNTED) for p in (1, 2, 3, 9)]
    root = lake_of(tmp_path, touches(clicks))
    expected = [
        (1, date(2026, 11, 21)),
        (2, date(2026, 11, 21)),
        (3, date(2026, 11, 20)),
        (9, date(2026, 11, 20)),
    ]
    assert [(row["program"], row["day"]) for row in one(root, NORDIC, "program", "day")] == expected
    bounds = {"start": date(2026, 11, 21), "end": date(2026, 11, 22)}
    assert [row["program"] for row in one(root, NORDIC, "program", **bounds)] == [1, 2]
    hours = {row["program"]: row["hour"] for row in one(root, NORDIC, "program", "hour")}
    assert hours == {
        1: "2026-11-21T00:00+01:00",
        2: "2026-11-21T00:00+01:00",
        3: "2026-11-20T18:00-05:00",
        9: "2026-11-20T23:00+00:00",
    }


def test_many_zones_follow_their_own_changes_of_the_clock(tmp_path: Path) -> None:
    # New York changes three weeks before Europe does.
    times = ["2026-03-08T06:59", "2026-03-08T07:00", "2026-03-29T00:59", "2026-03-29T01:00"]
    clicks = [
        (touch("click", n, at=ms(at), program=p, advertiser=p), COUNTED)
        for n, at in enumerate(times)
        for p in (1, 3)
    ]
    root = lake_of(tmp_path, touches(clicks))
    hours = sorted((row["program"], row["hour"]) for row in one(root, NORDIC, "program", "hour"))
    assert hours == [
        (1, "2026-03-08T07:00+01:00"),
        (1, "2026-03-08T08:00+01:00"),
        (1, "2026-03-29T01:00+01:00"),
        (1, "2026-03-29T03:00+02:00"),
        (3, "2026-03-08T01:00-05:00"),
        (3, "2026-03-08T03:00-04:00"),
        (3, "2026-03-28T20:00-04:00"),
        (3, "2026-03-28T21:00-04:00"),
    ]


def test_a_condition_on_a_day_is_a_condition_on_the_local_day(nights: Path) -> None:
    assert one(nights, STOCKHOLM, where={"day": [date(2026, 10, 25)]}) == [{"clicks": 4}]
    assert one(nights, STOCKHOLM, where={"month": ["2026-03"], "day": ["2026-03-29"]}) == [{"clicks": 4}]


def test_without_terms_days_are_those_of_utc(nights: Path) -> None:
    assert one(nights, None, where={"day": [date(2026, 10, 25)]}) == [{"clicks": 4}]
    assert one(nights, None, "hour", limit=1) == [{"hour": "2026-03-28T22:00+00:00", "clicks": 1}]


def test_a_fact_without_money_stands_in_its_programs_currency(tmp_path: Path) -> None:
    clicks = [(touch("click", p, program=p, advertiser=p), COUNTED) for p in (1, 2)]
    plain = facts(
        fact(5, kind="click", status="refused", reason="robot", currency=None),
        fact(6, program=2, advertiser=2, currency=None),
        fact(7, sales=1, cost_micros=5),
        batch=2,
    )
    with Lake(lake_of(tmp_path, touches(clicks), plain)) as lake:
        query = Query(("cost", "sales"), by=("program",))
        many = lake.report(query, snapshot=NORDIC).rows.to_pylist()
        single = lake.report(
            Query(("cost", "sales"), where={"program": [1]}), snapshot=NORDIC
        ).rows.to_pylist()
    assert many == [
        {"program": 1, "currency": "SEK", "cost": 5, "sales": 1},
        {"program": 2, "currency": "NOK", "cost": 0, "sales": 0},
        {"program": 2, "currency": "SEK", "cost": 0, "sales": 0},
    ]
    assert single == [{"currency": "SEK", "cost": 5, "sales": 1}]
