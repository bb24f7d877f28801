"""The process `utfall work` itself: what is asked for in the portal, it does and writes down."""

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from tests.portal.market import TwoTenants
from tests.scenarios.running_cli import PATIENCE_S, ago, command, environment
from tests.scenarios.world import HOUR, WORKED, World
from utfall.portal import keep_on_server
from utfall.portal.commission import facade as commission
from utfall.portal.commission.compared import compared
from utfall.portal.programs import facade as programs
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import site
from utfall.portal.work.contracts import State
from utfall.terms import Portion
from utfall.workers.publish import Shelf

PROGRAM = 7
CLICK = 250_000
"""What a click of the scenarios pays beside the order it leads to."""


@contextmanager
def working(folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """`utfall work` over a data folder whose portal is the one under test, until the block ends."""
    server = {"UTFALL_DATABASE": site().server} if site().server else {}
    if not server:
        (folder / "portal.sqlite3").symlink_to(site().database_path)
    with (folder / "work.log").open("wb") as log:
        process = subprocess.Popen(
            command(folder, "work"),
            env=environment(**server),
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE_S)


def until(process: "subprocess.Popen[bytes]", folder: Path, done: Callable[[], bool]) -> None:
    """Wait for the process to have done something."""
    patience = time.monotonic() + PATIENCE_S
    while not done():
        assert process.poll() is None, (folder / "work.log").read_text()
        assert time.monotonic() < patience, (folder / "work.log").read_text()
        time.sleep(0.1)


def settled_yesterday(folder: Path) -> World:
    """Two settled orders of publisher 3 of yesterday, and their market adopted by the portal."""
    if site().server:
        keep_on_server(folder / "book.sqlite3", site().server)
    world = World(folder)
    for number in range(2):
        at = world.now = ago(minutes=24 * 60) + number * HOUR
        click = world.click(11, at - HOUR)
        world.settle(click)
        world.settle(world.sale(f"A-{number}", *WORKED, at=at, clicks=[click]))
    shelf = Shelf(world.config.snapshots_dir)
    current = shelf.current()
    assert current is not None
    sealing.adopt(shelf.load(current).market)
    return world


def test_a_what_if_is_settled_by_the_running_process(market: TwoTenants, tmp_path: Path) -> None:
    """Shoes at 15 % instead of 12 %: 142.23 instead of 115.26 for each of the two orders."""
    settled_yesterday(tmp_path)
    caller = market.operator.caller()
    wanted = [
        replace(one.draft, price=Portion(150_000)) if one.draft.price == Portion(120_000) else one.draft
        for one in commission.rules(caller, PROGRAM, timezone.now())
    ]
    number = commission.preview(caller, PROGRAM, wanted)
    with working(tmp_path) as process:
        until(process, tmp_path, lambda: commission.preview_of(caller, PROGRAM, number).task.has_ended)
    assert process.returncode == 0, (tmp_path / "work.log").read_text()
    found = commission.preview_of(caller, PROGRAM, number)
    assert found.task.state is State.DONE, found.task.error
    shown = compared(caller, programs.program(caller, PROGRAM), found)
    assert (shown.orders, shown.orders_changed) == (2, 2)
    assert (shown.before, shown.after) == (2 * (CLICK + 115_260_000), 2 * (CLICK + 142_230_000))
    assert not list(tmp_path.glob("whatif-*")), "the books it wrote are thrown away"
