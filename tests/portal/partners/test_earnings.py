"""Earnings per click, from a real lake, scoped to the program."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from tests.unit.lake.worlds import COUNTED, fact, facts, lake_of, touch, touches
from utfall.portal.access.times import to_ms
from utfall.portal.partners import facade
from utfall.portal.site import site


@pytest.fixture
def lake() -> Iterator[Path]:
    """The installation's lake, gone after the test."""
    folder = Path(site().lake_dir)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
    cache.clear()


def test_a_click_earns_what_the_programs_own_clicks_earned(market: TwoTenants, lake: Path) -> None:
    program = live(market.a.advertiser.caller(), market.operator.caller())
    other = live(market.b.advertiser.caller(), market.operator.caller(), "Elsewhere")
    now = timezone.now()
    recent, old = to_ms(now - timedelta(days=3)), to_ms(now - timedelta(days=60))
    own: dict[str, Any] = {"advertiser": program.advertiser, "program": program.id}
    clicked = [(touch("click", n, at=recent, **own), COUNTED) for n in range(200)]
    elsewhere: dict[str, Any] = {"advertiser": other.advertiser, "program": other.id}
    clicked += [(touch("click", n, at=recent, **elsewhere), COUNTED) for n in range(400, 430)]
    earned = facts(
        fact(300, at=recent, **own, sales=1, commission_pending_micros=60 * 10**6),
        fact(301, at=recent, **own, sales=1, commission_approved_micros=40 * 10**6),
        fact(302, at=old, **own, sales=1, commission_approved_micros=999 * 10**6),
    )
    lake_of(lake, earned, touches(clicked, batch=2))
    publisher = market.a.publisher.caller()
    told = facade.offer(publisher, program.id).experience
    assert (told.clicks, told.epc_micros) == (200, 500_000)
    assert facade.offer(publisher, other.id).experience.epc_micros is None
