"""Ports of the loopback address for servers of tests, handed out so that no two are ever given the same.

A port that the system picks is free for anybody again until the server stands, a second or two later: another
process of the run may be given it, or a call that goes out. So each process takes its own in turn, from below
those that the system picks from.
"""

import os
import socket
from itertools import count
from typing import Final

FIRST: Final = 12_000
EACH: Final = 2_000
"""How many belong to a process of a run; begun anywhere, for there may be another run on this machine."""
PROCESSES: Final = 10
_turn: Final = count(os.getpid())


def free_port() -> int:
    """A port that nobody listens on, and that nobody else of this run is given."""
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % PROCESSES
    for turn in _turn:
        port = FIRST + process * EACH + turn % EACH
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("turns never end")
