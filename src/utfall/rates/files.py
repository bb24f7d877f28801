"""A newer table than the one that comes along, from a file that somebody, or a task, put there."""

import io
import zipfile
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from utfall.rates.tables import Table, bundled, joined, read_table

RATES_NAME: Final = "eurofxref-hist.csv"
"""What the bank calls its history, in its archive too."""
LARGEST_TABLE: Final = 8 << 20
"""The bank's history has about 2 MB."""
NAMES: Final = (RATES_NAME, "eurofxref-hist.zip")


def unpacked(content: bytes) -> str:
    """The text of a table as the bank offers it, alone or packed; ValueError where it is neither."""
    if content[:4] != b"PK\x03\x04":
        return _text(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(RATES_NAME).file_size > LARGEST_TABLE:
                raise ValueError("the table is larger than 8 MB")
            return _text(archive.read(RATES_NAME))
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, RuntimeError) as error:
        raise ValueError(f"the archive has no {RATES_NAME} that can be read") from error


def _text(content: bytes) -> str:
    if len(content) > LARGEST_TABLE:
        raise ValueError("the table is larger than 8 MB")
    try:
        return content.decode("ascii")
    except UnicodeDecodeError as error:
        raise ValueError("a table of rates has letters of ASCII only") from error


class Found(NamedTuple):
    """The table with the newest day, and the name of its file; "" for the one that comes along.

    `passed_over`: files in the folder that are no table, each with what is wrong with it.
    """

    table: Table
    file: str = ""
    passed_over: tuple[tuple[str, str], ...] = ()


def newest_table(folder: Path) -> Table:
    """The table with the newest day: of a file in the folder, else the one that comes along.

    A file that is no table is passed over: a rate that is too old is refused, one that is wrong never is.
    """
    return find_table(folder).table


def find_table(folder: Path) -> Found:
    """The same, and where it is from."""
    return _newest(tuple(mark for name in NAMES if (mark := _mark(folder / name))))


Mark = tuple[str, int, int]
"""A file, and by what one sees that it changed: its size and when it was written."""


def _mark(path: Path) -> Mark | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_size, found.st_mtime_ns


@lru_cache(maxsize=4)
def _newest(marks: Sequence[Mark]) -> Found:
    found, passed_over = Found(bundled()), []
    for path, size, _ in marks:
        name = Path(path).name
        table = _read(Path(path), size)
        if isinstance(table, str):
            passed_over.append((name, table))
        elif _day(table) > _day(found.table):
            found = Found(joined(bundled(), table), name)
    return found._replace(passed_over=tuple(passed_over))


def _read(path: Path, size: int) -> Table | str:
    """A file's table, or what is wrong with it."""
    if size > LARGEST_TABLE:
        return "the table is larger than 8 MB"
    try:
        return read_table(unpacked(path.read_bytes()))
    except (OSError, ValueError) as error:
        return str(error)


def _day(table: Table) -> int:
    return table.newest.toordinal() if table.newest else 0
