"""A closing is killed at random moments, over and over: the same documents and numbers, and nothing twice.

Each life goes on where the one before was killed; a copy of the month is closed undisturbed. `CRASH_ROUNDS`
says how many lives are cut short, `CRASH_SEED` where chance begins. So in files, and on a server.
"""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from tests.law.tree import ROOT
from tests.portal.database import begin_in
from tests.postgres import begin_with, name_of, new_database
from tests.scenarios.world import evidence_of
from tests.simulation.closer import PUBLISHERS, SERVER, Closed, config_of, server_of
from utfall.portal import keep_on_server
from utfall.portal.book import facade
from utfall.workers.invariants import check_all

CRASHES = 2 * int(os.environ.get("CRASH_ROUNDS", "1"))
SEED = int(os.environ.get("CRASH_SEED", "20261122"))
FIRST_HOUR = 1
HOURS = 20
"""In one day: a life for each, and the last is never cut short."""


def asked(*words: str | Path) -> bytes:
    command = [sys.executable, "-m", "tests.simulation.closer", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout


def lived(folder: Path, hour: int, seconds: float | None) -> float:
    """Lets a process close the month for so long, and kills it; how long it took if it came to its end."""
    command = [sys.executable, "-m", "tests.simulation.closer", "close", str(folder), str(hour)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        began = time.monotonic()
        while process.poll() is None and (seconds is None or time.monotonic() - began < seconds):
            time.sleep(0.005)
        took = time.monotonic() - began
        process.kill()
        process.wait()
        assert process.returncode in (0, -signal.SIGKILL)
        assert seconds is not None or process.returncode == 0
        return took


def on_server(folder: Path, like: str = "template1") -> None:
    """The tables of a folder are in a database of its own, which begins like another."""
    url = new_database()
    begin_with(url, like)
    folder.mkdir(exist_ok=True)
    (folder / SERVER).write_text(url)
    keep_on_server(config_of(folder).book_path, url)


@pytest.mark.slow
@pytest.mark.parametrize("place", ["files", "server"])
def test_a_closing_that_is_killed_again_and_again_says_everything_once(tmp_path: Path, place: str) -> None:
    print(f"CRASH_SEED={SEED} CRASH_ROUNDS={CRASHES // 2}")
    chance, crashed, undisturbed = random.Random(SEED), tmp_path / "crashed", tmp_path / "undisturbed"
    if place == "server":
        on_server(crashed)
    else:
        begin_in(crashed)
    asked("make", crashed)
    shutil.copytree(crashed, undisturbed)
    if place == "server":
        on_server(undisturbed, like=name_of(server_of(crashed)))
    whole = lived(undisturbed, FIRST_HOUR, None)
    for life in range(CRASHES):
        lived(crashed, FIRST_HOUR + life % HOURS, chance.uniform(0, whole / 2))
        assert _problems(crashed) == [], f"seed {SEED}, life {life}"
    lived(crashed, FIRST_HOUR + HOURS, None)
    assert _problems(crashed) == []
    wanted, found = (_told(one) for one in (undisturbed, crashed))
    assert len(wanted.documents) == PUBLISHERS + 1
    assert len(wanted.payouts) == PUBLISHERS
    assert found == wanted, f"seed {SEED}"


def _told(folder: Path) -> Closed:
    return msgspec.json.decode(asked("tell", folder), type=Closed)


def _problems(folder: Path) -> list[object]:
    config = config_of(folder)
    book = facade.open_book(config.book_path)
    found = check_all(evidence_of(config, book))
    facade.close_book(book)
    return list(found)
