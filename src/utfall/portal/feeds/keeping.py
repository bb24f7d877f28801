"""Where the last file of each feed is kept, so that it can be read again with other columns."""

import secrets
import shutil
from pathlib import Path
from typing import IO, Final

from utfall.journal.durable import make_directory
from utfall.portal.feeds.opening import MAX_BYTES, Unreadable
from utfall.portal.site import site

CHUNK: Final = 1 << 20


def file_of(program: int) -> Path:
    """The last file of a program's feed, whether there is one or not."""
    return Path(site().database_path).parent / "feeds" / f"{program}.feed"


def lock_of(program: int) -> Path:
    """What a delivery holds while it reads; the first is made before there is a folder."""
    path = file_of(program).with_suffix(".lock")
    make_directory(path.parent)
    return path


def incoming(program: int) -> Path:
    """A new name beside the kept file, to write to before it takes the file's place."""
    path = file_of(program)
    make_directory(path.parent)
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def keep(program: int, file: IO[bytes]) -> int:
    """Keep an upload; its size. Unreadable where it is too large to be."""
    building = incoming(program)
    file.seek(0)
    try:
        with building.open("xb") as target:
            building.chmod(0o600)
            shutil.copyfileobj(file, target, CHUNK)
            size = target.tell()
        if size > MAX_BYTES:
            raise Unreadable("too_large")
        if not size:
            raise Unreadable("empty")
        building.replace(file_of(program))
    finally:
        building.unlink(missing_ok=True)
    return size
