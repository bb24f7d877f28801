"""Order, cursors, rotation and the chain, on real SQLite files and with real processes."""

import doctest
import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utfall.journal import (
    AppendTooLarge,
    JournalClosed,
    StreamBusy,
    StreamReader,
    StreamWriter,
    streams,
    verify,
)
from utfall.journal.chain import COMMIT_BYTES_MAX, EVENT_BYTES_MAX
from utfall.journal.segment import segment_starts


def events(first: int, count: int) -> list[bytes]:
    """Events that say where they belong."""
    return [msgspec.msgpack.encode(["event", position]) for position in range(first, first + count)]


def positions(reader: StreamReader, cursor: int, limit_events: int) -> list[int]:
    return [
        msgspec.msgpack.decode(event)[1]
        for batch in reader.read(cursor, limit_events)
        for event in batch.events()
    ]


def everything(root: Path, stream: str, cursor: int = 0, step: int = 7) -> list[int]:
    found: list[int] = []
    with StreamReader(root, stream) as reader:
        while more := positions(reader, cursor + len(found), step):
            found += more
    return found


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[StreamWriter]:
    with StreamWriter(tmp_path, "edge-0") as writer:
        yield writer


def test_events_come_back_in_the_order_they_were_appended(tmp_path: Path, writer: StreamWriter) -> None:
    assert [writer.append(events(0, 3)), writer.append(events(3, 20)), writer.append(events(23, 1))] == [
        0,
        3,
        23,
    ]
    assert everything(tmp_path, "edge-0") == list(range(24))
    assert writer.end == 24


def test_a_stream_goes_on_where_it_was_closed(tmp_path: Path) -> None:
    for first in range(0, 12, 4):
        with StreamWriter(tmp_path, "edge-0") as writer:
            assert writer.append(events(first, 4)) == first
    assert everything(tmp_path, "edge-0") == list(range(12))


def test_a_cursor_inside_a_commit_skips_what_was_had(tmp_path: Path, writer: StreamWriter) -> None:
    writer.append(events(0, 5))
    writer.append(events(5, 5))
    with StreamReader(tmp_path, "edge-0") as reader:
        batches = reader.read(7, 100)
        assert [(each.first, each.count, each.skip, each.end) for each in batches] == [(5, 5, 2, 10)]
        assert positions(reader, 7, 100) == [7, 8, 9]


def test_a_read_is_bounded_by_events_and_bytes_but_never_stuck(tmp_path: Path, writer: StreamWriter) -> None:
    for first in range(0, 40, 10):
        writer.append(events(first, 10))
    with StreamReader(tmp_path, "edge-0") as reader:
        assert [each.first for each in reader.read(0, 25)] == [0, 10]
        assert [each.first for each in reader.read(0, 1)] == [0]
        assert [each.first for each in reader.read(0, 100, limit_bytes=1)] == [0]
        assert reader.read(40, 1) == []


def test_a_stream_nobody_wrote_is_empty(tmp_path: Path) -> None:
    with StreamReader(tmp_path, "edge-9") as reader:
        assert reader.end() == 0
        assert reader.read(0, 10) == []
    assert streams(tmp_path / "nowhere") == []


def test_an_append_of_nothing_writes_nothing(tmp_path: Path, writer: StreamWriter) -> None:
    assert writer.append([]) == 0
    assert StreamReader(tmp_path, "edge-0").end() == 0


@pytest.mark.parametrize("name", ["", "Edge", "../edge", "edge/0", "0edge", "e" * 65])
def test_a_stream_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="named by"):
        StreamWriter(tmp_path, name)


def test_large_events_and_commits_are_refused_whole(tmp_path: Path, writer: StreamWriter) -> None:
    with pytest.raises(AppendTooLarge) as refusal:
        writer.append([b"x" * (EVENT_BYTES_MAX + 1)])
    assert refusal.value.limit_bytes == EVENT_BYTES_MAX
    with pytest.raises(AppendTooLarge):
        writer.append([b"x" * EVENT_BYTES_MAX] * (COMMIT_BYTES_MAX // EVENT_BYTES_MAX))
    assert writer.append(events(0, 1)) == 0


@pytest.mark.parametrize("count", [1, 15, 16, 65_535, 65_536])
def test_commits_of_every_header_length_decode(tmp_path: Path, writer: StreamWriter, count: int) -> None:
    writer.append(events(0, count))
    with StreamReader(tmp_path, "edge-0") as reader:
        (batch,) = reader.read(0, 1)
    assert (batch.count, len(batch.events())) == (count, count)


def test_two_writers_of_one_stream_are_refused(tmp_path: Path, writer: StreamWriter) -> None:
    with pytest.raises(StreamBusy) as refusal:
        StreamWriter(tmp_path, "edge-0")
    assert str(os.getpid()) in refusal.value.holder
    StreamWriter(tmp_path, "edge-1").close()
    writer.close()
    StreamWriter(tmp_path, "edge-0").close()


def test_a_writer_in_another_process_is_refused(tmp_path: Path, writer: StreamWriter) -> None:
    script = (
        "import sys, pathlib; from utfall.journal import *\n"
        "try: StreamWriter(pathlib.Path(sys.argv[1]), 'edge-0')\n"
        "except StreamBusy: print('busy')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "busy\n"


def test_a_closed_writer_refuses(writer: StreamWriter) -> None:
    writer.close()
    with pytest.raises(JournalClosed):
        writer.append(events(0, 1))


def test_a_full_segment_is_followed_by_one_named_by_its_first_event(tmp_path: Path) -> None:
    with StreamWriter(tmp_path, "edge-0", segment_bytes=20_000) as writer:
        for first in range(0, 100, 5):
            writer.append([*events(first, 4), msgspec.msgpack.encode(bytes(2000))])
    starts = segment_starts(tmp_path / "edge-0")
    assert len(starts) > 2
    assert starts == sorted(set(starts))
    (report,) = verify(tmp_path)
    assert (report.problem, report.events, report.commits, report.segments) == (None, 100, 20, len(starts))


def test_an_old_segment_is_followed_by_another_but_an_empty_one_is_not(tmp_path: Path) -> None:
    now = 0.0
    with StreamWriter(tmp_path, "edge-0", segment_age_seconds=60, clock=lambda: now) as writer:
        now = 100.0
        writer.append(events(0, 1))
        writer.append(events(1, 1))
        writer.append(events(2, 1))
        now = 130.0
        writer.append(events(3, 1))
        now = 190.0
        writer.append(events(4, 1))
    assert segment_starts(tmp_path / "edge-0") == [0, 1, 4]
    assert everything(tmp_path, "edge-0") == list(range(5))


def test_closed_segments_leave_one_plain_file_each(tmp_path: Path) -> None:
    with StreamWriter(tmp_path, "edge-0", segment_bytes=1) as writer:
        for first in range(5):
            writer.append(events(first, 1))
        logs = [path.name for path in (tmp_path / "edge-0").glob("*-wal")]
        assert logs == ["0000000000000004.segment-wal"]
    assert sorted(path.name for path in (tmp_path / "edge-0").iterdir()) == [
        *(f"{first:016d}.segment" for first in range(5)),
        "LOCK",
    ]


def test_a_reader_follows_rotation_while_it_holds_the_old_segment(tmp_path: Path) -> None:
    with (
        StreamWriter(tmp_path, "edge-0", segment_bytes=1) as writer,
        StreamReader(tmp_path, "edge-0") as reader,
    ):
        for first in range(0, 30, 3):
            writer.append(events(first, 3))
            assert positions(reader, first, 100) == [first, first + 1, first + 2]
            assert reader.end() == first + 3


FOLLOWED_WRITER = """
import pathlib, sys, msgspec
from utfall.journal import StreamWriter
with StreamWriter(pathlib.Path(sys.argv[1]), "edge-0", segment_bytes=200_000) as writer:
    position = 0
    for commit in range(300):
        count = 1 + commit % 50
        writer.append([msgspec.msgpack.encode(["event", position + each]) for each in range(count)])
        position += count
print(position)
"""


def test_a_reader_follows_a_writer_of_another_process(tmp_path: Path) -> None:
    with (
        subprocess.Popen(
            [sys.executable, "-c", FOLLOWED_WRITER, str(tmp_path)], stdout=subprocess.PIPE, text=True
        ) as process,
        StreamReader(tmp_path, "edge-0") as reader,
    ):
        found: list[int] = []
        while process.poll() is None:
            found += positions(reader, len(found), 64)
        while more := positions(reader, len(found), 64):
            found += more
        assert process.stdout is not None
        written = int(process.stdout.read())
    assert process.returncode == 0
    assert found == list(range(written))


@given(
    sizes=st.lists(st.integers(1, 40), min_size=1, max_size=25),
    steps=st.lists(st.integers(1, 60), min_size=1, max_size=10),
    start=st.integers(0, 1000),
    segment_bytes=st.sampled_from([1, 17_000, 1 << 20]),
)
def test_any_sizes_written_and_read_give_each_event_once_in_order(
    sizes: list[int], steps: list[int], start: int, segment_bytes: int
) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        with StreamWriter(root, "edge-0", segment_bytes=segment_bytes) as writer:
            for size in sizes:
                writer.append(events(writer.end, size))
        end = sum(sizes)
        cursor = start % (end + 1)
        found: list[int] = []
        with StreamReader(root, "edge-0") as reader:
            for turn in range(end + 1):
                found += (more := positions(reader, cursor + len(found), steps[turn % len(steps)]))
                if not more:
                    break
        assert found == list(range(cursor, end))


@pytest.mark.parametrize("module", ["chain", "names", "salts", "segment", "vault"])
def test_examples_in_the_docstrings_hold(module: str) -> None:
    assert doctest.testmod(import_module(f"utfall.journal.{module}")).failed == 0


def test_the_worked_example_of_the_document_holds(tmp_path: Path, writer: StreamWriter) -> None:
    page = Path(__file__).parents[3] / "docs" / "algorithms" / "journal.md"
    told = page.read_text(encoding="utf-8")
    writer.append([msgspec.msgpack.encode(each) for each in ("click", "sale")])
    writer.append([msgspec.msgpack.encode("refund")])
    with StreamReader(tmp_path, "edge-0") as reader:
        for batch in reader.read(0, 10):
            row = f"| {batch.first} | {batch.count} | `{batch.body.hex(' ')}` | `{batch.checksum.hex()}` |"
            assert row in told
