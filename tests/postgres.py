"""A PostgreSQL server of the tests' own: begun by who asks first, over with the process.

url = new_database()      # an empty database on it

It keeps everything in a folder of its own, speaks through a socket there and to nobody else. Nothing of it is
written durably: what a test proves of a crash is the death of a client, never of the server.
"""

import atexit
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Final

import psycopg
import pytest

from tests.waiting import wait_for

NOBODY: Final = "postgres"
"""As whom it runs where the tests are root's, for whom it refuses to."""
_FAST: Final = ("fsync=off", "full_page_writes=off", "listen_addresses=", "max_connections=40")
_databases: Final = count(1)


def new_database() -> str:
    """The URL of an empty database."""
    folder, name = _server(), f"installation_{next(_databases)}"
    with psycopg.connect(_url(folder, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return _url(folder, name)


def begin_with(url: str, like: str = "template1") -> None:
    """Make a database anew, like another; whoever was connected to either is cut off."""
    name = name_of(url)
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        for one in (name, like):
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (one,)
            )
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')


def named(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    place, mark, rest = url.partition("?")
    return f"{place.rpartition('/')[0]}/{name}{mark}{rest}"


def name_of(url: str) -> str:
    """The name of a URL's database."""
    return url.partition("?")[0].rpartition("/")[2]


def _url(folder: Path, name: str) -> str:
    return f"postgresql://utfall@/{name}?host={folder}"


@cache
def _server() -> Path:
    """The folder of the server's socket, once it answers."""
    folder = Path(tempfile.mkdtemp(prefix="utfall-postgres-"))
    data = folder / "data"
    if os.geteuid() == 0:
        shutil.chown(folder, NOBODY)
    subprocess.run(
        _run(
            "initdb", "--no-sync", "--auth=trust", "--username=utfall", "--locale=C.UTF-8", f"--pgdata={data}"
        ),
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    told = [part for setting in (*_FAST, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(_run("postgres", "-D", str(data), *told), stderr=log, cwd=folder)
    atexit.register(_end, process, folder)
    wait_for(lambda: _listens(folder), process, told=(folder / "log").read_text)
    return folder


def _end(process: subprocess.Popen[bytes], folder: Path) -> None:
    process.send_signal(signal.SIGINT)  # it does not wait for those who are still connected
    process.wait()
    shutil.rmtree(folder, ignore_errors=True)


def _run(program: str, *arguments: str) -> list[str]:
    command = [_program(program), *arguments]
    if os.geteuid():
        return command
    who = pwd.getpwnam(NOBODY)
    return ["setpriv", f"--reuid={who.pw_uid}", f"--regid={who.pw_gid}", "--clear-groups", *command]


def _program(name: str) -> str:
    """Debian keeps the server's programs outside PATH."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    found = shutil.which(
        name, path=os.pathsep.join([*map(str, reversed(places)), os.environ.get("PATH", "")])
    )
    if found is None:
        pytest.fail(f"{name} is not there: tools/apt.sh postgresql")
    return found


def _listens(folder: Path) -> bool:
    try:
        psycopg.connect(_url(folder, "postgres")).close()
    except psycopg.OperationalError:
        return False
    return True
