"""A batch is in the lake wholly or not at all, and once."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.unit.lake.worlds import COUNTED, NOON, fact, facts, lake_of, ms, touch, touches
from utfall.lake import (
    BatchOutOfOrder,
    Catalog,
    CatalogDamaged,
    Lake,
    LakeBusy,
    LakeWriter,
    Query,
    read_catalog,
)


def sales(*numbers: int) -> object:
    return facts(*(fact(n, sales=1) for n in numbers))


def total(root: Path) -> int:
    with Lake(root) as lake:
        count: int = lake.report(Query(("sales",))).totals["sales"][0].as_py()
    return count


def files(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*.parquet"))


def test_each_day_has_a_file_of_its_own_in_utc(tmp_path: Path) -> None:
    times = ["2026-11-20T23:59:59.999", "2026-11-21T00:00", "2026-11-20T10:00"]
    lake_of(tmp_path, touches([(touch("click", n, at=ms(at)), COUNTED) for n, at in enumerate(times)]))
    assert files(tmp_path) == [
        "facts/day=2026-11-20/part-0000000001-0000000001.parquet",
        "facts/day=2026-11-21/part-0000000001-0000000001.parquet",
    ]
    assert [part.rows for part in read_catalog(tmp_path).parts] == [2, 1]


def test_other_readers_see_plain_columns(tmp_path: Path) -> None:
    lake_of(tmp_path, touches([(touch("click", country="SE", sub=("a", "", "c")), COUNTED)]))
    row = pq.read_table(tmp_path / "facts").to_pylist()[0]
    assert row["country"] == "SE"
    assert row["occurred_at"].isoformat() == "2026-11-25T12:00:00+00:00"
    assert (row["sub1"], row["sub2"], row["sub3"], row["sub4"]) == ("a", None, "c", None)
    assert row["verdict"] == "accepted"
    assert row["cost_micros"] == 0
    assert row["day"] == "2026-11-25", "the folder is the partition"


def test_a_batch_that_is_there_already_is_not_counted_again(tmp_path: Path) -> None:
    lake_of(tmp_path, sales(1, 2))
    with LakeWriter(tmp_path) as lake:
        lake.write_part(sales(1, 2), first_batch=1, last_batch=1, now_ms=NOON)
    assert total(tmp_path) == 2


@pytest.mark.parametrize(("first", "last"), [(1, 3), (4, 4), (3, 2)])
def test_overlaps_and_gaps_are_refused(tmp_path: Path, first: int, last: int) -> None:
    lake_of(tmp_path, sales(1), sales(2))
    with LakeWriter(tmp_path) as lake:
        if last <= lake.catalog.shipped:
            first, last = 9, 8
        with pytest.raises(BatchOutOfOrder):
            lake.write_part(sales(3), first_batch=first, last_batch=last, now_ms=NOON)
    assert total(tmp_path) == 2


def test_a_lake_begins_with_the_first_batch_of_its_book(tmp_path: Path) -> None:
    with LakeWriter(tmp_path) as lake:
        with pytest.raises(BatchOutOfOrder):
            lake.write_part(sales(1), first_batch=2, last_batch=2, now_ms=NOON)
        lake.write_part(sales(1), first_batch=0, last_batch=1, now_ms=NOON)
    assert total(tmp_path) == 1


def test_a_batch_without_facts_is_shipped_all_the_same(tmp_path: Path) -> None:
    lake_of(tmp_path, facts(), facts())
    assert read_catalog(tmp_path).shipped == 2
    assert total(tmp_path) == 0


def test_there_is_one_writer(tmp_path: Path) -> None:
    with LakeWriter(tmp_path), pytest.raises(LakeBusy):
        LakeWriter(tmp_path)
    LakeWriter(tmp_path).close()


def test_what_the_catalog_does_not_name_is_not_in_the_lake_and_is_removed(tmp_path: Path) -> None:
    lake_of(tmp_path, sales(1))
    day = tmp_path / "facts" / "day=2026-11-25"
    whole = (day / "part-0000000001-0000000001.parquet").read_bytes()
    (day / "part-0000000002-0000000002.parquet").write_bytes(whole)
    (day / ".building-part-0000000003-0000000003.parquet").write_bytes(whole[:100])
    assert total(tmp_path) == 1
    LakeWriter(tmp_path).close()
    assert files(tmp_path) == ["facts/day=2026-11-25/part-0000000001-0000000001.parquet"]
    assert list(day.glob(".*")) == []


def test_a_full_disk_leaves_the_lake_as_it_was(tmp_path: Path) -> None:
    lake_of(tmp_path, sales(1))
    day = tmp_path / "facts" / "day=2026-11-26"
    day.write_bytes(b"")  # a file where the folder would be: nothing can be written there
    late = facts(fact(1, sales=1), fact(2, sales=1, at=NOON + 86_400_000))
    with LakeWriter(tmp_path) as lake:
        with pytest.raises(OSError, match="2026-11-26"):
            lake.write_part(late, first_batch=2, last_batch=2, now_ms=NOON)
        assert total(tmp_path) == 1
        day.unlink()
        lake.write_part(late, first_batch=2, last_batch=2, now_ms=NOON)
    assert total(tmp_path) == 3


@pytest.mark.parametrize("content", [b"", b"{}}", b'{"format":2}'])
def test_a_damaged_catalog_is_reported_and_never_taken_for_an_empty_lake(
    tmp_path: Path, content: bytes
) -> None:
    lake_of(tmp_path, sales(1))
    (tmp_path / "catalog.json").write_bytes(content)
    with pytest.raises(CatalogDamaged):
        LakeWriter(tmp_path)
    with pytest.raises(CatalogDamaged), Lake(tmp_path) as lake:
        lake.report(Query(("sales",)))
    assert len(files(tmp_path)) == 1


def test_days_that_are_not_asked_for_are_not_read(tmp_path: Path) -> None:
    told = facts(*(fact(n, sales=1, at=NOON + n * 86_400_000) for n in range(5)))
    lake_of(tmp_path, told)
    catalog = read_catalog(tmp_path)
    assert len(catalog.paths()) == 5
    assert len(catalog.paths("2026-11-26", "2026-11-27")) == 2
    with Lake(tmp_path) as lake:
        query = Query(("sales",), start=date(2026, 11, 26), end=date(2026, 11, 28))
        (tmp_path / catalog.parts[4].path).unlink()  # would be missed if it were opened
        assert lake.report(query).totals["sales"].to_pylist() == [2]


def test_an_empty_catalog_is_that_of_no_lake(tmp_path: Path) -> None:
    assert read_catalog(tmp_path) == Catalog()
