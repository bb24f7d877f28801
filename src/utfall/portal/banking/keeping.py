"""Files as the bank sent them, each under its hash beside the portal's database: whoever asks what one said
can look, and a large one is read from there.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, BinaryIO, Final, NamedTuple

from utfall.journal.durable import make_directory, sync_directory
from utfall.portal.site import site

CHUNK: Final = 1 << 20


class Kept(NamedTuple):
    """A file that was kept: its hash, and how large it is. One that is too large is not kept."""

    digest: str
    size: int


def folder(name: str) -> Path:
    """`bank-files/in` is watched; `done` and `refused` have what came from there, `kept` all by its hash."""
    return Path(site().database_path).with_name("bank-files") / name


def path_of(digest: str) -> Path:
    """Where a file lies."""
    return folder("kept") / f"{digest}.xml"


@contextmanager
def opened(digest: str) -> Iterator[BinaryIO]:
    """A file that was kept, for reading; FileNotFoundError where somebody took it away."""
    with path_of(digest).open("rb") as source:
        yield source


def keep(content: bytes | IO[bytes], bytes_at_most: int) -> Kept:
    """Copy a file, piece by piece, to where it stays; an empty or too large one is dropped again."""
    make_directory(folder("kept"))
    building = folder("kept") / f".{secrets.token_hex(8)}"
    try:
        kept = _copied(BytesIO(content) if isinstance(content, bytes) else content, building, bytes_at_most)
        if 0 < kept.size <= bytes_at_most:
            building.replace(path_of(kept.digest))
            sync_directory(folder("kept"))
        return kept
    finally:
        building.unlink(missing_ok=True)


def _copied(source: IO[bytes], target: Path, bytes_at_most: int) -> Kept:
    digest, size = sha256(), 0
    with target.open("xb") as copy:
        while size <= bytes_at_most and (piece := source.read(CHUNK)):
            digest.update(piece)
            size += len(piece)
            copy.write(piece)
        copy.flush()
        os.fsync(copy.fileno())
    return Kept(digest.hexdigest(), size)
