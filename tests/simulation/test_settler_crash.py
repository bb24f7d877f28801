"""A settler is killed at random moments, over and over on one installation: nothing is lost or settled twice.

Its book is then the very book that a replay makes of the same manifests, and adds up to what an undisturbed
settler makes of the same events. `CRASH_ROUNDS` says how many times, `CRASH_SEED` where chance begins.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.scenarios.world import HOUR, NOON, WORKED, World, evidence_of
from utfall.events import Action
from utfall.portal.book import facade
from utfall.workers.invariants import check_all
from utfall.workers.replay import ReplaySource
from utfall.workers.replay import replay as rebuilt

CRASHES = int(os.environ.get("CRASH_ROUNDS", "5"))
SEED = int(os.environ.get("CRASH_SEED", "20261121"))
LONGEST_LIFE_S = 0.15
ORDERS = 60

SETTLER = """
import pathlib, sys
from tests.scenarios.world import NOON, UNLIMITED, config_of
from utfall.workers.settle import Settler

config = config_of(pathlib.Path(sys.argv[1]), batch_events=5, policy=UNLIMITED)
with Settler(config, lambda: NOON) as settler:
    print("begun", flush=True)
    while settler.step() is not None:
        pass
"""


def append_lot(world: World, lot: int) -> int:
    """Orders with their clicks over two streams, some changed later; how many events that is."""
    clicks = [
        world.click(11 + number % 2, NOON - HOUR, visitor=f"v{lot}-{number}") for number in range(ORDERS)
    ]
    sales = [world.sale(f"A-{lot}-{number}", *WORKED, clicks=[click]) for number, click in enumerate(clicks)]
    actions = (Action.APPROVE, Action.DECLINE, Action.REFUND)
    changes = [world.amend(f"A-{lot}-{number}", actions[number % 3]) for number in range(0, ORDERS, 4)]
    world.append(*clicks, stream="edge-0")
    world.append(*sales, stream="edge-1")
    world.append(*changes, stream="edge-1")
    return len(clicks) + len(sales) + len(changes)


def lived(world: World, seconds: float) -> bool:
    """Lets a settler work for some time and kills it; whether it was done before."""
    command = [sys.executable, "-c", SETTLER, str(world.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        until = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < until:
            time.sleep(0.005)
        process.kill()
        process.wait()
        assert process.returncode in (0, -signal.SIGKILL)
        return process.returncode == 0


@pytest.mark.slow
def test_a_settler_killed_at_random_moments_settles_everything_once(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    world, undisturbed = World(tmp_path / "crashed"), World(tmp_path / "undisturbed")
    events = killed = 0
    for life in range(CRASHES):
        events += append_lot(world, life)
        append_lot(undisturbed, life)
        killed += not lived(world, chance.uniform(0, LONGEST_LIFE_S))
        assert check_all(evidence_of(world.config)) == [], f"seed {SEED}, life {life}"
    assert killed, "a settler that is never killed proves nothing"
    world.settle()
    undisturbed.settle()
    assert check_all(evidence_of(world.config)) == []
    assert sum(batch.events for batch in facade.batches(world.book)) == events
    report = rebuilt(ReplaySource.of(world.config), tmp_path / "again" / "book.sqlite3")
    assert report.difference is None, f"seed {SEED}"
    assert facade.earned(world.book) == facade.earned(undisturbed.book), f"seed {SEED}"
    assert world.standing() == undisturbed.standing(), f"seed {SEED}"
