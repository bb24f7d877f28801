"""A receipt tells each party its own side, and nobody else anything."""

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, TwoTenants
from tests.portal.tracking.settled import happen
from utfall.portal.access import NotFound, Role
from utfall.portal.site import SiteConfig
from utfall.portal.tracking import facade


def test_each_party_reads_its_own_side(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.a)
    paid = facade.receipt(market.a.advertiser.caller(), traffic.receipt)
    assert (paid.party, paid.sides, paid.order) == ("advertiser", ("advertiser",), traffic.order)
    assert (paid.commission_micros, paid.fee_micros, paid.cost_micros) == (80_000_000, 16_000_000, 96_000_000)
    (winner,) = paid.touches
    assert (winner.is_winner, winner.publisher_name) == (True, market.a.publisher.name)
    assert (paid.lines[0].what, paid.lines[0].amount_micros) == ("boot-7", 1_000_000_000)
    earned = facade.receipt(market.a.publisher.caller(), traffic.receipt, side="advertiser")
    assert (earned.party, earned.sides) == ("publisher", ("publisher",))
    assert (earned.commission_micros, earned.fee_micros, earned.cost_micros) == (80_000_000, None, None)
    assert earned.lines[0].amount_micros is None
    both = facade.receipt(market.operator.caller(), traffic.receipt, side="publisher")
    assert (both.party, both.sides) == ("publisher", ("advertiser", "publisher"))


def test_a_receipt_of_another_does_not_exist(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.b)
    for side in market.a:
        with pytest.raises(NotFound):
            facade.receipt(side.caller(), traffic.receipt)
    with pytest.raises(NotFound):
        facade.receipts_of_order(market.a.advertiser.caller(), market.b.advertiser.number, traffic.order)


def test_before_there_is_a_book_there_is_no_receipt(market: TwoTenants, own_site: SiteConfig) -> None:
    with pytest.raises(NotFound):
        facade.receipt(market.operator.caller(), 1)


def test_an_order_is_found_by_its_reference_however_old(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.a)
    caller = market.a.advertiser.caller()
    (chapter,) = facade.receipts_of_order(caller, market.a.advertiser.number, traffic.order)
    assert (chapter.receipt, chapter.status) == (traffic.receipt, "pending")
    assert facade.receipts_of_order(caller, market.a.advertiser.number, "NONE") == ()


@pytest.mark.parametrize("tail", ["", "story/"])
def test_its_page_is_a_story(
    market: TwoTenants, own_site: SiteConfig, client_of: ClientOf, tail: str
) -> None:
    traffic = happen(market.a)
    tenant = market.a.advertiser
    page = client_of(tenant.users[Role.VIEWER]).get(f"/{tenant.slug}/receipts/{traffic.receipt}/{tail}")
    body = page.content.decode()
    assert page.status_code == 200
    assert f"{market.a.publisher.name} earned the order {traffic.order}" in body
    assert "Earned the order." in body
    assert MARKER not in body
    theirs = market.b.advertiser
    hidden = client_of(theirs.users[Role.OWNER]).get(f"/{theirs.slug}/receipts/{traffic.receipt}/{tail}")
    assert hidden.status_code == 404
