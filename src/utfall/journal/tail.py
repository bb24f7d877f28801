"""Where a stream goes on: found again from the files alone, after a clean end, a crash or a failed commit."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from utfall.journal import chain
from utfall.journal.errors import CorruptRecord
from utfall.journal.reader import StreamReader
from utfall.journal.segment import (
    Header,
    checkpoint,
    open_to_write,
    read_header,
    segment_name,
    segment_starts,
)

# Sealing is tidiness, not safety: it never waits for a reader.
_SEAL_WAIT_MS: Final = 20


@dataclass(frozen=True, slots=True)
class Tail:
    """The position the next event will have, and the checksum of the commit before it."""

    end: int
    checksum: bytes


def recover(root: Path, stream: str) -> Tail:
    """The tail of a stream, its last commit proved; CorruptRecord when it cannot be continued honestly."""
    with StreamReader(root, stream) as reader:
        end = reader.end()
        if end == 0:
            return Tail(0, chain.genesis(stream))
        last = reader.read(end - 1, 1)[0]
    return Tail(last.end, last.checksum)


def checked_header(stream: str, connection: sqlite3.Connection, first: int, tail: Tail) -> Header:
    """The header of the segment that is written on; an empty one must continue where the one before ended."""
    header = read_header(connection)
    if header is None or (header.first == tail.end and header.previous != tail.checksum):
        raise CorruptRecord(
            stream, segment_name(first), first, "the segment does not continue the one before"
        )
    return header


def seal(directory: Path) -> None:
    """Empties the logs of all segments but the last; one that is being read keeps its log until the next
    time."""
    for first in segment_starts(directory)[:-1]:
        log = directory / f"{segment_name(first)}-wal"
        if log.exists():
            with closing(open_to_write(directory, first)) as connection:
                connection.execute(f"PRAGMA busy_timeout={_SEAL_WAIT_MS}")
                checkpoint(connection)
