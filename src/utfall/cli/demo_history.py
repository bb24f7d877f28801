"""The year before the demo was opened: invented, loaded as anybody's history is, settled by its own clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from utfall.cli.failures import Failure
from utfall.cli.in_force import snapshot_in_force
from utfall.cli.installation import edge_config
from utfall.cli.showing import count, progress
from utfall.settings import Settings

if TYPE_CHECKING:
    from utfall.cli.demo_money import Purse
    from utfall.demo.simulation import World
    from utfall.workers.settle import Settler

FOLDER: Final = "demo-market"
BEGUN: Final = "history.json"
TRUTH: Final = "truth.json"
BATCH_EVENTS: Final = 200
"""About a day: the clock of settlement goes through the year in such steps."""


class Begun(NamedTuple):
    """What the demo's market was made of, and until when its history goes."""

    seed: int
    scale: float
    since: int
    until: int


def begun(settings: Settings) -> Begun | None:
    """What this folder's market was made of; None where none was made yet."""
    try:
        return msgspec.json.decode((_folder(settings) / BEGUN).read_bytes(), type=Begun)
    except FileNotFoundError:
        return None


def begin(settings: Settings, made: Begun) -> None:
    """Remember what the market is made of."""
    _folder(settings).mkdir(parents=True, exist_ok=True)
    (_folder(settings) / BEGUN).write_bytes(msgspec.json.encode(made) + b"\n")


def truth_path(settings: Settings) -> Path:
    """Where the truth is written."""
    return _folder(settings) / TRUTH


def later_path(settings: Settings) -> Path:
    """Where what was still to come is kept."""
    from utfall.demo.history import LATER

    return _folder(settings) / LATER


def is_told(settings: Settings) -> bool:
    """Whether the year is in the book and the lake: the truth about it is written last."""
    return truth_path(settings).exists()


def tell_history(settings: Settings, world: "World", purse: "Purse | None" = None) -> None:
    """Load the year, settle it day by day, ship it, and write down what is true of it. Only once.

    `purse`: the people who see to money, each on their day.
    """
    from utfall.cli.money_plane import ship_once
    from utfall.demo.history import write_later
    from utfall.demo.truth import write_truth

    if is_told(settings):
        return
    _load(settings, world)
    with _settler(settings) as settler, progress("a year settled", settler.waiting) as bar:
        whole = settler.waiting
        while (told := settler.step()) is not None:
            bar(whole - settler.waiting, f"batch {told.seq}")
            if purse is not None:
                purse.step(told.now)
        if purse is not None:
            purse.finish(settler.settle_all)
    with progress("shipped to the lake", None) as bar:
        bar(0, f"{count(ship_once(settings))} rows")
    write_later(later_path(settings), world.later)
    write_truth(truth_path(settings), world.truth)


def _load(settings: Settings, world: "World") -> None:
    from utfall.demo.history import HISTORY, minted_with, write_history
    from utfall.journal.keys import CLICK_KEYS, KeyRing
    from utfall.workers.load import Loader, progress_path
    from utfall.workers.rowfiles import row_file

    path = _folder(settings) / HISTORY
    ring = KeyRing.load_or_create(settings.keys_dir / CLICK_KEYS, world.truth.until)
    write_history(path, world.told, minted_with(ring.newest))
    rows = row_file(path)
    verdicts = path.with_name("history.verdicts.jsonl")
    with (
        Loader(edge_config(settings), snapshot_in_force(settings), history=True) as loader,
        progress("a year told", rows.size) as bar,
    ):
        tally = loader.load(
            rows,
            verdicts,
            progress_path(settings.data_dir / "load", rows),
            lambda so_far, position: bar(position, f"{count(so_far.rows)} rows"),
        )
    if tally.refused:
        raise Failure(f"{tally.refused} rows of the demo's history were refused; {verdicts} says why")
    verdicts.unlink()


@contextmanager
def _settler(settings: Settings) -> "Iterator[Settler]":
    from utfall.cli.money_plane import settler_config
    from utfall.workers.settle import Settler

    with Settler(replace(settler_config(settings), batch_events=BATCH_EVENTS)) as settler:
        yield settler


def _folder(settings: Settings) -> Path:
    return settings.data_dir / FOLDER
