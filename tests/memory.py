"""Where tests keep their files: in memory, if there is room, for a thousand books would wait for their disk.

A test of a crash kills a process, and what that had written outlives it in memory as on a disk. Whoever wants
to see what a test has left says where: `TMPDIR=/tmp make test`.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path("/dev/shm")
ROOM_BYTES: Final = 8 << 30
"""More than a whole run writes."""
PREFIX: Final = "utfall-tests-of-"


def begin() -> None:
    """From now on every temporary file of this process and of those it starts is in a folder in memory."""
    if "TMPDIR" in os.environ or not HERE.is_dir() or shutil.disk_usage(HERE).free < ROOM_BYTES:
        return
    _forget_the_killed()
    folder = HERE / f"{PREFIX}{os.getpid()}"
    folder.mkdir(mode=0o711)  # a database server is another user
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)


def _forget_the_killed() -> None:
    """Memory is not the place for what a run left that did not come to its end."""
    for left in HERE.glob(f"{PREFIX}*"):
        try:
            os.kill(int(left.name.removeprefix(PREFIX)), 0)
        except ProcessLookupError:
            shutil.rmtree(left, ignore_errors=True)
        except PermissionError:
            pass


begin()
