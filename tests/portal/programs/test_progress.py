"""The goal's progress, from a real lake, on the program's own clock."""

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from tests.unit.lake.worlds import fact, facts, lake_of
from utfall.events import Outcome
from utfall.portal.access.times import to_ms
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import GoalDraft
from utfall.portal.site import site

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def lake() -> Iterator[Path]:
    """The installation's lake, gone after the test."""
    folder = Path(site().lake_dir)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    cache.clear()


def test_days_and_cost_are_those_of_the_program_on_its_own_clock(
    market: TwoTenants, lake: Path, client_of: ClientOf
) -> None:
    caller = market.a.advertiser.caller()
    view = live(caller, market.operator.caller())
    today = timezone.now().astimezone(STOCKHOLM).date()
    yesterday = today - timedelta(days=1)
    # Half past midnight in Stockholm is still the day before in UTC.
    early = to_ms(datetime(yesterday.year, yesterday.month, yesterday.day, 0, 30, tzinfo=STOCKHOLM))
    sold = {"advertiser": view.advertiser, "program": view.id, "sales": 1, "cost_micros": 96 * 10**6}
    others = {**sold, "program": view.id + 1}
    lake_of(lake, facts(*(fact(n, at=early, **sold) for n in range(3)), fact(9, at=early, **others)))
    goal = GoalDraft(
        outcome=Outcome.SALE,
        target=10,
        starts_on=today - timedelta(days=20),
        ends_on=today + timedelta(days=70),
        max_cost_micros=100 * 10**6,
    )
    facade.set_goal(caller, view.id, goal)
    told = facade.progress(caller, view.id)
    assert told is not None
    assert [(day.day, day.count, day.cost_micros) for day in told.days] == [(yesterday, 3, 288 * 10**6)]
    assert (told.done, told.cost_per_outcome_micros, told.ceiling) == (3, 96 * 10**6, "within")
    acme = market.a.advertiser
    part = client_of(next(iter(acme.users.values()))).get(f"/{acme.slug}/programs/{view.id}/progress/")
    assert "30 %" in part.content.decode()
