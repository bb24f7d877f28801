"""The files that rows come from, kept until they are imported, beside the portal's database."""

import secrets
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from utfall.journal.durable import make_directory, write_file
from utfall.portal.access import refuse
from utfall.portal.imports.reading import BYTES_AT_MOST
from utfall.portal.site import site

ENVELOPE: Final = 64 << 10
"""What a form is larger than the file in it."""


class Kept(NamedTuple):
    """A file that was kept."""

    name: str
    content: bytes
    digest: str


def folder() -> Path:
    """Where they lie: nobody but the portal reads there."""
    return Path(site().database_path).with_name("import-files")


def keep(file: IO[bytes]) -> Kept:
    """Keep a file; Refused where it is too large or empty."""
    content = file.read(BYTES_AT_MOST + 1)
    if not content:
        refuse("file_empty", _("The file is empty."), "file")
    if len(content) > BYTES_AT_MOST:
        refuse("file_too_large", _("The file is larger than 20 MB. Divide it."), "file", status=413)
    make_directory(folder())
    name = secrets.token_hex(16)
    write_file(folder() / name, content)
    return Kept(name, content, sha256(content).hexdigest())


def take(name: str) -> bytes:
    """What was kept; FileNotFoundError where it was dropped."""
    return (folder() / name).read_bytes()


def drop(name: str) -> None:
    """Forget a file."""
    if name:
        (folder() / name).unlink(missing_ok=True)
