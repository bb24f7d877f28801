"""Starting the portal: its tables brought up to date, then Granian with many threads, until SIGTERM."""

import os
from typing import Final

import msgspec
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from utfall.portal.site import VARIABLE, SiteConfig, migrate, setup_site

WORKERS: Final = 1
"""SQLite has one writer: a second worker would only wait for the first. And what the portal counts in memory,
the rate limits of the API, it counts for everybody."""
_HEADER_TIMEOUT_MS = 10_000
_HEADER_BYTES = 65_536


def serve(config: SiteConfig, *, host: str, port: int, threads: int, grace_s: int, log_level: str) -> None:
    """Serves the portal in a worker of this process; returns after a clean shutdown."""
    setup_site(config)
    migrate()
    os.environ[VARIABLE] = msgspec.json.encode(config).decode()  # inherited by the worker
    Granian(
        "utfall.portal.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=threads,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_TIMEOUT_MS, max_buffer_size=_HEADER_BYTES),
        websockets=False,
        workers_kill_timeout=grace_s,
        respawn_failed_workers=True,
        log_level=LogLevels(log_level),
    ).serve()
