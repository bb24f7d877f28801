"""The terms in force, for names, clocks and prices: the newest snapshot, read once, kept by its hash."""

from pathlib import Path
from typing import Final

from utfall.portal.site import site
from utfall.terms import Snapshot, load_snapshot

CURRENT: Final = "CURRENT"
_held: list[Snapshot] = []
"""The snapshot that was read last; nothing or one."""


def terms_in_force() -> Snapshot | None:
    """What is agreed now; None before anything was sealed."""
    folder = Path(site().snapshots_dir)
    try:
        name = (folder / CURRENT).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    if not _held or _held[0].hash != name:
        _held[:] = [load_snapshot((folder / f"{name}.snapshot").read_bytes())]
    return _held[0]
