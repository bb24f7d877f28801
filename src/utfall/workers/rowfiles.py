"""Files of rows, read one after the other: JSON lines, CSV (also gzipped) and Parquet, in bounded memory.

Numbers keep the digits they were written with: no amount passes through a binary float. A row that cannot be
read is handed over as a refusal in its place, so that every row of the file has a verdict.
"""

import csv
import gzip
import io
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

import msgspec

from utfall.edge.rows import ExactNumber, Refused
from utfall.events import Reason

ROW_BYTES_MAX: Final = 1 << 20
FIELDS_MAX: Final = 200
_PARQUET_ROWS: Final = 5_000
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_json: Final = msgspec.json.Decoder(float_hook=ExactNumber)
_ENDINGS: Final = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
}

Values = dict[str, object]


class UnreadableFile(Exception):
    """A file that holds no rows for us at all; the text says why."""


class Numbered(NamedTuple):
    """A row with its number (from 1), where in the file it ends (in units of `RowFile.size`), its weight."""

    number: int
    row: Values | Refused
    position: int
    size_bytes: int = 0


class RowFile(NamedTuple):
    """A file of rows: what it is, and how long (bytes, or rows of Parquet)."""

    path: Path
    form: str
    size: int

    def rows(self) -> Iterator[Numbered]:
        """Every row, in order; UnreadableFile when the file as a whole is not what it seems."""
        match self.form:
            case "jsonl":
                return _lines(self.path)
            case "csv":
                return _records(self.path)
            case _:
                return _columns(self.path)


def row_file(path: Path, form: str | None = None) -> RowFile:
    """A file by its name, or by the form that is named; UnreadableFile says what cannot be done with it."""
    form = form or _ENDINGS.get(Path(path.name.removesuffix(".gz")).suffix.lower())
    if form is None:
        raise UnreadableFile(f"{path.name}: name its form, one of jsonl, csv, parquet")
    try:
        size = _row_count(path) if form == "parquet" else path.stat().st_size
    except OSError as error:
        raise UnreadableFile(f"{path}: {error.strerror or error}") from error
    return RowFile(path, form, size)


def _open(path: Path) -> tuple[IO[bytes], IO[bytes]]:
    """The content of a file, unpacked, and the file itself, whose position tells how far we are."""
    raw = path.open("rb")
    return (gzip.open(raw) if path.suffix == ".gz" else raw), raw  # type: ignore[return-value]


def _lines(path: Path) -> Iterator[Numbered]:
    content, raw = _open(path)
    number = 0
    try:
        with raw, content:
            while line := content.readline(ROW_BYTES_MAX + 1):
                number += 1
                whole = _skip_rest(content, line)
                if line.strip():
                    row = _object(line) if whole else Refused(Reason.TOO_LARGE)
                    yield Numbered(number, row, raw.tell(), len(line))
    except (OSError, EOFError) as error:
        raise UnreadableFile(f"{path.name}: {error}, after line {number}") from error


def _skip_rest(content: IO[bytes], line: bytes) -> bool:
    """Whether a line was short enough; of one that was not, the rest is passed over."""
    short = len(line) <= ROW_BYTES_MAX
    while len(line) > ROW_BYTES_MAX and not line.endswith(b"\n"):
        line = content.readline(ROW_BYTES_MAX + 1)
    return short


def _object(line: bytes) -> Values | Refused:
    try:
        content = _json.decode(line)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        return Refused(Reason.MALFORMED)
    return content if isinstance(content, dict) else Refused(Reason.MALFORMED)


def _records(path: Path) -> Iterator[Numbered]:
    content, raw = _open(path)
    csv.field_size_limit(ROW_BYTES_MAX)
    with raw, content, io.TextIOWrapper(content, "utf-8-sig", "surrogateescape", newline="") as text:
        try:
            reader = csv.DictReader(text, dialect=_dialect(text), restval="")
            _check_header(path, reader.fieldnames)
            for number, record in enumerate(reader, start=1):
                yield Numbered(number, _record(record), raw.tell(), sum(map(len, map(str, record.values()))))
        except (csv.Error, OSError, EOFError) as error:
            raise UnreadableFile(f"{path.name}: {error}") from error


def _dialect(text: io.TextIOWrapper) -> type[csv.Dialect]:
    """Commas, or the semicolons and tabs that spreadsheets write."""
    header = text.readline()
    text.seek(0)
    separator = max(",;\t", key=header.count)

    class Found(csv.excel):
        delimiter = separator
        strict = True

    return Found


def _check_header(path: Path, names: object) -> None:
    if not isinstance(names, list | tuple) or not all(names):
        raise UnreadableFile(f"{path.name}: the first line must name every column")
    if len(names) > FIELDS_MAX or len(set(names)) != len(names):
        raise UnreadableFile(f"{path.name}: a column is named twice, or there are more than {FIELDS_MAX}")


def _record(record: dict[Any, Any]) -> Values | Refused:
    """A record as it is: every value a text, the empty ones not sent. More values than columns: no record."""
    return Refused(Reason.MALFORMED) if None in record else record


def _row_count(path: Path) -> int:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    try:
        with parquet.ParquetFile(path) as file:
            return int(file.metadata.num_rows)
    except (arrow.ArrowInvalid, arrow.ArrowNotImplementedError) as error:
        raise UnreadableFile(f"{path.name}: {error}") from error


def _columns(path: Path) -> Iterator[Numbered]:
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    number = 0
    try:
        with parquet.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_PARQUET_ROWS):
                for values in batch.to_pylist():
                    number += 1
                    yield Numbered(number, {name: plain(value) for name, value in values.items()}, number)
    except (arrow.ArrowException, OSError) as error:
        raise UnreadableFile(f"{path.name}: {error}, after row {number}") from error


def plain(value: Any) -> object:
    """A value of a column as JSON would carry it.

    >>> plain(Decimal("12.50")), plain(12.5), plain(datetime(2026, 1, 1, tzinfo=UTC))
    ('12.50', '12.5', 1767225600000)
    """
    match value:
        case float() if math.isfinite(value):
            return ExactNumber(format(Decimal(repr(value)), "f"))
        case Decimal() if value.is_finite():
            return ExactNumber(format(value, "f"))
        case datetime() if value.tzinfo is not None:
            since = value.astimezone(UTC) - _EPOCH
            return since.days * 86_400_000 + since.seconds * 1000 + since.microseconds // 1000
        case dict():
            return {name: plain(part) for name, part in value.items() if part is not None}
        case list():
            return [plain(part) for part in value]
        case None | bool() | int() | str():
            return value
    return str(value)
