"""The watched directory: files that the bank's client puts there are imported, and then moved away."""

import logging
import time
from pathlib import Path
from typing import Final

from utfall.journal.durable import make_directory
from utfall.portal.banking import keeping
from utfall.portal.banking.importing import BYTES_AT_MOST, folder, take

SETTLES_FOR_S: Final = 5
"""How long a file must not have changed: it may still be written."""
AT_ONCE: Final = 100
_log = logging.getLogger(__name__)


def look() -> int:
    """Import what lies in `bank-files/in`; how many files that were."""
    if not folder("in").is_dir():
        return 0
    found = sorted(path for path in folder("in").iterdir() if _is_ready(path))[:AT_ONCE]
    for path in found:
        _take(path)
    return len(found)


def _is_ready(path: Path) -> bool:
    if path.suffix.lower() != ".xml" or not path.is_file():
        return False
    return path.stat().st_mtime < time.time() - SETTLES_FOR_S


def _take(path: Path) -> None:
    """Import a file and move it: `done`, or `refused` with what is wrong told on the page of files. One that
    a process died over is still here, and gone on with.
    """
    with path.open("rb") as source:
        kept = keeping.keep(source, BYTES_AT_MOST)
    if 0 < kept.size <= BYTES_AT_MOST:
        trouble = take(path.name, kept, way="directory").trouble
    else:
        _log.warning("%s is empty or larger than a bank's file may be; it stays unread", path.name)
        trouble = "too_large"
    place = folder("done" if trouble in ("", "imported_before") else "refused")
    make_directory(place)
    path.replace(place / path.name)
