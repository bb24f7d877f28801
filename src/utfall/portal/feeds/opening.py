"""Files as they come: packed or not, in whichever encoding; looked through once before a row is read.

Unreadable        what stands in the way of the whole file, as a code of `words.TROUBLES`
"""

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, NamedTuple

CHUNK: Final = 1 << 20
MAX_BYTES: Final = 250 << 20
MAX_SENT: Final = MAX_BYTES + (1 << 20)
"""A file with the form around it."""
MAX_UNPACKED: Final = 1 << 30
MOST_RATIO: Final = 200
FREE_BYTES: Final = 20 << 20
LONGEST_LINE: Final = 1 << 20
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Unreadable(Exception):
    """The file cannot be read as a feed; `code` says why, `detail` what was found."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail[:200]


class Looked(NamedTuple):
    """What a first look found: whether it is XML, its encoding, its size without packing, its lines."""

    is_xml: bool
    encoding: str
    size: int
    lines: int = 0


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where it is packed with gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if not packed:
            yield file
            return
        try:
            with gzip.open(file, "rb") as unpacked:
                yield unpacked  # type: ignore[misc]  # GzipFile reads like any file
        except (OSError, EOFError, zlib.error) as error:
            raise Unreadable("packing_broken") from error


def look_through(path: Path) -> Looked:
    """Read a file once from end to end: that it is not too large, and in which encoding it is."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise Unreadable("too_large")
    most = min(MAX_UNPACKED, max(FREE_BYTES, size * MOST_RATIO))
    with opened(path) as file:
        head = file.read(4096)
        if not head.strip(b"\0 \t\r\n"):
            raise Unreadable("empty")
        if head.startswith((b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0")):
            raise Unreadable("not_text")
        encoding = _marked(head)
        is_xml = _begins(head, encoding).startswith("<")
        total, lines, is_utf8 = _measure(file, head, most)
    if not encoding:
        encoding = "utf-8" if is_utf8 else "cp1252"
    if not is_xml and encoding != "utf-16" and b"\0" in head:
        raise Unreadable("not_text")
    return Looked(is_xml, encoding, total, lines)


def _measure(file: IO[bytes], head: bytes, most: int) -> tuple[int, int, bool]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    total, lines, is_utf8, piece = 0, 0, True, head
    while piece:
        total += len(piece)
        lines += piece.count(b"\n")
        if total > most:
            raise Unreadable("bomb")
        if is_utf8:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                is_utf8 = False
        piece = file.read(CHUNK)
    return total, lines, is_utf8


def _marked(head: bytes) -> str:
    return next((encoding for mark, encoding in MARKS if head.startswith(mark)), "")


def _begins(head: bytes, encoding: str) -> str:
    return head.decode(encoding or "latin-1", "ignore").lstrip("\ufeff \t\r\n")


def lines_of(file: IO[bytes], encoding: str) -> Iterator[str]:
    """The lines of a text, none of which may be endless."""
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        while line := text.readline(LONGEST_LINE):
            if len(line) >= LONGEST_LINE:
                raise Unreadable("line_too_long")
            yield line.replace("\0", "")
    finally:
        text.detach()  # whoever opened the file closes it
