"""A writer is killed when its commit is in the log and nobody knows: that commit never takes another's place.

SQLite tells other connections of a commit after its fsync. Killed in between, a commit is in the log and is
seen by nobody, for as long as somebody has the file open; once all have closed it, it is there.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec
import pytest

from utfall.journal import CorruptRecord, StreamReader, StreamWriter, verify

SEGMENT = "0000000000000000.segment"
INDEX = f"{SEGMENT}-shm"


@contextmanager
def reading(root: Path) -> Iterator[None]:
    """A stream with a commit in its log, and somebody in the middle of reading it: nobody empties the log."""
    StreamWriter(root, "edge-0").close()
    uri = f"{(root / 'edge-0' / SEGMENT).as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
        connection.execute("SELECT sum(count) FROM commits").fetchone()
        with StreamWriter(root, "edge-0") as writer:
            writer.append(pack("kept"))
        connection.execute("BEGIN")
        assert connection.execute("SELECT sum(count) FROM commits").fetchone() == (1,)
        yield


def pack(*words: str) -> list[bytes]:
    return [msgspec.msgpack.encode(word) for word in words]


def stored(root: Path) -> list[str]:
    found: list[str] = []
    with StreamReader(root, "edge-0") as reader:
        while batches := reader.read(len(found), 1):
            found += [msgspec.msgpack.decode(each) for batch in batches for each in batch.events()]
    return found


def killed_untold(root: Path) -> None:
    """Leaves a stream as a writer does that is killed after the fsync of `untold` and before it told."""
    index = root / "edge-0" / INDEX
    writer = StreamWriter(root, "edge-0")
    before = index.read_bytes()
    writer.append(pack("untold", "untold too"))
    with index.open("r+b") as file:
        file.write(before)
    writer.close()


@pytest.mark.parametrize("segment_bytes", [1, 1 << 20])
def test_a_commit_that_nobody_was_told_of_takes_nobodys_place(tmp_path: Path, segment_bytes: int) -> None:
    with reading(tmp_path):
        killed_untold(tmp_path)
        with StreamWriter(tmp_path, "edge-0", segment_bytes=segment_bytes) as writer:
            assert writer.end == 1
            writer.append(pack("a"))
            writer.append(pack("b"))
    assert stored(tmp_path) == ["kept", "a", "b"]
    assert verify(tmp_path)[0].problem is None


def test_a_commit_that_comes_to_light_is_kept(tmp_path: Path) -> None:
    """Everybody closed the file before the next writer came: it is a commit like any other."""
    with reading(tmp_path):
        killed_untold(tmp_path)
    with StreamWriter(tmp_path, "edge-0", segment_bytes=1) as writer:
        assert writer.end == 3
        writer.append(pack("a"))
    assert stored(tmp_path) == ["kept", "untold", "untold too", "a"]


def test_two_commits_of_one_place_are_reported(tmp_path: Path) -> None:
    """As an older version left them: the segment after begins before the one before it ends."""
    with StreamWriter(tmp_path / "one", "edge-0", segment_bytes=1) as writer:
        writer.append(pack("kept"))
        writer.append(pack("a", "b"))
    with StreamWriter(tmp_path / "two", "edge-0") as writer:
        writer.append(pack("kept"))
        writer.append(pack("untold"))
    first = Path("edge-0") / SEGMENT
    (tmp_path / "two" / first).replace(tmp_path / "one" / first)
    with pytest.raises(CorruptRecord, match="a second commit of what ended at 2"):
        stored(tmp_path / "one")
    assert verify(tmp_path / "one")[0].problem is not None
