"""What rules would have paid: asked in the portal, settled again by the work, read on its page."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from tests.portal.commission.made import changed, shop
from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.scenarios.world import DAY, HOUR, NOON, WORKED, World
from utfall.portal.access import Caller, NotFound, Refused, Role
from utfall.portal.commission import facade, preview
from utfall.portal.commission.compared import compared
from utfall.portal.commission.preview import Tell, Wanted, preview_with
from utfall.portal.programs import facade as programs
from utfall.portal.sealing import facade as sealing
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import State
from utfall.portal.work.running import do_next
from utfall.terms import Market, Portion, Step, Tiered, TierMeasure, TierPeriod
from utfall.workers import preview as settling
from utfall.workers.publish import Shelf
from utfall.workers.replay import ReplaySource

PROGRAM = 7
CLICK = 250_000
"""What a click of the scenarios pays beside the order it leads to."""


@pytest.fixture(autouse=True)
def _handed_over() -> Iterator[None]:
    kept = list(preview._run)
    yield
    preview._run[:] = kept


@pytest.fixture
def world(market: TwoTenants, tmp_path: Path) -> World:
    """The market of the scenarios, adopted by the portal, with two settled orders of publisher 3."""
    made = World(tmp_path)
    for number in range(2):
        at = NOON + number * DAY
        click = made.click(11, at - HOUR)
        made.now = at
        made.settle(click)
        made.settle(made.sale(f"A-{number}", *WORKED, clicks=[click]))
    adopted = renumbered(Shelf(made.config.snapshots_dir))
    sealing.adopt(adopted)
    return made


def renumbered(shelf: Shelf) -> Market:
    current = shelf.current()
    assert current is not None
    return shelf.load(current).market


def settles(world: World, told: list[tuple[int, int, int]]) -> None:
    """Let the work settle the days of the scenarios, whatever day it is."""

    def run(wanted: Wanted, tell: Tell) -> Mapping[str, Any] | None:
        def say(done: int, total: int, orders: int) -> None:
            told.append((done, total, orders))
            tell(done, total, orders)

        then = replace(wanted, since_ms=NOON - DAY, until_ms=NOON + 9 * DAY)
        return settling.settle(ReplaySource.of(world.config), then, say)

    preview_with(run)


def test_before_and_after_are_the_worked_example(
    market: TwoTenants, client_of: ClientOf, world: World
) -> None:
    """Shoes at 15 % instead of 12 %: 142.23 instead of 115.26 for each of the two orders."""
    told: list[tuple[int, int, int]] = []
    settles(world, told)
    caller = market.operator.caller()
    standing = facade.rules(caller, PROGRAM, timezone.now())
    wanted = [
        changed(one.draft, price=Portion(150_000)) if one.draft.price == Portion(120_000) else one.draft
        for one in standing
    ]
    number = facade.preview(caller, PROGRAM, wanted)
    assert do_next()
    found = facade.preview_of(caller, PROGRAM, number)
    assert found.task.state is State.DONE, found.task.error
    assert told[0][2] == 0
    assert told[-1][:2] == (told[-1][1], told[-1][1])
    shown = compared(caller, programs.program(caller, PROGRAM), found)
    assert (shown.before, shown.after) == (2 * (CLICK + 115_260_000), 2 * (CLICK + 142_230_000))
    assert (shown.orders, shown.orders_changed) == (2, 2)
    (line,) = shown.publishers
    assert (line.name, line.bar, line.won) == ("Blogg", 100, 0)
    assert {one.name: one.difference for one in shown.rules}.keys() >= {
        one.draft.name for one in standing if one.draft.price == Portion(120_000)
    }
    page = client_of(market.operator.users[Role.OWNER]).get(
        f"/{caller.slug}/programs/{PROGRAM}/commission/what-if/{number}/"
    )
    assert page.status_code == 200
    assert "284.96" in page.content.decode()
    assert "A-0" in page.content.decode()


def test_corrections_have_a_line_of_their_own(market: TwoTenants, client_of: ClientOf, world: World) -> None:
    """Shoes of 899.00 twice at 8 %, at 10 % for the whole month from 1 000.00 on: 2 % of 1 798.00 more."""
    settles(world, [])
    caller = market.operator.caller()
    steps = (Step(0, Portion(80_000)), Step(1_000_000_000, Portion(100_000)))
    price = Tiered(TierMeasure.AMOUNT, TierPeriod.MONTH, steps, retroactive=True)
    wanted = [
        changed(one.draft, price=price) if one.draft.price == Portion(120_000) else one.draft
        for one in facade.rules(caller, PROGRAM, timezone.now())
    ]
    number = facade.preview(caller, PROGRAM, wanted)
    assert do_next()
    shown = compared(caller, programs.program(caller, PROGRAM), facade.preview_of(caller, PROGRAM, number))
    (line,) = shown.publishers
    for one in (shown, line):
        assert (one.corrected_before, one.corrected_after) == (0, 35_960_000)
    assert [one.corrected_after for one in shown.rules if one.corrected_after] == [35_960_000]
    page = client_of(market.operator.users[Role.OWNER]).get(
        f"/{caller.slug}/programs/{PROGRAM}/commission/what-if/{number}/"
    )
    assert page.content.decode().count("35.96 in corrections") == 2


def test_the_rules_that_stand_would_have_paid_the_same(market: TwoTenants, world: World) -> None:
    settles(world, [])
    caller = market.operator.caller()
    drafts = [one.draft for one in facade.rules(caller, PROGRAM, timezone.now())]
    number = facade.preview(caller, PROGRAM, drafts)
    do_next()
    found = facade.preview_of(caller, PROGRAM, number)
    assert compared(caller, programs.program(caller, PROGRAM), found).is_same


def test_where_nothing_happened_the_page_says_so(market: TwoTenants, client_of: ClientOf) -> None:
    caller, program = shop(market)
    preview_with(lambda wanted, tell: None)
    (standing,) = facade.rules(caller, program.id, timezone.now())
    number = facade.preview(caller, program.id, [standing.draft])
    do_next()
    address = f"/{caller.slug}/programs/{program.id}/commission/what-if/{number}/"
    page = client_of(market.a.advertiser.users[Role.OWNER]).get(address)
    assert "No orders in these days" in page.content.decode()


def test_without_a_settler_it_says_what_to_start(market: TwoTenants) -> None:
    preview._run.clear()
    caller, program = shop(market)
    (standing,) = facade.rules(caller, program.id, timezone.now())
    number = facade.preview(caller, program.id, [standing.draft])
    do_next()
    task = facade.preview_of(caller, program.id, number).task
    assert (task.state, task.error_code) == (State.FAILED, "cannot_settle")


def test_a_what_if_is_nobody_elses(market: TwoTenants) -> None:
    caller, program = shop(market)
    (standing,) = facade.rules(caller, program.id, timezone.now())
    number = facade.preview(caller, program.id, [standing.draft])
    stranger: Caller = market.b.advertiser.caller()
    with pytest.raises(NotFound):
        facade.preview_of(stranger, program.id, number)
    with pytest.raises(NotFound):
        facade.preview(stranger, program.id, [standing.draft])
    with pytest.raises(Refused):
        facade.preview(caller, program.id, [standing.draft], days=91)
    assert work.task(caller, number).id == number
