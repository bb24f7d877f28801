"""Where files are kept: the folder from which the edge serves, each named by the hash of its content.

A file is written under another name, synced, and then renamed, so that the edge never serves half of one.
What is there already is left as it is: the name says that it is the same.
"""

import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Final

from utfall.journal.durable import make_directory, sync_directory, write_file
from utfall.portal.creatives.contracts import Kind
from utfall.portal.site import site

CHUNK: Final = 1 << 20
INDEX: Final = "index.html"
Content = bytes | IO[bytes] | Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A file that was taken apart and found good: what is to be stored, and what is known of it."""

    kind: Kind
    extension: str
    content: Content
    width: int
    height: int
    bytes: int
    duration_ms: int = 0
    notes: tuple[str, ...] = ()


def digest_of(content: Content) -> str:
    """The hash that names what is stored."""
    if isinstance(content, bytes):
        return sha256(content).hexdigest()
    total = sha256()
    if isinstance(content, Mapping):
        for name in sorted(content):
            total.update(f"{name}\0{sha256(content[name]).hexdigest()}\n".encode())
        return total.hexdigest()
    content.seek(0)
    while piece := content.read(CHUNK):
        total.update(piece)
    return total.hexdigest()


def name_of(digest: str, extension: str) -> str:
    """What the edge calls it: a file, or the first page of a folder."""
    return f"{digest}/{INDEX}" if extension == "html" else f"{digest}.{extension}"


def address_of(name: str) -> str:
    """Where visitors find a stored file."""
    return f"{site().public_url}/m/{name}" if name else ""


def store(content: Content, extension: str) -> str:
    """Keep a file for good; its hash."""
    folder = Path(site().media_dir)
    make_directory(folder)
    digest = digest_of(content)
    target = folder / (digest if isinstance(content, Mapping) else name_of(digest, extension))
    if target.exists():
        return digest
    if isinstance(content, bytes):
        write_file(target, content)
    elif isinstance(content, Mapping):
        _write_folder(target, content)
    else:
        _write_stream(target, content)
    return digest


def _write_stream(target: Path, content: IO[bytes]) -> None:
    building = _beside(target)
    content.seek(0)
    try:
        with building.open("xb") as file:
            building.chmod(0o600)
            shutil.copyfileobj(content, file, CHUNK)
            file.flush()
            os.fsync(file.fileno())
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
    sync_directory(target.parent)


def _write_folder(target: Path, content: Mapping[str, bytes]) -> None:
    building = _beside(target)
    try:
        for name, data in content.items():
            make_directory((building / name).parent)
            write_file(building / name, data)
        if not target.exists():
            building.rename(target)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    sync_directory(target.parent)


def _beside(target: Path) -> Path:
    """A name that the edge serves nothing under."""
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}")
