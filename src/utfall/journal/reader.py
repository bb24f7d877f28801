"""Reading a stream in order, while another process writes it, with every record proved before it is handed
over."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

import msgspec

from utfall.journal import chain
from utfall.journal.errors import CorruptRecord, JournalShorterThanCursor, JournalUnavailable
from utfall.journal.names import checked_name
from utfall.journal.segment import (
    Header,
    described,
    is_damage,
    open_to_read,
    read_header,
    segment_name,
    segment_starts,
)

READ_BYTES: Final = 32 << 20
_EVENTS: Final = msgspec.msgpack.Decoder(list[msgspec.Raw])

# Of a row only `first` is known to be an integer, for it is the key; the rest is whatever the file holds.
_Commit = tuple[int, Any, Any]

_AROUND = "SELECT first, count, checksum FROM commits WHERE first <= ? ORDER BY first DESC LIMIT 2"
_BEYOND = "SELECT first FROM commits WHERE first > ? LIMIT 1"
_LAST = "SELECT first, count, checksum FROM commits ORDER BY first DESC LIMIT 1"
_FROM = "SELECT first, count, body, checksum FROM commits WHERE first >= ? ORDER BY first"


@dataclass(frozen=True, slots=True)
class Batch:
    """One commit: `body` is a msgpack array of `count` events, of which the reader has had `skip` before."""

    first: int
    count: int
    body: bytes
    checksum: bytes
    skip: int = 0

    @property
    def end(self) -> int:
        """The position after its last event."""
        return self.first + self.count

    def events(self) -> list[msgspec.Raw]:
        """The events not had before, still encoded."""
        return _EVENTS.decode(self.body)[self.skip :]


class StreamReader:
    """Reads a stream read-only. One that reads on from where it stopped proves the chain across every
    commit and segment; one that starts in the middle proves the first commit against the row before it."""

    def __init__(self, root: Path, stream: str) -> None:
        self.stream = checked_name(stream)
        self._directory = root.absolute() / stream
        self._connection: sqlite3.Connection | None = None
        self._header = Header(0, b"", 0.0)
        self._proved: tuple[int, bytes] = (0, chain.genesis(stream))

    def read(self, cursor: int, limit_events: int, *, limit_bytes: int = READ_BYTES) -> list[Batch]:
        """Whole commits from `cursor` on, together at most `limit_events` and `limit_bytes` unless the
        first alone is larger; empty at the end of the stream. What is sound before a bad record is returned
        first."""
        if cursor < 0 or limit_events < 1:
            raise ValueError(f"cannot read {limit_events} events from {cursor}")
        batches: list[Batch] = []
        room = _Room(limit_events, limit_bytes)
        try:
            while room.left and (first := self._find(cursor)) is not None:
                self._collect(first, cursor, room, batches)
                cursor = batches[-1].end
        except CorruptRecord:
            if not batches:
                raise
        return batches

    def end(self) -> int:
        """The position after the last durable event."""
        starts = segment_starts(self._directory)
        return self._end_of(starts[-1]) if starts else 0

    def expect(self, cursor: int, checksum: bytes) -> None:
        """Tells the reader which checksum the commit before `cursor` had, as its `Batch` said. Kept with a
        cursor, it proves later that what was read then is what the journal still holds."""
        self._proved = (cursor, checksum)

    def close(self) -> None:
        """Closes the segment that is open; the reader opens what it needs when it is used again."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _find(self, cursor: int) -> int | None:
        """The first event of the commit that holds `cursor`; None at the end of the stream."""
        if self._connection is not None and self._header.first <= cursor:
            found = self._find_in_segment(self._connection, cursor)
            if found is not None:
                return found
        # Listed before it is looked into: a segment that already had a successor then gets no more rows.
        starts = segment_starts(self._directory)
        before = [each for each in starts if each <= cursor]
        if not before:
            self._explain_nothing(cursor, starts)
            return None
        found = self._find_in_segment(self._open(before[-1]), cursor)
        if found is None:
            self._explain_absence(cursor, starts[len(before) :])
        return found

    def _explain_nothing(self, cursor: int, starts: list[int]) -> None:
        if starts:
            raise self._corrupt(
                cursor, f"missing: the oldest segment begins at {starts[0]}", segment_name(cursor)
            )
        if cursor > 0:
            raise JournalShorterThanCursor(self.stream, cursor, 0)

    def _explain_absence(self, cursor: int, later: list[int]) -> None:
        end = self._end_of(self._header.first)
        if later:
            raise self._corrupt(end, f"missing: the next segment begins at {later[0]}")
        if end < cursor:
            raise JournalShorterThanCursor(self.stream, cursor, end)

    def _find_in_segment(self, connection: sqlite3.Connection, cursor: int) -> int | None:
        with self._reported(cursor):
            # In this order: what lies beyond the cursor was written after what lies around it, so a writer
            # that commits between the two questions cannot make a hole appear.
            beyond = connection.execute(_BEYOND, (cursor,)).fetchone()
            around = connection.execute(_AROUND, (cursor,)).fetchall()
        ends = [self._end_of_row(row) for row in around]
        if around and ends[0] > cursor:
            if around[0][0] < cursor == self._proved[0]:
                raise self._corrupt(around[0][0], f"a second commit of what ended at {cursor}")
            self._trust(around, ends)
            return int(around[0][0])
        if beyond is not None:
            raise self._corrupt(
                ends[0] if ends else self._header.first, f"missing: the next commit is {beyond[0]}"
            )
        return None

    def _end_of_row(self, row: _Commit) -> int:
        first, count, _ = row
        if not isinstance(count, int) or count < 1:
            raise self._corrupt(first, f"the commit says it holds {count!r} events")
        return first + count

    def _trust(self, around: list[_Commit], ends: list[int]) -> None:
        """Finds the checksum to start from, unless the reader comes from the commit before."""
        first = around[0][0]
        if self._proved[0] == first:
            return
        end, checksum = (ends[1], around[1][2]) if ends[1:] else (self._header.first, self._header.previous)
        if end != first:
            raise self._corrupt(end, f"missing: the next commit is {first}")
        self._proved = (first, checksum)

    def _collect(self, first: int, cursor: int, room: "_Room", batches: list[Batch]) -> None:
        """Adds the commits of the open segment from `first` on, each proved, while there is room."""
        position, checksum = first, self._proved[1]
        assert self._proved[0] == first
        assert self._connection is not None
        with self._reported(first), closing(self._connection.execute(_FROM, (first,))) as rows:
            for row in rows:
                self._prove(row, position, checksum)
                batch = Batch(row[0], row[1], row[2], row[3], max(0, cursor - position))
                if not room.take(batch):
                    break
                batches.append(batch)
                position, checksum = self._proved = (batch.end, batch.checksum)

    def _prove(self, row: tuple[int, Any, Any, Any], position: int, previous: bytes) -> None:
        first, count, body, checksum = row
        if first != position:
            raise self._corrupt(position, f"missing: the next commit is {first}")
        if not isinstance(body, bytes) or count != chain.counted(body):
            raise self._corrupt(position, "the commit does not hold as many events as it says")
        if checksum != chain.link(previous, body):
            raise self._corrupt(position, "the checksum does not follow from the commit before and the body")

    def _open(self, first: int) -> sqlite3.Connection:
        if self._connection is not None and self._header.first == first:
            return self._connection
        self.close()
        with self._reported(first, segment_name(first)):
            self._connection = open_to_read(self._directory, first)
            header = read_header(self._connection)
        if header is None or header.first != first:
            self.close()
            raise self._corrupt(first, "the segment is not what its name says", segment_name(first))
        self._header = header
        return self._connection

    def _end_of(self, first: int) -> int:
        connection = self._open(first)
        with self._reported(first):
            row = connection.execute(_LAST).fetchone()
        return self._end_of_row(row) if row else first

    def _corrupt(self, position: int, why: str, segment: str | None = None) -> CorruptRecord:
        return CorruptRecord(self.stream, segment or segment_name(self._header.first), position, why)

    @contextmanager
    def _reported(self, position: int, segment: str | None = None) -> Iterator[None]:
        """Says what SQLite found in the words of the journal: damage has a position, anything else may
        pass."""
        try:
            yield
        except UnicodeDecodeError as error:  # a name in the schema that is none any more
            self.close()
            raise self._corrupt(position, str(error), segment) from error
        except sqlite3.Error as error:
            self.close()
            if is_damage(error):
                raise self._corrupt(position, str(error), segment) from error
            raise JournalUnavailable(self.stream, described(error)) from error


class _Room:
    """How much of a read may still be filled."""

    def __init__(self, events: int, size_bytes: int) -> None:
        self.left = events
        self._bytes = size_bytes
        self._empty = True

    def take(self, batch: Batch) -> bool:
        """Makes room for a batch; the first always fits, so that a reader gets on."""
        events = batch.count - batch.skip
        if not self._empty and (events > self.left or len(batch.body) > self._bytes):
            self.left = 0
            return False
        self._empty = False
        self.left = max(0, self.left - events)
        self._bytes -= len(batch.body)
        return True
