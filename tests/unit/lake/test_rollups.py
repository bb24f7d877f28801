"""Rollups come and go with their part, survive nothing half done, and are never needed for an answer."""

from datetime import date, timedelta
from pathlib import Path

from tests.unit.lake.test_compaction import POLICY, QUESTIONS, lake_with_small_files
from tests.unit.lake.worlds import CPC, NOON, lake_of, terms, touch, touches
from utfall.lake import HeldLake, Lake, LakeWriter, Policy, Query, Scope, compact, read_catalog
from utfall.lake.clocks import DAY_MS
from utfall.lake.rolling import due_for_rollup
from utfall.lake.rollups import GRAINS
from utfall.terms import Snapshot

ROLLING = Policy(files=10**6, after_ms=10**15, roll_rows=1)
CLICKS = Query(("clicks", "cost"), by=("day", "publisher"))
MARKET = terms((1, "Europe/Stockholm", "SEK"))


def lake_with_many_clicks(root: Path) -> Path:
    pairs = [(touch("click", n, at=NOON + n, publisher=n % 2 + 1), CPC) for n in range(40)]
    return lake_of(root, touches(pairs))


def rolled(root: Path) -> None:
    with LakeWriter(root) as writer:
        while due_for_rollup(writer.catalog, 1) is not None:
            compact(writer, ROLLING, NOON)


def clicks(held: HeldLake) -> int:
    return sum(row["clicks"] for row in held.reports([CLICKS], snapshot=MARKET)[0].rows.to_pylist())


def test_a_part_has_every_rollup_that_is_shorter_than_itself(tmp_path: Path) -> None:
    rolled(lake_with_many_clicks(tmp_path))
    (part,) = read_catalog(tmp_path).parts
    assert {each.grain for each in part.rollups} == {grain.key for grain in GRAINS}
    assert {each.rows for each in part.rollups} == {1, 2}
    assert all((tmp_path / path).exists() for path in part.paths)


def test_a_rollup_that_is_no_shorter_is_remembered_and_not_kept(tmp_path: Path) -> None:
    lake_of(tmp_path, touches([(touch("click", 1), CPC)]))
    rolled(tmp_path)
    (part,) = read_catalog(tmp_path).parts
    assert {each.rows for each in part.rollups} == {0}
    assert part.paths == [part.path]
    assert due_for_rollup(read_catalog(tmp_path), 1) is None


def test_what_a_crash_left_of_rollups_is_removed_and_made_again(tmp_path: Path) -> None:
    lake_with_many_clicks(tmp_path)
    before = (tmp_path / "catalog.json").read_bytes()
    rolled(tmp_path)
    (tmp_path / "catalog.json").write_bytes(before)  # as if the crash had come before the catalog
    LakeWriter(tmp_path).close()
    assert list((tmp_path / "rollups").rglob("*.parquet")) == []
    rolled(tmp_path)
    held = HeldLake(tmp_path)
    assert clicks(held) == 40
    held.close()


def test_merged_parts_take_their_rollups_with_them(tmp_path: Path) -> None:
    lake_with_small_files(tmp_path)
    held = HeldLake(tmp_path)
    with Lake(tmp_path) as lake:
        expected = [lake.report(query).rows for query in QUESTIONS]
        rolled(tmp_path)
        assert [one.rows for one in held.reports(QUESTIONS)] == expected
        with LakeWriter(tmp_path) as writer:
            assert compact(writer, POLICY, NOON + 1) is not None
            assert all((tmp_path / each.path).exists() for each in writer.catalog.retired)
            assert [one.rows for one in held.reports(QUESTIONS)] == expected
            compact(writer, POLICY, NOON + POLICY.grace_ms + 2)
            assert writer.catalog.retired == ()
        assert [lake.report(query).rows for query in QUESTIONS] == expected
    held.close()


def test_a_fact_that_was_shipped_is_in_the_next_answer(tmp_path: Path) -> None:
    rolled(lake_with_many_clicks(tmp_path))
    held = HeldLake(tmp_path)
    assert clicks(held) == 40
    with LakeWriter(tmp_path) as writer:
        table = touches([(touch("click", 99, at=NOON + 99), CPC)], batch=2)
        writer.write_part(table, first_batch=2, last_batch=2, now_ms=NOON)
    assert clicks(held) == 41
    held.close()


def test_without_room_in_memory_files_are_read(tmp_path: Path) -> None:
    rolled(lake_with_many_clicks(tmp_path))
    held = HeldLake(tmp_path, rows=0)
    assert clicks(held) == 40
    held.close()


def test_an_hour_and_a_zone_whose_midnight_is_no_cut_are_read_from_facts(tmp_path: Path) -> None:
    rolled(lake_with_many_clicks(tmp_path))
    held = HeldLake(tmp_path)
    for query, market in (
        (Query(("clicks",), by=("hour",)), MARKET),
        (Query(("clicks",), by=("day",)), terms((1, "America/St_Johns", "SEK"))),
    ):
        report = held.reports([query], snapshot=market)[0]
        with Lake(tmp_path) as lake:
            assert report.rows == lake.report(query, snapshot=market).rows
    held.close()


def test_an_answer_is_told_again_until_a_part_it_is_about_is_another(tmp_path: Path) -> None:
    lake_with_many_clicks(tmp_path)
    held, day = HeldLake(tmp_path), date(2026, 11, 25)
    asked = Query(("clicks",), by=("publisher",), start=day, end=day + timedelta(days=1))
    own, other = (Scope(publishers=frozenset({one})) for one in (1, 2))
    first = [held.reports([asked], scope=scope)[0] for scope in (own, other)]
    assert [one.records for one in first] == [[{"publisher": one, "clicks": 20}] for one in (1, 2)]
    with LakeWriter(tmp_path) as writer:
        later = touches([(touch("click", 99, at=NOON + 3 * DAY_MS, publisher=1), CPC)], batch=2)
        writer.write_part(later, first_batch=2, last_batch=2, now_ms=NOON)
    again = [held.reports([asked], scope=scope)[0] for scope in (own, other)]
    assert [one.records is before.records for one, before in zip(again, first, strict=True)] == [True, True]
    assert [one.shipped for one in again] == [2, 2]
    with LakeWriter(tmp_path) as writer:
        late = touches([(touch("click", 98, at=NOON + 98, publisher=1), CPC)], batch=3)
        writer.write_part(late, first_batch=3, last_batch=3, now_ms=NOON)
    assert held.reports([asked], scope=own)[0].records == [{"publisher": 1, "clicks": 21}]
    supposed = Snapshot(MARKET.market, "")
    answers = [held.reports([asked], scope=own, snapshot=supposed)[0] for _again in range(2)]
    assert answers[0].records is not answers[1].records, "terms without a hash could be any"
    held.close()
