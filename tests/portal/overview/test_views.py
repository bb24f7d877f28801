"""Views that people keep: whose they are, who may change them, and which opens first."""

import pytest

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Forbidden, NotFound, Refused, Role
from utfall.portal.overview import facade
from utfall.portal.overview.contracts import Against, Asked, Days

WEEK = Asked(days=Days.LAST_7, against=Against.YEAR, metric="clicks")


def test_a_view_is_the_address_that_it_was_kept_at(market: TwoTenants) -> None:
    kept = facade.save_view(market.a.advertiser.caller(), " Mornings ", WEEK)
    assert (kept.name, kept.address) == ("Mornings", "days=last_7&against=year&m=clicks")
    assert kept.is_own
    assert not kept.shared
    assert not kept.is_default


def test_a_private_view_is_not_found_by_a_colleague_and_a_shared_one_is_not_changed(
    market: TwoTenants,
) -> None:
    owner, viewer = market.a.advertiser.caller(), market.a.advertiser.caller(Role.VIEWER)
    kept = facade.save_view(owner, "Mine", WEEK)
    with pytest.raises(NotFound):
        facade.view(viewer, kept.id)
    facade.change_view(owner, kept.id, shared=True)
    assert facade.view(viewer, kept.id).is_own is False
    with pytest.raises(Forbidden):
        facade.change_view(viewer, kept.id, name="Yours")


def test_nobody_of_another_organisation_finds_a_shared_view(market: TwoTenants) -> None:
    kept = facade.save_view(market.a.advertiser.caller(), "Shared", WEEK, shared=True)
    for caller in (market.b.advertiser.caller(), market.a.agency.caller(), market.operator.caller()):
        with pytest.raises(NotFound):
            facade.view(caller, kept.id)
        assert facade.views(caller).items == []


def test_the_first_view_opens_until_another_does_or_it_is_removed(
    market: TwoTenants, client_of: ClientOf
) -> None:
    caller, slug = market.a.advertiser.caller(), market.a.advertiser.slug
    client = client_of(market.a.advertiser.users[Role.OWNER])
    one = facade.save_view(caller, "One", WEEK, first=True)
    answer = client.get(f"/{slug}/overview/")
    assert answer.status_code == 302
    assert answer["Location"] == f"/{slug}/overview/?{one.address}&view={one.id}"
    other = facade.save_view(caller, "Other", Asked(), first=True)
    found = facade.first_view(caller)
    assert found is not None
    assert found.id == other.id
    facade.remove_view(caller, other.id)
    assert facade.first_view(caller) is None
    assert client.get(f"/{slug}/overview/").status_code == 200


@pytest.mark.parametrize(("name", "code"), [(" ", "name_missing"), ("x" * 81, "name_too_long")])
def test_a_view_without_a_fitting_name_is_refused(market: TwoTenants, name: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        facade.save_view(market.a.advertiser.caller(), name, WEEK)
    assert refused.value.problems[0].code == code


def test_views_are_kept_changed_and_removed_by_hand(market: TwoTenants, client_of: ClientOf) -> None:
    slug = market.a.advertiser.slug
    client = client_of(market.a.advertiser.users[Role.OWNER])
    answer = client.post(
        f"/{slug}/overview/views/", {"name": "Mornings", "query": "days=last_7&evil=1", "first": "on"}
    )
    (kept,) = facade.views(market.a.advertiser.caller()).items
    assert answer["Location"] == f"/{slug}/overview/?days=last_7&view={kept.id}"
    assert kept.is_default
    page = f"/{slug}/overview/views/{kept.id}/"
    assert client.get(page).status_code == 302
    client.post(page, {"name": "Evenings", "shared": "on"})
    (kept,) = facade.views(market.a.advertiser.caller()).items
    assert (kept.name, kept.shared) == ("Evenings", True)
    client.post(page, {"do": "not_first"})
    assert "Evenings" in client.get(f"/{slug}/overview/views/").content.decode()
    client.post(page, {"do": "remove"})
    assert client.get(page).status_code == 404
