"""One segment: a SQLite file named by the first event it may hold, with one row per commit.

A segment appears under its name only when it is whole: it is built beside it, synced, renamed, and the
directory synced. So a file by that name without its tables is damage, never a crash in the middle of
something."""

import os
import re
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from utfall.journal.durable import sync_directory

FORMAT: Final = 1
APPLICATION_ID: Final = 0x5554464A  # "UTFJ", so that `file` and other tools can tell what it is
BUSY_SECONDS: Final = 5.0
# A commit of a busy edge is some ten kibibytes. With pages of eight instead of SQLite's four the log has
# half as many to move when it is emptied, and the longest pause was measured to be half as long.
PAGE_BYTES: Final = 8192
# Four mebibytes of log before its pages move into the file. The commit that crosses the line waits for that:
# more pages pause rarely but long, and a pause is somebody's redirect.
CHECKPOINT_PAGES: Final = (4 << 20) // PAGE_BYTES

_NAME = re.compile(r"(\d{16})\.segment")
_SCHEMA = """
CREATE TABLE segment (first INTEGER NOT NULL, previous BLOB NOT NULL, created_at_s REAL NOT NULL);
CREATE TABLE commits (
    first INTEGER PRIMARY KEY, count INTEGER NOT NULL, checksum BLOB NOT NULL, body BLOB NOT NULL
);
"""


@dataclass(frozen=True, slots=True)
class Header:
    """What a segment says of itself: its first event, the checksum it continues from, when it was begun."""

    first: int
    previous: bytes
    created_at_s: float


def segment_name(first: int) -> str:
    """
    >>> segment_name(1200)
    '0000000000001200.segment'
    """
    return f"{first:016d}.segment"


def segment_starts(directory: Path) -> list[int]:
    """The first position of every segment, ascending; none when the directory is not there."""
    try:
        names = os.listdir(directory)  # noqa: PTH208 - a list of names is all that is wanted, and it is the fastest
    except FileNotFoundError:
        return []
    return sorted(int(match[1]) for name in names if (match := _NAME.fullmatch(name)))


def create_segment(directory: Path, header: Header) -> None:
    """Builds a segment and gives it its name, durably; whatever a crash left half built is removed first."""
    building = directory / "segment.building"
    remove_building(directory)
    connection = _connected(f"{building.as_uri()}?mode=rwc")
    try:
        _lay_out(connection, header)
    finally:
        connection.close()
    building.replace(directory / segment_name(header.first))
    sync_directory(directory)


def remove_building(directory: Path) -> None:
    """Removes what a crash or a full disk left of a segment that never got its name."""
    for leftover in directory.glob("segment.building*"):
        leftover.unlink(missing_ok=True)


def _lay_out(connection: sqlite3.Connection, header: Header) -> None:
    connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={FORMAT}")
    connection.executescript(_SCHEMA)
    row = (header.first, header.previous, header.created_at_s)
    connection.execute("INSERT INTO segment VALUES (?, ?, ?)", row)


def open_to_write(directory: Path, first: int) -> sqlite3.Connection:
    """A connection whose every statement is its own transaction and is on the disk when it returns."""
    connection = _connected(f"{(directory / segment_name(first)).as_uri()}?mode=rw")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
    return connection


def open_to_read(directory: Path, first: int) -> sqlite3.Connection:
    """A connection that cannot change the segment."""
    return _connected(f"{(directory / segment_name(first)).as_uri()}?mode=ro")


def _connected(uri: str) -> sqlite3.Connection:
    # The commit thread is not the thread that opens; each connection still has one user at a time.
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=BUSY_SECONDS, check_same_thread=False)


def read_header(connection: sqlite3.Connection) -> Header | None:
    """What the segment says of itself; None when it is not of this format."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    rows = connection.execute("SELECT first, previous, created_at_s FROM segment").fetchall()
    if version != FORMAT or len(rows) != 1:
        return None
    first, previous, created_at_s = rows[0]
    is_whole = isinstance(first, int) and isinstance(previous, bytes) and isinstance(created_at_s, float)
    return Header(first, previous, created_at_s) if is_whole else None


def checkpoint(connection: sqlite3.Connection) -> bool:
    """Moves the whole log into the file, syncs it and empties the log; False when a reader is in the way."""
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def end_log(connection: sqlite3.Connection) -> int | None:
    """Makes the last commit of a segment its last for good, and says where it ends; None: it is empty.

    A writer that is killed between its fsync and telling the others leaves a commit in the log that nobody
    sees, until all have closed the file and its log is read anew. Whatever is written next takes its place.
    """
    connection.execute(f"PRAGMA user_version={FORMAT}")
    row = connection.execute("SELECT first + count FROM commits ORDER BY first DESC LIMIT 1").fetchone()
    return int(row[0]) if row else None


def stored_bytes(directory: Path, first: int) -> int:
    """How much disk a segment takes, its log included."""
    path = directory / segment_name(first)
    return sum(each.stat().st_size for each in (path, path.with_name(path.name + "-wal")) if each.exists())


def described(error: Exception) -> str:
    """What was said, with the name of the code: "disk I/O error" alone may be a full disk."""
    return f"{error} ({name})" if (name := getattr(error, "sqlite_errorname", "")) else str(error)


_DAMAGE: Final = frozenset((sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR))


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite says that the file is not what it was, rather than that it cannot be had just now.

    SQLITE_ERROR counts: the statements here are constant, so only a segment without its tables refuses them.
    """
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF in _DAMAGE or code == sqlite3.SQLITE_IOERR_SHORT_READ
