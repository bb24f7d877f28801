"""Merging changes which files there are, and no answer."""

from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.unit.lake.worlds import COUNTED, CPC, NOON, ROBOT, fact, facts, lake_of, touch, touches
from utfall.lake import METRICS, Lake, LakeWriter, Policy, Query, compact, read_catalog
from utfall.lake.catalog import Catalog, Part
from utfall.lake.compaction import due

POLICY = Policy(after_ms=3_600_000, files=4, full_rows=1000, grace_ms=600_000)
QUESTIONS = (
    Query(tuple(METRICS)),
    Query(tuple(METRICS), by=("day", "publisher", "country")),
    Query(("clicks", "gross_clicks"), by=("hour", "reason", "sub1")),
)


def part(number: int, *, rows: int = 10, at: int = NOON, day: str = "2026-11-25") -> Part:
    return Part(day, f"part-{number}.parquet", number, number, rows, 1000, at)


def lake_with_small_files(root: Path, *, batches: int = 6) -> Path:
    tables = []
    for batch in range(1, batches + 1):
        at = NOON + batch * 60_000
        pairs = [
            (touch("click", n, at=at, publisher=n % 3 + 1, country=("SE", None)[n % 2], sub=("x",)), fate)
            for n, fate in enumerate([CPC, CPC, ROBOT, COUNTED])
        ]
        tables.append(touches(pairs, batch=batch))
    return lake_of(root, *tables, facts(fact(9, at=NOON, sales=1, revenue_micros=7), batch=batches + 1))


def answers(lake: Lake) -> list[object]:
    reports = [lake.report(query) for query in QUESTIONS]
    return [(report.rows.to_pylist(), report.totals.to_pylist()) for report in reports]


def test_many_small_files_of_a_day_become_one_and_no_answer_changes(tmp_path: Path) -> None:
    lake_with_small_files(tmp_path)
    with LakeWriter(tmp_path) as writer, Lake(tmp_path) as lake:
        before = answers(lake)
        assert compact(writer, POLICY, NOON + 1) is not None
        assert answers(lake) == before
    catalog = read_catalog(tmp_path)
    assert [part.rows for part in catalog.parts] == [1, 24] or [part.rows for part in catalog.parts] == [
        24,
        1,
    ]
    assert len(catalog.retired) == 6


def test_a_reader_that_began_before_finds_its_files_until_the_grace_is_over(tmp_path: Path) -> None:
    lake_with_small_files(tmp_path)
    old = read_catalog(tmp_path)
    with LakeWriter(tmp_path) as writer:
        compact(writer, POLICY, NOON)
        compact(writer, POLICY, NOON + POLICY.grace_ms)
        assert all((tmp_path / path).exists() for path in old.paths())
        compact(writer, POLICY, NOON + POLICY.grace_ms + 1)
        assert sum((tmp_path / path).exists() for path in old.paths()) == 1
        assert writer.catalog.retired == ()


def test_what_a_crash_left_of_a_merge_is_removed_and_the_merge_done_again(tmp_path: Path) -> None:
    lake_with_small_files(tmp_path)
    before = (tmp_path / "catalog.json").read_bytes()
    with LakeWriter(tmp_path) as writer:
        compact(writer, POLICY, NOON)
    (tmp_path / "catalog.json").write_bytes(before)  # as if the crash had come before the catalog
    with LakeWriter(tmp_path) as writer, Lake(tmp_path) as lake:
        expected = answers(lake)
        assert len(list(tmp_path.rglob("*.parquet"))) == 7
        compact(writer, POLICY, NOON)
        assert answers(lake) == expected


def test_retired_files_survive_a_restart_of_the_writer(tmp_path: Path) -> None:
    lake_with_small_files(tmp_path)
    with LakeWriter(tmp_path) as writer:
        compact(writer, POLICY, NOON)
    LakeWriter(tmp_path).close()
    assert len(list(tmp_path.rglob("*.parquet"))) == 8


def test_a_day_is_merged_when_enough_files_of_one_size_have_gathered() -> None:
    few = Catalog(parts=tuple(part(n) for n in range(3)))
    assert due(few, POLICY, NOON) == []
    enough = Catalog(parts=(*few.parts, part(3), part(4, rows=900)))
    assert due(enough, POLICY, NOON) == [part(n) for n in range(4)]


def test_old_small_files_are_merged_however_few() -> None:
    catalog = Catalog(parts=(part(1), part(2, rows=50, at=NOON + 5)))
    assert due(catalog, POLICY, NOON + POLICY.after_ms - 1) == []
    assert due(catalog, POLICY, NOON + POLICY.after_ms) == list(catalog.parts)


def test_a_trickle_of_late_facts_does_not_rewrite_a_large_file() -> None:
    catalog = Catalog(parts=(part(1, rows=900), part(2), part(3, rows=30)))
    assert due(catalog, POLICY, NOON + POLICY.after_ms) == [part(2), part(3, rows=30)]


def test_full_files_and_single_ones_are_left_in_peace() -> None:
    catalog = Catalog(parts=(part(1, rows=1000), part(2), part(3, day="2026-11-24")))
    assert due(catalog, POLICY, NOON + 10 * POLICY.after_ms) == []


def test_the_day_with_most_to_merge_comes_first() -> None:
    today, yesterday = (
        tuple(part(n, day=day) for n in range(count)) for day, count in (("2026-11-25", 4), ("2026-11-24", 5))
    )
    assert due(Catalog(parts=(*today, *yesterday)), POLICY, NOON) == list(yesterday)


@pytest.mark.parametrize("files", [4, 8, 16])
def test_a_fact_is_rewritten_few_times_however_many_files_come(tmp_path: Path, files: int) -> None:
    policy = Policy(files=files, full_rows=10**6)
    written = 0
    with LakeWriter(tmp_path) as writer:
        for batch in range(1, 65):
            table = facts(fact(batch, sales=1), batch=batch)
            writer.write_part(table, first_batch=batch, last_batch=batch, now_ms=NOON)
            while (into := compact(writer, policy, NOON)) is not None:
                written += into.rows
        sizes = [part.rows for part in writer.catalog.parts]
    assert sum(sizes) == 64
    assert len(sizes) < 3 * files
    assert written <= 64 * 4


def test_merged_rows_lie_in_order(tmp_path: Path) -> None:
    lake_with_small_files(tmp_path)
    with LakeWriter(tmp_path) as writer:
        into = compact(writer, POLICY, NOON)
    assert into is not None
    table = pq.read_table(tmp_path / into.path, partitioning=None)
    keys = list(zip(table["publisher"].to_pylist(), table["occurred_at"].to_pylist(), strict=True))
    assert all(one <= other for one, other in pairwise(keys))
