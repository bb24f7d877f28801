"""Money that was told by the portal is answered, and its receipt is read by whom it concerns."""

import time
from typing import Any

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.tracking.settled import happen, market_of, settle
from utfall.events import Bonus, BonusReason, Funding
from utfall.portal.access import NotFound, Role
from utfall.portal.site import SiteConfig
from utfall.portal.tracking import facade
from utfall.portal.tracking.contracts import Wanted
from utfall.portal.validation.facade import heard, money_id, tell


def test_what_was_told_is_answered_and_read_by_its_party(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf
) -> None:
    happen(market.a)
    side, at = market.a, time.time_ns() // 1_000_000
    common: dict[str, Any] = {"occurred_at": at, "received_at": at, "currency": "SEK"}
    program = market_of(side).programs[0].id
    bonus = Bonus(
        id=money_id(at, "bonus", 1),
        program=program,
        publisher=side.publisher.number,
        amount_micros=25_000_000,
        reason=BonusReason.PLACEMENT,
        **common,
    )
    funding = Funding(
        id=money_id(at, "funding", 1),
        advertiser=side.advertiser.number,
        amount_micros=300_000_000,
        identity=f"B{at}",
        day="2026-11-01",
        **common,
    )
    tell([bonus, funding])
    assert heard([bonus, funding], within_s=0) == {}
    settle(side)
    said = heard([bonus, funding])
    assert [said[one.id].reason for one in (bonus, funding)] == [None, None]
    tell([funding])
    settle(side)
    assert heard([funding]) == {funding.id: said[funding.id]}

    granted = facade.receipt(side.publisher.caller(), said[bonus.id].receipt)
    assert (granted.party, granted.commission_micros, granted.cost_micros) == ("publisher", 25_000_000, None)
    paid = facade.receipt(side.advertiser.caller(), said[bonus.id].receipt)
    assert (paid.party, paid.cost_micros) == ("advertiser", 30_000_000)
    came = facade.receipt(side.advertiser.caller(), said[funding.id].receipt)
    assert "300.00" in str(came.sentence)
    with pytest.raises(NotFound):
        facade.receipt(side.publisher.caller(), said[funding.id].receipt)
    with pytest.raises(NotFound):
        facade.receipt(market.b.advertiser.caller(), said[funding.id].receipt)
    for number in (said[funding.id].receipt, said[bonus.id].receipt):
        page = client_of(side.advertiser.users[Role.VIEWER]).get(
            f"/{side.advertiser.slug}/receipts/{number}/"
        )
        assert page.status_code == 200
    told = {one.kind for one in facade.calls(market.operator.caller(), "", Wanted()).calls}
    assert told <= {"click", "conversion"}
