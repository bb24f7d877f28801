"""Reading files of other networks: text, divider, heading and rows."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

BYTES_AT_MOST: Final = 20 << 20
ROWS_AT_MOST: Final = 50_000
COLUMNS_AT_MOST: Final = 300
SAMPLES: Final = 3
_CELL: Final = 2000


class Unreadable(Exception):
    """The whole file cannot be read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Heading(NamedTuple):
    """A file's columns, and its first rows."""

    columns: list[str]
    samples: list[list[str]]


def heading_of(content: bytes, samples: int = SAMPLES) -> Heading:
    """What a file's columns are called, and a few rows; Unreadable where it is no table."""
    lines = _lines(content)
    try:
        columns = [one.strip()[:100] for one in next(lines)]
        rows = []
        for cells in lines:
            if any(cell.strip() for cell in cells):
                rows.append(cells)
            if len(rows) == samples:
                break
    except StopIteration:
        raise Unreadable("file_empty") from None
    except csv.Error:
        raise Unreadable("file_not_text") from None
    if len(columns) < 2 or len(columns) > COLUMNS_AT_MOST or not any(columns):
        raise Unreadable("no_heading")
    if not rows:
        raise Unreadable("no_rows")
    return Heading(columns, [[cell.strip()[:_CELL] for cell in cells] for cells in rows])


def rows_of(content: bytes, columns: Sequence[str]) -> Iterator[list[str] | None]:
    """Every row below the heading, its cells padded to the columns; None is one that cannot be read."""
    lines = _lines(content)
    next(lines)
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            yield None
            return
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns) or any(len(cell) > _CELL for cell in cells):
            yield None
            continue
        yield [cell.strip() for cell in cells] + [""] * (len(columns) - len(cells))


def _lines(content: bytes) -> Iterator[list[str]]:
    text = _text(content)
    first = text.partition("\n")[0]
    if not first.strip():
        raise Unreadable("file_empty")
    divider = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)


def _text(content: bytes) -> str:
    """UTF-8, UTF-16 as Excel saves it, or the Windows letters of before."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise Unreadable("file_not_text")
        return text.lstrip("\n\r")
    raise Unreadable("file_not_text")
