"""A process that ships and merges until all is shipped or it is killed, for the tests of crashes.

`python -m tests.scenarios.lake_shipping FOLDER DEADLY`: with a DEADLY above zero it kills itself when it has
opened, renamed or removed so many files of the lake, just before the next, so that every step of every write
can be the last.
"""

import itertools
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from utfall.lake import LakeWriter, Policy, compact
from utfall.workers.ship import Shipper

DEADLY_STEPS = {"open", "os.rename", "os.remove", "os.mkdir"}


class FolderOutbox:
    """An outbox made of files, one per batch, each named by its number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def after(self, batch: int, limit: int) -> list[tuple[int, bytes]]:
        numbers = sorted(int(path.name) for path in self._folder.iterdir())
        return [(n, (self._folder / f"{n}").read_bytes()) for n in numbers if n > batch][:limit]

    def forget(self, batch: int) -> None:
        for path in self._folder.iterdir():
            if int(path.name) <= batch:
                path.unlink()


def die_at_step(deadly: int, lake: Path) -> None:
    """Kills this process at its so-many-th step in the lake."""
    steps = itertools.count(1)

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in DEADLY_STEPS and str(lake) in str(arguments[0]) and next(steps) == deadly:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)


def now_ms() -> int:
    return time.time_ns() // 1_000_000


def main(root: Path, deadly: int) -> None:
    if deadly:
        die_at_step(deadly, root / "lake")
    policy, outbox = Policy(files=3, grace_ms=5000), FolderOutbox(root / "outbox")
    with LakeWriter(root / "lake") as lake, Shipper(lake, outbox, root / "journal", rows=1) as shipper:
        shipper.forget_shipped()
        while shipper.ship(now_ms()):
            while compact(lake, policy, now_ms()):
                pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
