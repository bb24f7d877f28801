"""The files that rows come from, kept until they have been read, beside the portal's database."""

import secrets
from pathlib import Path
from typing import IO

from django.utils.translation import gettext_lazy as _

from utfall.journal.durable import make_directory, write_file
from utfall.portal.access import refuse
from utfall.portal.site import site
from utfall.portal.validation.reading import BYTES_AT_MOST


def folder() -> Path:
    """Where they lie: nobody but the portal reads there."""
    return Path(site().database_path).with_name("validation-files")


def keep(file: IO[bytes]) -> str:
    """Keep a file; the name it has there. Refused where it is too large or empty."""
    content = file.read(BYTES_AT_MOST + 1)
    if not content:
        refuse("file_empty", _("The file is empty."), "file")
    if len(content) > BYTES_AT_MOST:
        refuse("file_too_large", _("The file is larger than 32 MB. Divide it."), "file", status=413)
    make_directory(folder())
    name = secrets.token_hex(16)
    write_file(folder() / name, content)
    return name


def take(name: str) -> bytes:
    """What was kept."""
    return (folder() / name).read_bytes()


def drop(name: str) -> None:
    """Forget a file that was read."""
    (folder() / name).unlink(missing_ok=True)
