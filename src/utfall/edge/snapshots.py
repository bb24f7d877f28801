"""The snapshot in force, read from its folder, checked against its name and swapped whole."""

import asyncio
import gc
import re
from pathlib import Path
from typing import Final

from utfall.edge.landing import Landing, landing_of
from utfall.terms import InvalidSnapshot, Link, Snapshot, load_snapshot
from utfall.terms.snapshot import content_hash

CURRENT: Final = "CURRENT"
_NEVER: Final = 1 << 62
_HASH: Final = re.compile(r"[0-9a-f]{64}")


class SnapshotUnreadable(Exception):
    """The folder names a snapshot that is not there, is not what its name says, or cannot be read."""


class Snapshots:
    """Follows `CURRENT`. `landings` fills as links are first followed, and begins anew with each snapshot."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.current: Snapshot | None = None
        self.landings: dict[str, Landing] = {}

    async def refresh(self) -> bool:
        """Loads what CURRENT names if it is another, and says whether it did; or SnapshotUnreadable."""
        name = self._named()
        if name is None or (self.current is not None and name == self.current.hash):
            return False
        loaded = await asyncio.to_thread(self._load, name)
        self.current, self.landings = loaded, {}
        # A market of 200,000 links is a million objects that no collection needs to visit again.
        gc.freeze()
        return True

    def landing(self, key: str, now: int) -> Landing | None:
        """The landing of a link key; None when there is no such link, or it leads to no web address."""
        landing = self.landings.get(key)
        if landing is not None and now < landing.valid_until:
            return landing
        return self._prepared(key, now)

    def _prepared(self, key: str, now: int) -> Landing | None:
        snapshot = self.current
        link = snapshot.links_by_key.get(key) if snapshot else None
        if snapshot is None or link is None:
            return None
        landing = landing_of(
            link,
            snapshot.programs[link.program].advertiser,
            consent_required=consent_required(snapshot, link.program, now),
            valid_until=_next_version(snapshot, link.program, now),
        )
        if landing is not None:
            self.landings[key] = landing
        return landing

    def _named(self) -> str | None:
        try:
            name = (self._folder / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise SnapshotUnreadable(f"{CURRENT}: {error}") from error
        if not _HASH.fullmatch(name):
            raise SnapshotUnreadable(f"{CURRENT} holds no content hash")
        return name

    def _load(self, name: str) -> Snapshot:
        try:
            data = (self._folder / f"{name}.snapshot").read_bytes()
            if content_hash(data) != name:
                raise SnapshotUnreadable(f"{name}.snapshot is not what its name says")
            return load_snapshot(data)
        except (OSError, InvalidSnapshot) as error:
            raise SnapshotUnreadable(f"{name}.snapshot: {error}") from error


def consent_required(snapshot: Snapshot, program: int, at: int) -> bool:
    """Whether a program's terms ask for consent at a time; before its first version, they do."""
    terms = snapshot.programs[program].terms_at(at)
    return terms is None or terms.consent_required


def _next_version(snapshot: Snapshot, program: int, at: int) -> int:
    """When the program's next version of terms begins; a long way off when there is none."""
    starts = (version.effective_from for version in snapshot.programs[program].versions)
    return next((start for start in starts if start > at), _NEVER)


def link_named(snapshot: Snapshot, name: str | int) -> Link | None:
    """A link by its id, or by its key."""
    if isinstance(name, int):
        return snapshot.links.get(name)
    link = snapshot.links_by_key.get(name)
    if link is None and name.isascii() and name.isdecimal() and len(name) <= 13:
        return snapshot.links.get(int(name))
    return link
