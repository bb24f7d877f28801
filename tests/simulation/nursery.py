"""Real processes of an installation, each back within milliseconds after it was killed.

    with Nursery(command, environment, log) as nursery:
        pid = nursery.start("settle")
        assert nursery.kill(pid) == -signal.SIGKILL

A process of Python spends half a second on its imports, in which killing it proves nothing. So one process
imports everything once, touches nothing of the installation, and forks whoever is asked for, who then runs
the very command line. What a killed process leaves behind is the same; it is killed at its work more often.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from tests.law.tree import ROOT
from tests.scenarios.running_edge import BROWSER
from utfall.edge import agents

MODULES: Final = (
    "django.core.management.commands.migrate",
    "django.db.backends.sqlite3.base",
    "pyarrow.parquet",
    "ua_parser",
    "utfall.cli.money_plane",
    "utfall.cli.processes",
    "utfall.edge.application",
    "utfall.edge.server",
    "utfall.lake",
    "utfall.portal.book.facade",
    "utfall.workers.settle",
    "utfall.workers.ship",
)
PATIENCE_S: Final = 60


class Nursery:
    """The process that forks others, as the test sees it."""

    def __init__(self, data_dir: Path, environment: Mapping[str, str], log: Path) -> None:
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.simulation.nursery", str(data_dir)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                env={**environment},
                cwd=ROOT,
                text=True,
                bufsize=1,
            )
        assert self._told() == "ready"

    def start(self, name: str) -> int:
        """Begin `utfall NAME`; its process id, which is that of its group too."""
        return int(self._ask("start", name))

    def kill(self, pid: int) -> int:
        """Kill a process with all it started; how it ended, as `subprocess` says it."""
        return int(self._ask("kill", pid))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate(timeout=PATIENCE_S)  # closing its input is telling it to end

    def _ask(self, word: str, about: object) -> str:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word} {about}\n")
        return self._told()

    def _told(self) -> str:
        assert self._process.stdout is not None
        said = self._process.stdout.readline().strip()
        assert said, "the nursery itself ended"
        return said


def main(data_dir: str) -> None:
    """Serve the lines on the standard input until it is closed; then nobody is left alive."""
    for module in MODULES:
        __import__(module)
    agents.classify(BROWSER)  # reads the tables of user agents, which are a second's work
    living: set[int] = set()
    print("ready", flush=True)
    for line in sys.stdin:
        word, about = line.split()
        if word == "start":
            pid = os.fork()
            if pid == 0:
                os.setpgid(0, 0)
                return become(data_dir, about)
            os.setpgid(pid, pid)
            living.add(pid)
            print(pid, flush=True)
        else:
            living.remove(int(about))
            print(killed(int(about)), flush=True)
    for pid in living:
        killed(pid)
    return None


def killed(pid: int) -> int:
    """Kill a process and its group, and wait for its end; who had ended before tells how."""
    os.killpg(pid, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def become(data_dir: str, name: str) -> None:
    """Be `utfall NAME`, with nothing of the nursery's but what it imported."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.argv = ["utfall", "--data-dir", data_dir, name]
    from utfall.cli import main as utfall

    utfall()


if __name__ == "__main__":
    main(sys.argv[1])
