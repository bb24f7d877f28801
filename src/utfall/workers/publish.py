"""Publishing terms: a market is sealed, kept for ever under its hash, and made the one in force by one
rename.

    snapshot_hash = publish(market, snapshots_dir)
    shelf = Shelf(snapshots_dir); shelf.current(); shelf.load(snapshot_hash)

Old snapshots are never removed: every manifest names the one it was settled under.
"""

import tomllib
from collections import OrderedDict
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from utfall.journal.durable import make_directory, write_file
from utfall.terms import Market, ProgramFileError, Snapshot, Zone, load_snapshot, read_market, seal
from utfall.terms.snapshot import content_hash

CURRENT: Final = "CURRENT"
_KEPT: Final = 4
_FIRST_YEAR, _LAST_YEAR = 1970, 2060
_STEP: Final = timedelta(days=5)
"""No zone has changed its offset twice in so short a time since 1970; the least are seven days."""


class SnapshotMissing(Exception):
    """A snapshot that is named and not there, or not what its name says."""


def publish(market: Market, folder: Path) -> str:
    """Seal a market and put it in force; the hash of its snapshot. InvalidSnapshot when it is unsound."""
    name = keep(market, folder)
    write_file(folder / CURRENT, f"{name}\n".encode())
    return name


def keep(market: Market, folder: Path) -> str:
    """Seal a market and keep it without putting it in force, as a what-if needs it."""
    sealed = seal(market)
    name = content_hash(sealed)
    make_directory(folder)
    path = folder / f"{name}.snapshot"
    if not path.exists():
        write_file(path, sealed)
    return name


def read_program_file(path: Path) -> Market:
    """The market of a program file; ProgramFileError says what is wrong with it."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProgramFileError(f"{path.name}: {error}") from error
    return read_market(table, sealed_zone)


class Shelf:
    """The folder of snapshots. The last few that were read stay in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: OrderedDict[str, Snapshot] = OrderedDict()

    def current(self) -> str | None:
        """The hash of the snapshot in force; None before the first was published."""
        try:
            return (self._folder / CURRENT).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None

    def load(self, name: str) -> Snapshot:
        """A snapshot by its hash, or SnapshotMissing."""
        if name not in self._held:
            self._held[name] = self._read(name)
            if len(self._held) > _KEPT:
                self._held.popitem(last=False)
        self._held.move_to_end(name)
        return self._held[name]

    def _read(self, name: str) -> Snapshot:
        try:
            data = (self._folder / f"{name}.snapshot").read_bytes()
        except FileNotFoundError as error:
            raise SnapshotMissing(f"snapshot {name} is not there") from error
        if content_hash(data) != name:
            raise SnapshotMissing(f"snapshot {name} is not what its name says")
        return load_snapshot(data)


@cache
def sealed_zone(name: str) -> Zone:
    """A time zone as data: every change of its offset from 1970 to 2060. ProgramFileError if there is none
    such.

    >>> sealed_zone("UTC").offsets
    (0,)
    """
    try:
        zone = ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ProgramFileError(f"unknown time zone {name}") from error
    at = datetime(_FIRST_YEAR, 1, 1, tzinfo=UTC)
    end = datetime(_LAST_YEAR, 1, 1, tzinfo=UTC)
    starts, offsets = [0], [_offset(zone, at)]
    while at < end:
        following = at + _STEP
        if _offset(zone, following) != offsets[-1]:
            starts.append(_change(zone, at, following))
            offsets.append(_offset(zone, following))
        at = following
    return Zone(name, tuple(starts), tuple(offsets))


def _offset(zone: ZoneInfo, at: datetime) -> int:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None, "an aware time has an offset"
    return int(offset.total_seconds())


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> int:
    """The second in which the offset changes, between two times that have different ones."""
    low, high = int(before.timestamp()), int(after.timestamp())
    old = _offset(zone, before)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(zone, datetime.fromtimestamp(middle, UTC)) == old:
            low = middle
        else:
            high = middle
    return high
