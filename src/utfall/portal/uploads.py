"""Uploaded files that wait to be read, beside the portal's database: each sort in a folder of its own."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, NamedTuple

from utfall.journal.durable import make_directory, write_file
from utfall.portal.access import Words, refuse
from utfall.portal.site import site


class Kept(NamedTuple):
    """A file that was kept: the name it has there, what is in it, and the SHA-256 of that."""

    name: str
    content: bytes
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    """One sort of files. `empty` and `too_large` are what is said of files that are refused."""

    folder: str
    bytes_at_most: int
    empty: Words
    too_large: Words

    @property
    def path(self) -> Path:
        """Where they lie: nobody but the portal reads there."""
        return Path(site().database_path).with_name(self.folder)

    def keep(self, file: IO[bytes]) -> Kept:
        """Keep a file; Refused where it is too large or empty."""
        content = file.read(self.bytes_at_most + 1)
        if not content:
            refuse("file_empty", self.empty, "file")
        if len(content) > self.bytes_at_most:
            refuse("file_too_large", self.too_large, "file", status=413)
        make_directory(self.path)
        name = secrets.token_hex(16)
        write_file(self.path / name, content)
        return Kept(name, content, sha256(content).hexdigest())

    def take(self, name: str) -> bytes:
        """What was kept; FileNotFoundError where it was dropped."""
        return (self.path / (name or "none")).read_bytes()

    def drop(self, name: str) -> None:
        """Forget a file."""
        if name:
            (self.path / name).unlink(missing_ok=True)
