"""Snapshots on disk, and time zones as data."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.scenarios.world import market
from utfall.terms import InvalidSnapshot, ProgramFileError, load_snapshot
from utfall.workers.publish import Shelf, SnapshotMissing, keep, publish, read_program_file, sealed_zone

ZONES = [
    "UTC",
    "Europe/Stockholm",
    "America/New_York",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
]


@pytest.mark.parametrize("name", ZONES)
def test_a_sealed_zone_tells_the_time_the_zone_tells(name: str) -> None:
    zone, truth = sealed_zone(name), ZoneInfo(name)
    at = datetime(1970, 1, 1, tzinfo=UTC)
    while at.year < 2060:
        local = at.astimezone(truth)
        offset = local.utcoffset()
        assert offset is not None
        assert zone.offset_at(int(at.timestamp() * 1000)) == offset.total_seconds(), at
        at += timedelta(days=5, hours=7)


def test_a_zone_changes_in_the_very_second() -> None:
    zone = sealed_zone("Europe/Stockholm")
    change = int(datetime(2026, 3, 29, 1, tzinfo=UTC).timestamp()) * 1000
    assert (zone.offset_at(change - 1), zone.offset_at(change)) == (3600, 7200)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ProgramFileError, match="Mars"):
        sealed_zone("Mars/Olympus")


def test_what_is_published_is_in_force_and_what_was_stays(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    assert shelf.current() is None
    first = publish(market(), tmp_path)
    second = publish(market(hold_days=7), tmp_path)
    assert shelf.current() == second
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{first}.snapshot",
        f"{second}.snapshot",
        "CURRENT",
    }
    assert load_snapshot((tmp_path / f"{first}.snapshot").read_bytes()).hash == first


def test_publishing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    assert publish(market(), tmp_path) == publish(market(), tmp_path)
    assert len(list(tmp_path.glob("*.snapshot"))) == 1


def test_what_is_only_kept_is_not_in_force(tmp_path: Path) -> None:
    first = publish(market(), tmp_path)
    other = keep(market(hold_days=7), tmp_path)
    assert Shelf(tmp_path).current() == first
    assert Shelf(tmp_path).load(other).hash == other


def test_a_snapshot_is_read_once(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = publish(market(), tmp_path)
    assert shelf.load(name) is shelf.load(name)


def test_a_snapshot_that_is_missing_or_forged_is_refused(tmp_path: Path) -> None:
    name = publish(market(), tmp_path)
    with pytest.raises(SnapshotMissing, match="not there"):
        Shelf(tmp_path).load("0" * 64)
    path = tmp_path / f"{name}.snapshot"
    path.write_bytes(path.read_bytes() + b"\xc0")
    with pytest.raises(SnapshotMissing, match="not what its name says"):
        Shelf(tmp_path).load(name)


def test_an_unsound_market_is_not_published(tmp_path: Path) -> None:
    import msgspec

    unsound = msgspec.structs.replace(market(), programs=())
    with pytest.raises(InvalidSnapshot):
        publish(unsound, tmp_path)
    assert Shelf(tmp_path).current() is None


def test_a_program_file_that_is_no_toml_says_so(tmp_path: Path) -> None:
    path = tmp_path / "market.toml"
    path.write_text("this is = = not")
    with pytest.raises(ProgramFileError, match=r"market\.toml"):
        read_program_file(path)
