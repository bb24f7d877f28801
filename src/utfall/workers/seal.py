"""The sealer: what was agreed in the portal becomes the snapshot in force, within a second of the change.

    run_sealer(snapshots_dir, stop)     # until told to stop; the portal is set up already

A portal that holds nothing yet adopts the market in force first, so that terms published from a file live on.
What cannot be sealed is written beside the change for people to see; the snapshot before stays in force.
"""

import threading
from pathlib import Path
from typing import Final

from utfall.portal.sealing import facade
from utfall.terms import InvalidSnapshot
from utfall.workers.publish import Shelf, publish, sealed_zone

REST_S: Final = 0.25


def run_sealer(snapshots_dir: Path, stop: threading.Event) -> None:
    """Seal every change until told to stop."""
    try:
        adopt_current(snapshots_dir)
        tried = 0
        while not stop.is_set():
            if facade.wanted() > max(tried, facade.state().sealed):
                tried = seal_now(snapshots_dir)
            else:
                stop.wait(REST_S)
    finally:
        facade.close()


def adopt_current(snapshots_dir: Path) -> bool:
    """Let an empty portal adopt the market in force; True when there was one to adopt."""
    shelf = Shelf(snapshots_dir)
    current = shelf.current()
    if current is None or not facade.is_empty():
        return False
    facade.adopt(shelf.load(current).market)
    return True


def seal_now(snapshots_dir: Path) -> int:
    """Publish what is agreed now, or say why it cannot be; the number of the newest change that was tried."""
    revision, market = facade.market(sealed_zone)
    try:
        facade.sealed(revision, publish(market, snapshots_dir))
    except InvalidSnapshot as error:
        facade.failed("\n".join(str(error).split("; ")))
    return revision
