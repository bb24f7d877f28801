"""Writing a stream: one writer at a time, durable when `append` returns."""

import fcntl
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from utfall.journal import chain
from utfall.journal.durable import make_directory
from utfall.journal.errors import AppendTooLarge, JournalClosed, JournalError, JournalUnavailable, StreamBusy
from utfall.journal.names import checked_name
from utfall.journal.segment import (
    Header,
    checkpoint,
    create_segment,
    described,
    end_log,
    open_to_write,
    remove_building,
    segment_starts,
    stored_bytes,
)
from utfall.journal.tail import Tail, checked_header, recover, seal

SEGMENT_BYTES: Final = 256 << 20
SEGMENT_AGE_SECONDS: Final = 86_400.0

_INSERT: Final = "INSERT INTO commits VALUES (?, ?, ?, ?)"


class StreamWriter:
    """The one writer of a stream. A failed append leaves nothing acknowledged; the next one trusts only the
    files."""

    def __init__(
        self,
        root: Path,
        stream: str,
        *,
        segment_bytes: int = SEGMENT_BYTES,
        segment_age_seconds: float = SEGMENT_AGE_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.stream = checked_name(stream)
        self._directory = root.absolute() / stream
        self._segment_bytes = segment_bytes
        self._segment_age_seconds = segment_age_seconds
        self._clock = clock
        self._connection: sqlite3.Connection | None = None
        self._distrusted = False
        self._stored_bytes = 0
        self._header = Header(0, b"", 0.0)
        self._tail = Tail(0, b"")
        make_directory(self._directory)
        self._lock = _locked(self._directory / "LOCK", stream)
        try:
            self._reopen()
        except JournalError:
            self.close()
            raise

    def append(self, events: Sequence[bytes]) -> int:
        """Commits events, each one msgpack value, and returns the position of the first; they are durable
        then."""
        if self._lock < 0:
            raise JournalClosed(self.stream)
        if not events:
            return self.end
        body = _body(events)
        if self._connection is None:
            self._reopen()
        with self._distrusted_on_failure():
            if self._is_due():
                self._rotate()
            return self._commit(len(events), body)

    @property
    def end(self) -> int:
        """The position the next event will have."""
        return self._tail.end

    def close(self) -> None:
        """Empties the log into the segment and gives the stream free."""
        if self._lock < 0:
            return
        self._let_go()
        os.close(self._lock)
        self._lock = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _commit(self, count: int, body: bytes) -> int:
        assert self._connection is not None
        first, checksum = self._tail.end, chain.link(self._tail.checksum, body)
        self._connection.execute(_INSERT, (first, count, checksum, body))
        self._tail = Tail(first + count, checksum)
        self._stored_bytes += len(body)
        return first

    def _reopen(self) -> None:
        """Finds the tail in the files, beginning the first segment if there is none."""
        with self._distrusted_on_failure():
            remove_building(self._directory)
            if not segment_starts(self._directory):
                create_segment(self._directory, Header(0, chain.genesis(self.stream), self._clock()))
            self._continue(segment_starts(self._directory)[-1])
            seal(self._directory)

    def _continue(self, first: int) -> None:
        self._tail = recover(self._directory.parent, self.stream)
        connection = self._connection = open_to_write(self._directory, first)
        # After a failed fsync the log may hold what never reached the disk, and a later fsync would not say
        # so. Nothing is added to such a log: its content moves into the segment first.
        if self._distrusted and not checkpoint(connection):
            raise sqlite3.OperationalError("a reader keeps the log from being emptied after a failure")
        self._header = checked_header(self.stream, connection, first, self._tail)
        self._stored_bytes = stored_bytes(self._directory, first)
        self._distrusted = False

    def _is_due(self) -> bool:
        """Whether the segment is large or old enough to be followed by another; an empty one never is."""
        if self._tail.end == self._header.first:
            return False
        age_seconds = self._clock() - self._header.created_at_s
        return self._stored_bytes >= self._segment_bytes or age_seconds >= self._segment_age_seconds

    def _rotate(self) -> None:
        assert self._connection is not None
        if end_log(self._connection) != self._tail.end:
            raise sqlite3.OperationalError("a commit came to light that its writer did not live to tell of")
        create_segment(self._directory, Header(self._tail.end, self._tail.checksum, self._clock()))
        self._let_go()
        self._continue(self._tail.end)
        seal(self._directory)

    def _let_go(self) -> None:
        """Closes the segment; SQLite empties its log unless somebody reads it."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    @contextmanager
    def _distrusted_on_failure(self) -> Iterator[None]:
        """Turns what the disk says into JournalUnavailable, and has the next append begin from the files."""
        try:
            yield
        except (sqlite3.Error, OSError, JournalError) as error:
            self._let_go()
            self._distrusted = True
            if isinstance(error, JournalError):
                raise
            raise JournalUnavailable(self.stream, described(error)) from error


def _body(events: Sequence[bytes]) -> bytes:
    assert all(events), "an event is one msgpack value, and none of those is empty"
    largest = max(map(len, events))
    if largest > chain.EVENT_BYTES_MAX:
        raise AppendTooLarge("an event", largest, chain.EVENT_BYTES_MAX)
    body = chain.encode(events)
    if len(body) > chain.COMMIT_BYTES_MAX:
        raise AppendTooLarge("a commit", len(body), chain.COMMIT_BYTES_MAX)
    return body


def _locked(path: Path, stream: str) -> int:
    """Takes the lock of a stream and leaves the process id in it, for whoever comes second."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}".encode(), 0)
    except BlockingIOError:
        holder = os.pread(descriptor, 64, 0).decode(errors="replace")
        os.close(descriptor)
        raise StreamBusy(stream, holder) from None
    except OSError as error:
        os.close(descriptor)
        raise JournalUnavailable(stream, str(error)) from error
    return descriptor
