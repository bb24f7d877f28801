"""What is said of each row of a loaded file, beside it as JSON lines or CSV, whole after every batch."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from utfall.edge.answers import accepted_verdict, refused_verdict
from utfall.edge.intake import Received
from utfall.edge.rows import Refused

COLUMNS: Final = ("row", "verdict", "id", "token", "reason", "field", "sentence", "mend")
_encoder: Final = msgspec.json.Encoder()

Verdict = Received | Refused


class Verdicts:
    """A file of verdicts, cut back to `size` when it continues an interrupted one."""

    def __init__(self, path: Path, size: int = 0) -> None:
        self._as_csv = path.suffix.lower() == ".csv"
        if not path.exists() or path.stat().st_size < size:
            size = 0  # it is not the file that was written before; it begins where the load goes on
        self._file: IO[bytes] = path.open("r+b" if size else "wb")
        self._file.truncate(size)
        self._file.seek(size)
        if self._as_csv and not size:
            self._file.write(_csv([COLUMNS]))

    def write(self, numbered: Iterable[tuple[int, Verdict]]) -> int:
        """Adds verdicts; how long the file is then."""
        said = [{"row": number, **_words(verdict)} for number, verdict in numbered]
        if self._as_csv:
            self._file.write(_csv([[row.get(name, "") for name in COLUMNS] for row in said]))
        else:
            self._file.write(_encoder.encode_lines(said))
        self._file.flush()
        return self._file.tell()

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def _words(verdict: Verdict) -> dict[str, object]:
    if isinstance(verdict, Refused):
        return refused_verdict(verdict)
    return accepted_verdict(verdict.event.id, verdict.token)


def _csv(records: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(records)
    return text.getvalue().encode()
