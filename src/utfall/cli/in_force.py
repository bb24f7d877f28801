"""The terms in force, or what to do when there are none."""

from utfall.cli.failures import Failure
from utfall.settings import Settings
from utfall.terms import Snapshot
from utfall.workers.publish import Shelf


def snapshot_or_none(settings: Settings) -> Snapshot | None:
    """The snapshot in force; None before the first was published."""
    shelf = Shelf(settings.snapshots_dir)
    name = shelf.current()
    return shelf.load(name) if name else None


def snapshot_in_force(settings: Settings) -> Snapshot:
    """The snapshot in force; a Failure that says how to publish one."""
    snapshot = snapshot_or_none(settings)
    if snapshot is None:
        raise Failure(f"no terms are published in {settings.data_dir}: utfall publish FILE")
    return snapshot
