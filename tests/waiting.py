"""Waiting for what another thread or process does: until it is so, never for a time.

    wait_for(lambda: facade.untold(book) == 0)
    wait_for(lambda: answers(f"http://127.0.0.1:{port}/readyz"), process)

Patience measures nothing: whoever comes later than that never comes.
"""

import time
import urllib.request
from collections.abc import Callable
from subprocess import Popen
from typing import Any, Final

PATIENCE_S: Final = 180.0
PAUSE_S: Final = 0.05


def wait_for(
    what: Callable[[], object],
    process: Popen[Any] | None = None,
    *,
    told: Callable[[], str] = str,
    pause_s: float = PAUSE_S,
) -> None:
    """Wait until something is so. It is a failure, with what was `told`, if it never is, or if a process ends
    that has to bring it about.
    """
    patience = time.monotonic() + PATIENCE_S
    while not what():
        assert process is None or process.poll() is None, f"it ended with {process.poll()} before. {told()}"
        assert time.monotonic() < patience, f"it never came about. {told()}"
        time.sleep(pause_s)


def answers(address: str) -> bool:
    """Whether a server is there, and well."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
