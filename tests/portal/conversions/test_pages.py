"""Pages of orders."""

from tests.portal.conftest import ClientOf
from tests.portal.conversions.conftest import Happen
from tests.portal.market import MARKER, Tenant, TwoTenants
from utfall.portal.access import Role
from utfall.portal.conversions import facade


def at(tenant: Tenant, rest: str = "") -> str:
    return f"/{tenant.slug}/conversions/{rest}"


def test_the_list_shows_orders_to_both_sides(
    market: TwoTenants, order_of: Happen, client_of: ClientOf
) -> None:
    made, other = order_of(market.a), order_of(market.b)
    for tenant in (market.a.advertiser, market.a.agency, market.a.publisher):
        answer = client_of(tenant.users[Role.VIEWER]).get(at(tenant))
        page = answer.content.decode()
        assert answer.status_code == 200
        assert made.order in page
        assert other.order not in page
        assert MARKER not in page


def test_an_order_tells_its_story(market: TwoTenants, order_of: Happen, client_of: ClientOf) -> None:
    order_of(market.a)
    for tenant in (market.a.advertiser, market.a.publisher, market.operator):
        (order,) = facade.conversions(tenant.caller()).items
        page = client_of(tenant.users[Role.OWNER]).get(at(tenant, f"{order.id}/")).content.decode()
        assert "Earned the order." in page
        assert f"/receipts/{order.receipt}/" in page
        assert ("16" in page and "Network fee" in page) == (tenant is not market.a.publisher)


def test_totals_and_export(market: TwoTenants, order_of: Happen, client_of: ClientOf) -> None:
    made = order_of(market.a)
    tenant = market.a.advertiser
    browser = client_of(tenant.users[Role.OWNER])
    assert "1" in browser.get(at(tenant, "totals/")).content.decode()
    answer = browser.get(at(tenant, "export/"))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    heading, row = text.removeprefix("\ufeff").splitlines()
    cells = dict(zip(heading.split(","), row.split(","), strict=True))
    assert (cells["reference"], cells["amount"], cells["fee"]) == (made.order, "1000.00", "16.00")


def test_tests_are_shown_when_asked_for_and_marked(
    market: TwoTenants, order_of: Happen, client_of: ClientOf
) -> None:
    made, tenant = order_of(market.a), market.a.advertiser
    browser = client_of(tenant.users[Role.OWNER])
    assert f"{made.order}-T" not in browser.get(at(tenant)).content.decode()
    page = browser.get(at(tenant, "?tests=1")).content.decode()
    assert f"{made.order}-T" in page
    assert "These are tests" in page
    assert "data-bulk-one" not in page, "nobody can decide about them"
    assert (
        "Real or test"
        not in client_of(market.a.publisher.users[Role.OWNER]).get(at(market.a.publisher)).content.decode()
    )
