"""The portal's own streams of the journal: `portal-0`, `portal-1`, … one for each process that decides.

A stream is taken when the first decision is written and given free when the process ends. Threads of one
process share it, one at a time.
"""

import atexit
import threading
from pathlib import Path
from typing import Final

from utfall.events import decode
from utfall.journal import JournalUnavailable, StreamBusy, StreamReader, StreamWriter
from utfall.portal.site import site

PROCESSES_AT_MOST: Final = 64

_mutex: Final = threading.RLock()
_held: Final[dict[Path, StreamWriter]] = {}


class Written:
    """The process's stream, for as long as the block takes: nobody else of it appends meanwhile."""

    def __enter__(self) -> StreamWriter:
        _mutex.acquire()
        try:
            return _writer(Path(site().journal_dir))
        except BaseException:
            _mutex.release()
            raise

    def __exit__(self, *_error: object) -> None:
        _mutex.release()


def _writer(root: Path) -> StreamWriter:
    if root not in _held:
        _held[root] = _first_free(root)
    return _held[root]


def _first_free(root: Path) -> StreamWriter:
    """The first stream that no other process writes."""
    for number in range(PROCESSES_AT_MOST):
        try:
            return StreamWriter(root, f"portal-{number}")
        except StreamBusy:
            continue
    raise JournalUnavailable("portal", f"{PROCESSES_AT_MOST} processes write already")


def close() -> None:
    """Give this process's streams free."""
    with _mutex:
        while _held:
            _held.popitem()[1].close()


def is_written(stream: str, position: int, event: str) -> bool:
    """Whether the commit that was to go there is there: its first event has this id."""
    if not stream:
        return False
    with StreamReader(Path(site().journal_dir), stream) as reader:
        if reader.end() <= position:
            return False
        batches = reader.read(position, 1)
    return bool(batches) and decode(bytes(batches[0].events()[0])).id == event


atexit.register(close)
