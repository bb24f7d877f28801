"""Which processes live: what the supervisor says of them, which locks are held, and what they got done.

Nothing here asks a process anything, and no process beats a drum for it. The supervisor keeps `up.json` and
holds a lock as long as it lives; processes that must be alone hold a lock file each, which the kernel lists;
and each leaves what it did, with its time, where it belongs. What none of these tells is unknown.
"""

import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from msgspec import Struct

from utfall.journal import streams
from utfall.portal.access.errors import Words
from utfall.portal.access.times import from_ms
from utfall.portal.operations.contracts import ProcessView, Standing
from utfall.portal.site import site

YOUNG: Final = timedelta(minutes=5)
CHECKED_LATELY: Final = timedelta(hours=26)
LOCKS: Final = Path("/proc/locks")
"""Where Linux lists the locks that are held; elsewhere there is no such file, and nothing is known by it."""
DOES: Final[dict[str, Words]] = {
    "portal": _("Pages and API"),
    "edge": _("Clicks, postbacks and events, into the journal"),
    "settle": _("Decides what each event is worth, into the book"),
    "follow": _("The list of orders and the change feed"),
    "ship": _("What was settled, into the lake of reports"),
    "seal": _("What was agreed, into force"),
    "work": _("Letters, tasks and periodic duties"),
    "deliver": _("Webhooks and postbacks"),
    "check": _("Whether books balance, now and then"),
}


class _Service(Struct):
    """What `up.json` says of a process."""

    name: str
    pid: int | None
    started_at: int | None
    restarts: int
    exit_code: int | None = None


class _Up(Struct):
    services: list[_Service]


def processes(progress: dict[str, datetime | None]) -> list[ProcessView]:
    """Every process of an installation; `progress`: when each last got something done, as far as known."""
    told = {one.name: one for one in supervised()}
    return [_process(name, told, progress.get(name)) for name in DOES]


def supervised() -> list[_Service]:
    """What the supervisor says of its processes; nothing where none runs."""
    folder = Path(site().run_dir)
    if not site().run_dir or not _is_held(folder / "up.lock"):
        return []
    try:
        return msgspec.json.decode((folder / "up.json").read_bytes(), type=_Up).services
    except (OSError, msgspec.MsgspecError):  # it has just begun
        return []


def _is_held(lock: Path) -> bool:
    """Whether somebody holds a lock who allows for being asked, as the supervisor does."""
    try:
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def _process(name: str, told: dict[str, _Service], progress: datetime | None) -> ProcessView:
    """What is known of one process, by whoever knows most."""
    if name == "portal":
        return _view(name, Standing.WELL, _("Answers: you are reading this"), "itself", progress, os.getpid())
    if name in told:
        return _supervised(told[name], progress)
    holder = _holder(name)
    if holder is not None:
        return _view(name, Standing.WELL, _("Runs without the supervisor"), "lock", progress, holder)
    says = _("Unknown: no supervisor runs here, and it holds no lock that can be seen")
    mend = _("Start everything with utfall up, or look on the machine where it runs.")
    return _view(name, Standing.UNKNOWN, says, "nothing", progress, mend=mend)


def _supervised(one: _Service, progress: datetime | None) -> ProcessView:
    since = None if one.started_at is None else from_ms(one.started_at)
    if one.name == "check":
        return _checked(one, since)
    if one.pid is None or not _lives(one.pid):
        says, mend = _("Is down; it is started again"), _("Read its log: the last line says why it ended.")
        return _view(one.name, Standing.BAD, says, "supervisor", progress, since=since, mend=mend, of=one)
    if one.restarts and since is not None and timezone.now() - since < YOUNG:
        says, mend = _("Runs, but was started again just now"), _("Read its log if it happens again.")
        standing = Standing.WATCH
        return _view(
            one.name, standing, says, "supervisor", progress, one.pid, since=since, mend=mend, of=one
        )
    return _view(one.name, Standing.WELL, _("Runs"), "supervisor", progress, one.pid, since=since, of=one)


def _checked(one: _Service, since: datetime | None) -> ProcessView:
    """The check runs now and then, and ends with whether everything held."""
    mend: Words = ""
    if one.exit_code is None or since is None:
        standing, says = Standing.UNKNOWN, _("Has not ended once since the supervisor began")
    elif one.exit_code:
        standing, says = Standing.BAD, _("Found something that does not hold")
        mend = _("Run utfall check: it names what does not hold, and what to do.")
    elif timezone.now() - since > CHECKED_LATELY:
        standing, says = Standing.WATCH, _("Held, but was not asked for more than a day")
        mend = _("Look at check_interval_s, and run utfall check.")
    else:
        standing, says = Standing.WELL, _("Everything held when it was asked last")
    return _view("check", standing, says, "supervisor", since, one.pid, since=None, mend=mend, of=one)


def _view(
    name: str,
    standing: Standing,
    says: Words,
    known_by: str,
    progress: datetime | None,
    process: int | None = None,
    *,
    since: datetime | None = None,
    mend: Words = "",
    of: _Service | None = None,
) -> ProcessView:
    return ProcessView(
        name=name,
        does=str(DOES[name]),
        standing=standing,
        says=str(says),
        mend=str(mend),
        known_by=known_by,
        process=process,
        since=since,
        restarts=None if of is None else of.restarts,
        progress_at=progress,
    )


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _holder(name: str) -> int | None:
    """The process that holds the lock of a service; None where nobody does, or nobody can tell."""
    held = _held()
    for path in _lock_files(name):
        try:
            inode = path.stat().st_ino
        except OSError:
            continue
        if inode in held:
            return held[inode]
    return None


def _held() -> dict[int, int]:
    """Which files are locked, by inode, and by which process. Looking disturbs nobody, as trying would."""
    try:
        lines = LOCKS.read_text().splitlines()
    except OSError:
        return {}
    # "1: FLOCK  ADVISORY  WRITE 4242 fd:01:131 0 EOF"; a line that waits has an arrow in it.
    parts = [line.split() for line in lines if " FLOCK " in line and "->" not in line]
    return {int(part[5].rpartition(":")[2]): int(part[4]) for part in parts if len(part) > 5}


def _lock_files(name: str) -> Iterator[Path]:
    own, journal = Path(site().database_path), Path(site().journal_dir)
    match name:
        case "work" | "deliver":
            yield own.with_name(f".{own.name}.{name}")
        case "ship":
            yield Path(site().lake_dir) / "writer.lock"
        case "settle":
            yield journal / "settlement" / "LOCK"
        case "edge":
            yield from (journal / one / "LOCK" for one in streams(journal) if one.startswith("edge"))


def written_at(*paths: Path) -> datetime | None:
    """When any of these files was written last."""
    times = [path.stat().st_mtime for path in paths if path.exists()]
    return datetime.fromtimestamp(max(times), UTC) if times else None
