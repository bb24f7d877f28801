"""What `utfall doctor` looks at: the machine, the folder, the terms, the journal, the keys, the processes."""

import os
import shutil
import socket
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Final, Literal, NamedTuple

from utfall.portal.drivers import NoServer, failures, place_of
from utfall.settings import Settings

Level = Literal["ok", "note", "wrong"]
DAY_MS: Final = 86_400_000
SQLITE_OLDEST: Final = (3, 37, 0)
SERVER_OLDEST: Final = 150_000
SERVER_ANSWERS_S: Final = 5
SPACE_NOTE_BYTES: Final = 5 << 30
SPACE_WRONG_BYTES: Final = 500 << 20
SYNC_NOTE_MS: Final = 20.0
KEY_NOTE_DAYS: Final = 365
_PACKAGES: Final = ("granian", "django", "duckdb", "ibis-framework", "pyarrow", "cryptography", "msgspec")
_SYNCS: Final = 15


class Finding(NamedTuple):
    """One thing that was looked at; `mend` says what to do where it is not well."""

    level: Level
    what: str
    found: str
    mend: str = ""


def examine(settings: Settings) -> Iterator[Finding]:
    """Everything, one after the other."""
    for look in _LOOKS:
        try:
            yield from look(settings)
        except failures(OSError, NoServer) as error:
            yield Finding("wrong", look.__name__.strip("_"), str(error), "See the message.")


def _python(settings: Settings) -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    new = sys.version_info >= (3, 11)
    yield Finding("ok" if new else "wrong", "python", version, "" if new else "Install Python 3.11 or newer.")
    missing = []
    found = []
    for name in _PACKAGES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    yield Finding("wrong" if missing else "ok", "packages", ", ".join(found), _missing(missing))


def _missing(names: list[str]) -> str:
    return f"Run make install; missing: {', '.join(names)}." if names else ""


def _sqlite(settings: Settings) -> Iterator[Finding]:
    new = sqlite3.sqlite_version_info >= SQLITE_OLDEST
    yield Finding(
        "ok" if new else "wrong", "sqlite", sqlite3.sqlite_version, "" if new else "Needs 3.37 or newer."
    )


def _database(settings: Settings) -> Iterator[Finding]:
    """The server that the settings name, where they name one."""
    if not settings.database:
        return
    place_of(settings.database)
    import psycopg

    with psycopg.connect(settings.database, connect_timeout=SERVER_ANSWERS_S) as connection:
        version, name, host = connection.info.server_version, connection.info.dbname, connection.info.host
        found = connection.execute("SELECT has_database_privilege(current_database(), 'CREATE')").fetchone()
    new, may = version >= SERVER_OLDEST, bool(found and found[0])
    advice = "" if new else "Needs PostgreSQL 15 or newer. "
    advice += "" if may else f"GRANT CREATE ON DATABASE {name} to this role."
    level: Level = "ok" if new and may else "wrong"
    yield Finding(level, "database", f"PostgreSQL {version // 10_000}, {name} on {host}", advice)


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_dir.absolute()
    if not folder.exists():
        yield Finding(
            "note",
            "data folder",
            f"{folder} is not there yet",
            "It is made by the first command that writes.",
        )
        return
    writable = os.access(folder, os.W_OK | os.X_OK)
    yield Finding(
        "ok" if writable else "wrong", "data folder", str(folder), "" if writable else "Make it writable."
    )
    open_to_others = [
        path.name for path in _secret_paths(settings) if path.exists() and path.stat().st_mode & 0o077
    ]
    if open_to_others:
        names = ", ".join(open_to_others)
        yield Finding("wrong", "permissions", f"others may read {names}", f"chmod go= {names}")
    else:
        yield Finding("ok", "permissions", "keys and vault are private")


def _secret_paths(settings: Settings) -> tuple[Path, ...]:
    return (settings.keys_dir, settings.vault_path)


def _disk(settings: Settings) -> Iterator[Finding]:
    place = _existing(settings.data_dir.absolute())
    free = shutil.disk_usage(place).free
    level: Level = "wrong" if free < SPACE_WRONG_BYTES else "note" if free < SPACE_NOTE_BYTES else "ok"
    yield Finding(
        level, "disk space", f"{free / (1 << 30):.1f} GiB free", "" if level == "ok" else "Make room."
    )
    took_ms = _sync_ms(place)
    slow = took_ms > SYNC_NOTE_MS
    advice = "Every click waits for one; use a faster disk." if slow else ""
    yield Finding("note" if slow else "ok", "fsync", f"{took_ms:.2f} ms (median of {_SYNCS})", advice)


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


def _sync_ms(folder: Path) -> float:
    took = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(_SYNCS):
            file.write(bytes(4096))
            file.flush()
            began = time.perf_counter()
            os.fsync(file.fileno())
            took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)


def _terms(settings: Settings) -> Iterator[Finding]:
    from utfall.cli.in_force import snapshot_or_none

    snapshot = snapshot_or_none(settings)
    if snapshot is None:
        yield Finding("note", "terms", "none are published", "utfall publish FILE")
        return
    found = f"{snapshot.hash[:12]}…, {len(snapshot.programs)} programs, {len(snapshot.links)} links"
    yield Finding("ok", "terms", found)


def _journal(settings: Settings) -> Iterator[Finding]:
    from utfall.journal import JournalError, StreamReader, streams

    for stream in streams(settings.journal_dir):
        try:
            with StreamReader(settings.journal_dir, stream) as reader:
                end = reader.end()
                if end:
                    reader.read(end - 1, 1)
        except JournalError as error:
            yield Finding(
                "wrong", f"stream {stream}", str(error), "utfall check; then restore from a backup."
            )
        else:
            yield Finding("ok", f"stream {stream}", f"{end} events, the last is sound")


def _settlement(settings: Settings) -> Iterator[Finding]:
    from utfall.cli.money_plane import lag_of
    from utfall.portal.book import facade

    if not facade.is_begun(settings.book_path.absolute()):
        yield Finding("note", "settlement", "no book yet", "utfall up, or utfall settle --once")
        return

    lag = lag_of(settings)
    level: Level = "note" if lag.unsettled else "ok"
    yield Finding(
        level,
        "settlement",
        f"{lag.unsettled} events wait; the last batch is {lag.batch}",
        _start(lag.unsettled),
    )
    yield Finding("note" if lag.untold else "ok", "lake", f"{lag.untold} batches wait", _start(lag.untold))
    ahead = lag.clock_ms - time.time_ns() // 1_000_000
    back = ahead > 1000
    advice = "The clock was set back; correct it before anything is settled." if back else ""
    yield Finding(
        "wrong" if back else "ok", "clock", time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()), advice
    )


def _start(waiting: int) -> str:
    return "It is caught up by utfall up, or utfall settle --once." if waiting else ""


def _keys(settings: Settings) -> Iterator[Finding]:
    from utfall.journal import JournalError
    from utfall.journal.keys import CLICK_KEYS, KeyRing

    if not (settings.keys_dir / CLICK_KEYS).exists():
        yield Finding("note", "click keys", "none yet", "They are made when the edge starts.")
        return
    try:
        ring = KeyRing.load(settings.keys_dir / CLICK_KEYS)
    except JournalError as error:
        yield Finding("wrong", "click keys", str(error), "Restore keys/ from a backup.")
        return
    days = (time.time_ns() // 1_000_000 - ring.newest.created_at) // DAY_MS
    old = days > KEY_NOTE_DAYS
    found = f"{len(ring.keys)}, the newest is {days} days old"
    yield Finding("note" if old else "ok", "click keys", found, "utfall keys rotate" if old else "")


def _processes(settings: Settings) -> Iterator[Finding]:
    from utfall.workers.supervise import running_state

    state = running_state(settings.run_dir)
    if state is None:
        yield Finding("note", "processes", "none run here", "utfall up")
        yield from _port(settings)
        return
    for service in state.services:
        down = service.pid is None and service.name != "check"
        found = f"process {service.pid}, {service.restarts} restarts" if service.pid else "between two runs"
        yield Finding(
            "wrong" if down else "ok", f"process {service.name}", found, "See its log." if down else ""
        )


def _port(settings: Settings) -> Iterator[Finding]:
    for name, port in (("edge_port", settings.edge_port), ("portal_port", settings.portal_port)):
        what, place = name.replace("_", " "), f"{settings.host}:{port}"
        if is_free(settings.host, port):
            yield Finding("ok", what, f"{place} is free")
        else:
            advice = f"Stop what listens there, or set UTFALL_{name.upper()}."
            yield Finding("wrong", what, f"{place} is in use", advice)


def is_free(host: str, port: int) -> bool:
    """Whether a port can be listened on; 0 always can."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


_LOOKS: Final[tuple[Callable[[Settings], Iterator[Finding]], ...]] = (
    *(_python, _sqlite, _database, _folder, _disk, _terms, _journal, _settlement, _keys, _processes),
)
