"""Where questions to the lake are asked: one lake held open per process, its memory and time bounded.

    answered(queries, scope, snapshot)  ->  the lake's reports, all of one catalog

A few questions are answered at once; further ones wait for a while, then are refused, so that memory stays
bounded however many pages are asked for.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import refuse
from utfall.portal.site import site

if TYPE_CHECKING:
    from utfall.lake import HeldLake, Report, Scope
    from utfall.lake import Query as LakeQuery
    from utfall.terms import Snapshot

AT_ONCE: Final = 4
MEMORY: Final = "1GB"
SECONDS: Final = 60.0
"""A question that takes longer is ended; whoever waits for a page has long left."""
WAIT_SECONDS: Final = 20
_NOTHING: Final = _("Nothing has been measured yet. Reports begin with the first click.")

_lakes: "Final[dict[Path, HeldLake]]" = {}
_opening: Final = threading.Lock()
_seats: Final = threading.BoundedSemaphore(AT_ONCE)


def has_begun() -> bool:
    """Whether anything has been measured yet."""
    return (Path(site().lake_dir) / "catalog.json").exists()


def answered(queries: Sequence["LakeQuery"], scope: "Scope", snapshot: "Snapshot | None") -> "list[Report]":
    """The answers to some questions."""
    if not has_begun():
        refuse("nothing_measured", _NOTHING, status=409)
    with _seated():
        return _lake().reports(queries, scope=scope, snapshot=snapshot)


def events_of(query: "LakeQuery", count: int, scope: "Scope", snapshot: "Snapshot | None") -> Any:
    """The newest facts that a question is about, as a table."""
    if not has_begun():
        refuse("nothing_measured", _NOTHING, status=409)
    with _seated():
        return _lake().events(query, count, scope=scope, snapshot=snapshot)


def forget_lakes() -> None:
    """Lets go of what is in memory; the next question opens its lake anew."""
    with _opening:
        while _lakes:
            _lakes.popitem()[1].close()


@contextmanager
def _seated() -> Iterator[None]:
    if not _seats.acquire(timeout=WAIT_SECONDS):
        sentence = _("Too many reports are being made. Try again in a moment.")
        refuse("reports_busy", sentence, status=409)
    try:
        yield
    finally:
        _seats.release()


def _lake() -> "HeldLake":
    from utfall.lake import HeldLake

    root = Path(site().lake_dir)
    with _opening:
        if root not in _lakes:
            _lakes[root] = HeldLake(root, memory_limit=MEMORY, seconds=SECONDS)
        return _lakes[root]
