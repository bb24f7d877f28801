"""What is frozen of a paper when it is issued, and where that is kept: under its own hash, for ever."""

import os
import secrets
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec

from utfall.journal.durable import held, make_directory, sync_directory
from utfall.papers import Paper
from utfall.papers.words import Language
from utfall.portal.site import site

WRITERS: Final = 8
"""A disk takes what several write in one go; one after another, ten thousand papers take a minute longer."""


VERSION: Final = 2
"""Of what is frozen now: with the account as people write it. Under 1 it is a bare number, for good."""


class Damaged(Exception):
    """What is kept is not what was frozen: the file was changed, or is gone."""


class Frozen(msgspec.Struct, frozen=True, kw_only=True):
    """A paper and what it counts: entries after `since` through `through`, of which `left_micros` stay."""

    version: int = 1
    paper: Paper
    language: Language
    owner: str
    party: int
    since: int
    through: int
    left_micros: int


_read: Final = msgspec.json.Decoder(Frozen).decode


def encoded(frozen: Frozen) -> bytes:
    """The canonical JSON: the fields in their order, and no spaces."""
    return msgspec.json.encode(frozen, order="deterministic")


def decoded(content: bytes | str) -> Frozen:
    """What the bytes say."""
    return _read(content)


def digest_of(content: bytes) -> str:
    """The name of what is kept."""
    return sha256(content).hexdigest()


def folder() -> Path:
    """`papers` beside the portal's database; what begins alike lies together."""
    return Path(site().database_path).with_name("papers")


def place(digest: str) -> Path:
    """Where it lies."""
    return folder() / digest[:2] / f"{digest}.json"


@contextmanager
def numbering() -> Iterator[None]:
    """While somebody gives numbers, or takes drafts away, nobody else does."""
    make_directory(folder())
    with held(folder() / ".lock"):
        yield


def keep(contents: Mapping[str, bytes]) -> None:
    """Keep bytes under their hashes; they are on the disk when this returns, their names as well."""
    folders = {place(digest).parent for digest in contents}
    for one in folders:
        make_directory(one)
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(_write, map(place, contents), contents.values()))
    for one in folders:
        sync_directory(one)


def _write(path: Path, content: bytes) -> None:
    building = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(building, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    building.replace(path)


def kept(digest: str) -> bytes:
    """The bytes under a hash; Damaged where they are not those."""
    try:
        content = place(digest).read_bytes()
    except FileNotFoundError:
        raise Damaged(f"{digest} is gone") from None
    if digest_of(content) != digest:
        raise Damaged(f"{digest} was changed")
    return content


def paper_kept(digest: str) -> Paper | None:
    """The paper under a hash, for an app that may read everybody's; None where it is damaged or gone."""
    try:
        return decoded(kept(digest)).paper
    except Damaged:
        return None
