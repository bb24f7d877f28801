"""What the processes of one run of tests make once for all of them: a folder each, filled by who asks first.

    place = once("empty", lambda folder: migrated(folder))

The process that starts the others makes the folder of folders, names it to them in its environment, and
removes it in the end.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import tests.memory  # noqa: F401 (where the folder is)
from utfall.journal.durable import held

NAMED: Final = "TESTS_SHARED_DIR"


def _folder() -> Path:
    if NAMED not in os.environ:
        os.environ[NAMED] = tempfile.mkdtemp(prefix="utfall-tests-shared-")
        atexit.register(shutil.rmtree, os.environ[NAMED], ignore_errors=True)
    return Path(os.environ[NAMED])


FOLDER: Final = _folder()


def once(name: str, fill: Callable[[Path], None]) -> Path:
    """A folder that `fill` has filled, in this process or in another; whoever comes meanwhile waits."""
    place = FOLDER / name
    with held(FOLDER / f"{name}.lock"):
        if not place.exists():
            filling = FOLDER / f"{name}.filling"
            shutil.rmtree(filling, ignore_errors=True)
            filling.mkdir()
            fill(filling)
            filling.rename(place)
    return place
