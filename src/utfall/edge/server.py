"""Starting the edge: Granian with one worker per core, until SIGTERM."""

import os
import socket

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels
from msgspec.structs import replace

from utfall.edge.config import VARIABLE, EdgeConfig, to_text

_HEADER_TIMEOUT_MS = 10_000
_HEADER_BYTES = 65_536


def serve(config: EdgeConfig) -> None:
    """Runs the edge in this process and its workers; returns after a clean shutdown."""
    if config.port == 0:
        config = replace(config, port=_free_port(config.host))
    os.environ[VARIABLE] = to_text(config)  # inherited by the workers
    Granian(
        "utfall.edge.application:application",
        factory=True,
        address=config.host,
        port=config.port,
        interface=Interfaces.RSGI,
        loop=Loops.uvloop,
        http=HTTPModes.http1,
        http1_settings=HTTP1Settings(header_read_timeout=_HEADER_TIMEOUT_MS, max_buffer_size=_HEADER_BYTES),
        websockets=False,
        workers=config.workers,
        workers_kill_timeout=config.shutdown_grace_s,
        respawn_failed_workers=True,
        log_level=LogLevels(config.log_level),
    ).serve()


def _free_port(host: str) -> int:
    with socket.socket() as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def main() -> None:
    """`python -m utfall.edge.server`: serves what UTFALL_EDGE_CONFIG says."""
    from utfall.edge.config import from_environment

    serve(from_environment())


if __name__ == "__main__":
    main()
