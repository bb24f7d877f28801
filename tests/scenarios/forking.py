"""Calls of `utfall`, each a process of its own that has imported already what it may need.

    forks().call(["--data-dir", "data", "check"], environment, cwd)

Importing takes a process of Python longer than most commands work. So one process imports everything, touches
nothing of any installation, and forks for each call a process that runs the very command line, with its own
environment, folder and files to print to. What a command needs imported to start at all, and how it is
started, is seen where it is executed (tests/scenarios/test_cli_processes.py).
"""

import atexit
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tests.law.tree import ROOT

MODULES: Final = (
    "cryptography.hazmat.primitives.asymmetric.ed25519",
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "ibis",
    "rich.console",
    "rich.table",
    "utfall.cli.events",
    "utfall.cli.health",
    "utfall.cli.money_plane",
    "utfall.cli.proofs",
    "utfall.cli.receipts",
    "utfall.cli.reports",
    "utfall.cli.terms",
    "utfall.lake",
    "utfall.workers.settle",
)
"""Of those that begin no threads, which a fork would not have: DuckDB and Arrow are imported by each call."""
PATIENCE_S: Final = 300
"""Whoever takes longer is broken; nothing is measured by it."""


class Called(NamedTuple):
    """How a process ended, as `subprocess` says it, and what it printed."""

    code: int
    out: str
    err: str


class Forks:
    """The process that forks others, as a test sees it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.scenarios.forking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            text=True,
        )

    def call(self, words: Sequence[str], environment: Mapping[str, str], cwd: Path) -> Called:
        """Run `utfall` with these words and wait for its end."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            asked = {"words": list(words), "environment": dict(environment), "cwd": str(cwd), "into": folder}
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
            code = int(self._process.stdout.readline())
            out, err = ((Path(folder) / name).read_text(encoding="utf-8") for name in ("out", "err"))
        return Called(code, out, err)

    def close(self) -> None:
        """Let it end."""
        self._process.communicate()


@cache
def forks() -> Forks:
    """The one of this process, begun by who asks first."""
    found = Forks()
    atexit.register(found.close)
    return found


def main() -> None:
    """Serve the calls on the standard input until it is closed."""
    for module in MODULES:
        __import__(module)
    assert len(list(Path("/proc/self/task").iterdir())) == 1, (
        "a fork has one thread, and waits for the others"
    )
    gc.freeze()
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            return become(asked["words"], asked["environment"], asked["cwd"], Path(asked["into"]))
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
    return None


def become(words: list[str], environment: dict[str, str], cwd: str, into: Path) -> None:
    """Be `utfall` with these words, with nothing of this process but what it imported."""
    signal.alarm(PATIENCE_S)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(into / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.argv = ["utfall", *words]
    from utfall.cli import main as utfall

    utfall()


if __name__ == "__main__":
    main()
