"""More partners than a list offers: orders of each can be asked for, and nobody else's partner is named."""

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.conversions.conftest import Happen
from tests.portal.market import TwoTenants
from utfall.portal.access import Role
from utfall.portal.partners.models import Partnership
from utfall.portal.people import parties


def test_a_publisher_is_typed_and_only_ones_own_are_proposed(
    market: TwoTenants, order_of: Happen, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parties, "LISTED_AT_MOST", 0)
    made, shop, partner = order_of(market.a), market.a.advertiser, market.a.publisher
    order_of(market.b)
    for side in (market.a, market.b):
        Partnership.objects.system().create(
            program=side.advertiser.number,
            advertiser=side.advertiser.number,
            publisher=side.publisher.number,
            state="approved",
        )
    browser, home = client_of(shop.users[Role.VIEWER]), f"/{shop.slug}"
    proposed = browser.get(f"{home}/partners/proposed/").content.decode()
    assert f"({partner.number})" in proposed
    assert market.b.publisher.name not in proposed
    page = browser.get(f"{home}/conversions/", {"publisher": partner.name}).content.decode()
    assert made.order in page
    assert f'hx-get="{home}/partners/proposed/"' in page
    assert f'value="{partner.name} ({partner.number})"' in page
    for name in ("Nobody", market.b.publisher.name):
        unknown = browser.get(f"{home}/conversions/", {"publisher": name})
        assert unknown.status_code == 422
        assert made.order not in unknown.content.decode(), "no name is not every name"
        assert browser.get(f"{home}/conversions/export/", {"publisher": name}).status_code == 422
    own = client_of(partner.users[Role.VIEWER])
    assert own.get(f"/{partner.slug}/partners/proposed/").status_code == 404
