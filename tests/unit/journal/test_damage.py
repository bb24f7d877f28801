"""What was acknowledged and is no longer there, or no longer the same, is reported with its position."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from utfall.journal import (
    CorruptRecord,
    JournalShorterThanCursor,
    StreamReader,
    StreamWriter,
    verify,
)
from utfall.journal.segment import segment_name, segment_starts

COMMITS = 12
EACH = 5


def commit(number: int) -> list[bytes]:
    return [msgspec.msgpack.encode(["event", number * EACH + each, "x" * 300]) for each in range(EACH)]


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    """Twelve commits of five events, in three segments."""
    with StreamWriter(tmp_path, "edge-0", segment_bytes=32_000) as writer:
        for number in range(COMMITS):
            writer.append(commit(number))
    directory = tmp_path / "edge-0"
    assert segment_starts(directory)[2:], "the fixture means to have three segments"
    return directory


def changed(stream: Path, segment: int, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(stream / segment_name(segment))) as connection, connection:
        connection.execute(statement, values)


def read_all(stream: Path, cursor: int = 0) -> int:
    """Reads on to the end and returns it; raises what the reader raises."""
    with StreamReader(stream.parent, stream.name) as reader:
        while batches := reader.read(cursor, 8):
            cursor = batches[-1].end
    return cursor


def reported(stream: Path, cursor: int = 0) -> CorruptRecord:
    with pytest.raises(CorruptRecord) as problem:
        read_all(stream, cursor)
    assert problem.value.stream == "edge-0"
    assert problem.value.retry is False
    return problem.value


def test_an_undamaged_stream_is_read_to_its_end(stream: Path) -> None:
    assert read_all(stream) == COMMITS * EACH


def test_a_flipped_byte_in_a_body_is_reported_where_it_is(stream: Path) -> None:
    path = stream / segment_name(0)
    content = bytearray(path.read_bytes())
    at = content.index(b"\xa5event\x07")  # event 7, in the commit of events 5 to 9
    content[at + 20] ^= 0x01
    path.write_bytes(content)
    problem = reported(stream)
    assert (problem.position, problem.segment) == (5, segment_name(0))
    assert "checksum" in problem.why
    (report,) = verify(stream.parent)
    assert report.events == 5
    assert isinstance(report.problem, CorruptRecord)
    assert report.problem.position == 5


def test_a_reader_that_starts_at_the_damage_finds_it_too(stream: Path) -> None:
    changed(stream, 0, "UPDATE commits SET body = zeroblob(length(body)) WHERE first = 5")
    assert reported(stream, 5).position == 5
    assert reported(stream, 8).position == 5


def test_a_deleted_commit_is_reported(stream: Path) -> None:
    changed(stream, 0, "DELETE FROM commits WHERE first = 5")
    for cursor in (0, 5, 7):
        problem = reported(stream, cursor)
        assert problem.position == 5
        assert "missing" in problem.why


def test_the_deleted_last_commit_of_a_sealed_segment_is_reported(stream: Path) -> None:
    second = segment_starts(stream)[1]
    changed(stream, 0, "DELETE FROM commits WHERE first = ?", second - EACH)
    assert reported(stream).position == second - EACH
    assert reported(stream, second - 1).position == second - EACH


def test_a_deleted_segment_is_reported(stream: Path) -> None:
    second = segment_starts(stream)[1]
    (stream / segment_name(second)).unlink()
    assert reported(stream).position == second
    shutil.copy(stream / segment_name(segment_starts(stream)[1]), stream / segment_name(second))
    assert reported(stream).position == second, "another segment under its name is no segment"


def test_the_deleted_first_segment_is_reported(stream: Path) -> None:
    (stream / segment_name(0)).unlink()
    problem = reported(stream)
    assert problem.position == 0
    assert "oldest segment" in problem.why


def test_an_exchanged_commit_is_reported(stream: Path) -> None:
    """Both rows are sound in themselves; only the chain tells that they changed places."""
    with closing(sqlite3.connect(stream / segment_name(0))) as connection, connection:
        rows = connection.execute("SELECT checksum, body FROM commits WHERE first IN (0, 5)").fetchall()
        for first, row in zip((5, 0), rows, strict=True):
            connection.execute("UPDATE commits SET checksum = ?, body = ? WHERE first = ?", (*row, first))
    assert reported(stream).position == 0


@pytest.mark.parametrize("value", [0, -1, 4, 6, "many", None])
def test_a_wrong_count_is_reported(stream: Path, value: object) -> None:
    with closing(sqlite3.connect(stream / segment_name(0))) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'count INTEGER NOT NULL', 'count')")
    changed(stream, 0, "UPDATE commits SET count = ? WHERE first = 5", value)
    assert reported(stream).position in {5, 9, 10}  # what follows a wrong count is missing or overlaps
    assert reported(stream, 5).position in {5, 9, 10}


def test_a_stream_copied_from_another_is_reported(stream: Path) -> None:
    shutil.copytree(stream, stream.parent / "edge-1")
    with StreamReader(stream.parent, "edge-1") as reader, pytest.raises(CorruptRecord) as problem:
        reader.read(0, 1)
    assert problem.value.position == 0


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to look like one" * 99])
def test_a_segment_that_is_no_database_is_reported(stream: Path, content: bytes) -> None:
    second = segment_starts(stream)[1]
    (stream / segment_name(second)).write_bytes(content)
    assert reported(stream).position == second


def test_a_segment_with_lost_pages_is_reported(stream: Path) -> None:
    path = stream / segment_name(0)
    path.write_bytes(path.read_bytes()[:8192])
    assert reported(stream).segment == segment_name(0)


def read_until_damage(stream: Path) -> tuple[list[bytes], CorruptRecord | None]:
    found: list[bytes] = []
    try:
        with StreamReader(stream.parent, stream.name) as reader:
            while batches := reader.read(len(found), 8):
                found += [event for batch in batches for event in map(bytes, batch.events())]
    except CorruptRecord as problem:
        return found, problem
    return found, None


def test_every_flipped_byte_is_reported_or_harmless(stream: Path) -> None:
    """Whatever byte of a segment changes, a reader gets the events as they were, and CorruptRecord where they
    are not; nothing else."""
    path = stream / segment_name(0)
    sound = path.read_bytes()
    truth, _ = read_until_damage(stream)
    problems = []
    for at in [*range(0, 100, 7), *range(100, len(sound), 97)]:
        path.write_bytes(sound[:at] + bytes((sound[at] ^ 0xFF,)) + sound[at + 1 :])
        found, problem = read_until_damage(stream)
        assert found == truth[: len(found)], at
        assert (len(found) < len(truth)) == (problem is not None), at
        problems += [problem] if problem else []
        assert problem is None or problem.position >= len(found), at
    assert len(problems) > 50


def test_a_writer_does_not_continue_a_damaged_stream(stream: Path) -> None:
    last = segment_starts(stream)[-1]
    changed(stream, last, "UPDATE commits SET body = zeroblob(length(body))")
    with pytest.raises(CorruptRecord):
        StreamWriter(stream.parent, "edge-0")
    with pytest.raises(CorruptRecord):  # and it left the lock free for the next try
        StreamWriter(stream.parent, "edge-0")


def test_acknowledged_events_that_vanish_are_missed_by_their_reader(stream: Path) -> None:
    end = COMMITS * EACH
    last = segment_starts(stream)[-1]
    changed(stream, last, "DELETE FROM commits WHERE first = ?", end - EACH)
    for cursor in (end, end - 2):
        with (
            StreamReader(stream.parent, "edge-0") as reader,
            pytest.raises(JournalShorterThanCursor) as problem,
        ):
            reader.read(cursor, 10)
        assert (problem.value.cursor, problem.value.end) == (cursor, end - EACH)


def test_a_vanished_stream_is_missed_by_its_reader(tmp_path: Path) -> None:
    with StreamReader(tmp_path, "edge-0") as reader, pytest.raises(JournalShorterThanCursor):
        reader.read(1, 10)


def test_a_cursor_kept_with_its_checksum_notices_another_past(tmp_path: Path) -> None:
    """A journal restored from an old backup and written on has other events where these were."""
    with StreamWriter(tmp_path, "edge-0") as writer:
        writer.append(commit(0))
        shutil.copytree(tmp_path, tmp_path / "backup")
        writer.append(commit(1))
        with StreamReader(tmp_path, "edge-0") as reader:
            had = reader.read(0, 100)[-1]
    with StreamWriter(tmp_path / "backup", "edge-0") as writer:
        writer.append(commit(7))
        writer.append(commit(8))
    with StreamReader(tmp_path / "backup", "edge-0") as reader:
        assert reader.read(had.end, 100), "without the checksum it cannot know"
        reader.expect(had.end, had.checksum)
        with pytest.raises(CorruptRecord):
            reader.read(had.end, 100)


def live_copy(root: Path, commits: int) -> Path:
    """A stream as a crash leaves it: everything still in the log beside the segment."""
    with StreamWriter(root / "live", "edge-0") as writer:
        for number in range(commits):
            writer.append(commit(number))
        shutil.copytree(root / "live", root / "crashed")
    return root / "crashed" / "edge-0"


def cut_log(stream: Path, size_bytes: int) -> None:
    (stream / (segment_name(0) + "-shm")).unlink(missing_ok=True)
    log = stream / (segment_name(0) + "-wal")
    log.write_bytes(log.read_bytes()[:-size_bytes])


def test_a_torn_write_at_the_end_leaves_all_commits_before_it(tmp_path: Path) -> None:
    stream = live_copy(tmp_path, 4)
    cut_log(stream, 1000)  # the last commit was torn while it was written, so nobody was told it is safe
    assert read_all(stream) == 3 * EACH
    with StreamWriter(stream.parent, "edge-0") as writer:
        assert writer.append(commit(3)) == 3 * EACH
    assert read_all(stream) == 4 * EACH


def test_an_acknowledged_commit_torn_away_later_is_missed_by_its_reader(tmp_path: Path) -> None:
    stream = live_copy(tmp_path, 4)
    cut_log(stream, 1000)
    with pytest.raises(JournalShorterThanCursor):
        read_all(stream, 4 * EACH)


def test_a_half_built_segment_is_no_segment(tmp_path: Path) -> None:
    with StreamWriter(tmp_path, "edge-0") as writer:
        writer.append(commit(0))
    (tmp_path / "edge-0" / "segment.building").write_bytes(b"half")
    assert read_all(tmp_path / "edge-0") == EACH
    with StreamWriter(tmp_path, "edge-0") as writer:
        writer.append(commit(1))
    assert not (tmp_path / "edge-0" / "segment.building").exists()
    assert read_all(tmp_path / "edge-0") == 2 * EACH
