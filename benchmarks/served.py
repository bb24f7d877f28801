"""Databases of a PostgreSQL server for benchmarks, and what the server itself has worked.

The role of the URL may make databases; the server's own processes are seen where it is on this machine.
"""

import os
from contextlib import closing
from pathlib import Path
from typing import Any, Final

_TICKS: Final = os.sysconf("SC_CLK_TCK")


def named(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    place, mark, rest = url.partition("?")
    return f"{place.rpartition('/')[0]}/{name}{mark}{rest}"


def name_of(url: str) -> str:
    """The name of a URL's database."""
    return url.partition("?")[0].rpartition("/")[2]


def begin(url: str, like: str = "template0") -> None:
    """Make the database of a URL anew: empty, or like another to which nobody is connected."""
    with closing(_connected(named(url, "postgres"))) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name_of(url)}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name_of(url)}" TEMPLATE "{like}" STRATEGY file_copy')


def rest(url: str) -> None:
    """What the server does by itself in quiet times: everything swept, learned and on the disk."""
    with closing(_connected(url)) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def worked(url: str) -> float:
    """Processor time of the server and all it ever started, in seconds; 0 where it is on another machine."""
    with closing(_connected(url)) as connection:
        if not connection.info.host.startswith("/"):
            return 0.0
        first = _parent(_stat(connection.info.backend_pid))
        living = [_stat(int(one.name)) for one in Path("/proc").iterdir() if one.name.isdecimal()]
    ended = sum(int(one) for one in _stat(first)[11:15])
    return (ended + sum(int(one[11]) + int(one[12]) for one in living if _parent(one) == first)) / _TICKS


def _connected(url: str) -> Any:
    import psycopg  # only where there is a server: what keeps files is measured without it

    return psycopg.connect(url, autocommit=True)


def _stat(process: int) -> list[str]:
    """The numbers of a process after its name; zeros of one that is gone."""
    try:
        told = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return ["0"] * 20
    return told.rpartition(")")[2].split()


def _parent(stat: list[str]) -> int:
    return int(stat[1])
