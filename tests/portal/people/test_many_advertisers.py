"""More advertisers than a list offers: each of them can be chosen, wherever an operator chooses one."""

import io

import pytest
from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Kind, Role
from utfall.portal.look.choosing import Offer, found
from utfall.portal.people import facade
from utfall.portal.people.models import Organisation
from utfall.portal.people.parties import LISTED_AT_MOST
from utfall.portal.programs import facade as programs
from utfall.portal.validation import facade as validation

LAST = 5_000 + LISTED_AT_MOST + 10
NAME = "Zeta Ögon"


@pytest.fixture
def many(market: TwoTenants) -> TwoTenants:
    """A market with some more advertisers than a list offers; the last by name is the last by number."""
    names = {number: f"Shop {number}" for number in range(5_000, LAST)} | {LAST: NAME}
    Organisation.objects.system().bulk_create(
        Organisation(
            kind=Kind.ADVERTISER.value,
            number=number,
            name=name,
            slug=f"many-{number}",
            state=Organisation.State.ACTIVE,
        )
        for number, name in names.items()
    )
    return market


@pytest.fixture
def operating(many: TwoTenants, client_of: ClientOf) -> Client:
    """The operator's browser, where there are many."""
    return client_of(many.operator.users[Role.OWNER])


def offer_of(market: TwoTenants) -> Offer:
    return facade.advertisers_offered(market.operator.caller())


def test_few_are_a_list_and_an_agency_has_a_list_of_its_own(market: TwoTenants, many: TwoTenants) -> None:
    assert offer_of(many).search is not None
    agency = facade.advertisers_offered(many.a.agency.caller())
    assert agency.search is None
    assert [number for number, _name in agency.choices] == [many.a.advertiser.number]
    Organisation.objects.system().filter(number__gte=5_000, number__lt=LAST).update(state="closed")
    few = offer_of(many)
    assert few.search is None
    assert (LAST, NAME) in few.choices


@pytest.mark.parametrize("typed", [f"{LAST}", f"#{LAST}", f"{NAME} ({LAST})", f" {NAME} ", "zeta ögon"])
def test_one_is_found_by_number_and_by_name(many: TwoTenants, typed: str) -> None:
    search = offer_of(many).search
    assert search is not None
    assert found(search, typed) == (LAST, NAME)


@pytest.mark.parametrize("typed", ["", "Shop", "Nobody", "4999", f"{NAME} 4", "(", "9" * 11])
def test_what_is_nobody_is_nobody(many: TwoTenants, typed: str) -> None:
    search = offer_of(many).search
    assert search is not None
    assert found(search, typed) is None


def test_a_name_that_two_have_needs_the_number(many: TwoTenants) -> None:
    Organisation.objects.system().filter(number=5_001).update(name=NAME)
    search = offer_of(many).search
    assert search is not None
    assert found(search, NAME) is None
    assert found(search, f"{NAME} (5001)") == (5_001, NAME)


def test_what_fits_is_proposed(many: TwoTenants, operating: Client, client_of: ClientOf) -> None:
    address = f"/{many.operator.slug}/organisations/advertisers/"
    assert f'value="{NAME} ({LAST})"' in operating.get(address, {"advertiser": "eta ög"}).content.decode()
    assert operating.get(address).content.count(b"<option") == 20
    shop = many.a.advertiser
    stranger = client_of(shop.users[Role.OWNER])
    assert stranger.get(f"/{shop.slug}/organisations/advertisers/").status_code == 404


def test_a_file_of_decisions_is_sent_for_the_last_of_many(many: TwoTenants, operating: Client) -> None:
    address = f"/{many.operator.slug}/validation/file/"
    page = operating.get(address).content.decode()
    assert f'hx-get="/{many.operator.slug}/organisations/advertisers/"' in page
    assert "<select" not in page.partition('name="file"')[2].partition("</form>")[0]

    def sent(advertiser: str) -> int:
        file = io.BytesIO(b"order,action\nA1,approve\n")
        file.name = "d.csv"
        return operating.post(address, {"file": file, "advertiser": advertiser}).status_code

    assert sent("Nobody") == 422
    assert sent(f"{NAME} ({LAST})") == 302
    (batch,) = validation.batches(many.operator.caller()).items[:1]
    assert (batch.advertiser, batch.advertiser_name) == (LAST, NAME)


def test_a_program_is_begun_for_the_last_of_many(many: TwoTenants, operating: Client) -> None:
    address = f"/{many.operator.slug}/programs/new/"
    assert NAME not in operating.get(address).content.decode()
    told = {"name": "Zeta", "preset": "shop", "currency": "SEK", "zone": "Europe/Stockholm"}
    assert operating.post(address, {**told, "advertiser": NAME}).status_code == 302
    (made,) = programs.programs(many.operator.caller(), advertiser=LAST, count=5).items
    assert made.name == "Zeta"


def test_tracking_and_its_debugger_find_the_last_of_many(many: TwoTenants, operating: Client) -> None:
    home = f"/{many.operator.slug}/tracking"
    assert NAME not in operating.get(f"{home}/").content.decode()
    assert f"?advertiser={LAST}" in operating.get(f"{home}/", {"q": "zeta"}).content.decode()
    assert "Nobody is called that" in operating.get(f"{home}/", {"q": "nobody"}).content.decode()
    page = operating.get(f"{home}/debugger/", {"advertiser": NAME}).content.decode()
    assert f'value="{NAME} ({LAST})"' in page
    assert f"/tracking/?advertiser={LAST}" in page
    assert operating.get(f"{home}/debugger/calls/", {"advertiser": NAME}).status_code == 200
