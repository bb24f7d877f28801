"""Who is who: numbers, slugs, and what the sealed terms say of parties and keys."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from tests.portal.market import TwoTenants
from utfall.portal.access import Forbidden, Kind, NotFound, Permission, Refused
from utfall.portal.people import facade
from utfall.portal.people.contracts import Newcomer
from utfall.portal.people.models import Membership, Organisation, User
from utfall.portal.people.slugs import RESERVED
from utfall.portal.site import SiteConfig
from utfall.terms import Advertiser, ApiKey, Market, PromotionType, Publisher

SHOP = Newcomer(kind=Kind.ADVERTISER, name="Acme Shop", website="acme.test", country="SE")


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {problem.code for problem in refused.value.problems}


def test_who_is_written_to_of_an_advertiser_are_its_people_and_its_agencys(market: TwoTenants) -> None:
    """Each of them reads of it in their own organisation, once; an agency may rather not hear of it."""

    def written_to() -> set[tuple[str, str]]:
        found = facade.correspondents(Kind.ADVERTISER, market.a.advertiser.number, Permission.MONEY)
        return {(one.email.split("@")[0], one.slug) for one in found}

    own = {(role, "acme-shop") for role in ("owner", "manager", "finance")}
    theirs = {(role, "acme-agency") for role, _slug in own}
    agency = market.a.agency.caller()
    (mandate,) = facade.mandates(agency)
    assert written_to() == own | theirs
    assert not facade.write_of(agency, mandate.id, False).letters
    assert written_to() == own
    facade.write_of(agency, mandate.id, True)
    assert written_to() == own | theirs
    with pytest.raises(Forbidden):
        facade.write_of(market.a.advertiser.caller(), mandate.id, False)
    facade.end(agency, mandate.id)
    assert written_to() == own


def test_a_letter_leads_its_reader_to_a_page_of_their_own(market: TwoTenants) -> None:
    """Who is of both hears of it as one of the advertiser's."""
    shop = facade.party(Kind.ADVERTISER, market.a.advertiser.number)
    found = {one.email: one.slug for one in facade.readers(shop, Permission.MANAGE)}
    assert found["manager@acme-shop.test"] == "acme-shop"
    assert found["manager@acme-agency.test"] == "acme-agency"
    agent = User.objects.get(email="manager@acme-agency.test")
    organisation = Organisation.objects.system().get(pk=market.a.advertiser.organisation)
    Membership.objects.system().create(organisation=organisation, user=agent, role="manager")
    found = {one.email: one.slug for one in facade.readers(shop, Permission.MANAGE)}
    assert found["manager@acme-agency.test"] == "acme-shop"


def test_a_party_is_known_by_kind_and_number(market: TwoTenants) -> None:
    shop = market.a.advertiser
    assert facade.party(Kind.ADVERTISER, shop.number).name == shop.name
    assert set(facade.parties(Kind.PUBLISHER, [1, 2, 99])) == {1, 2}
    with pytest.raises(NotFound):
        facade.party(Kind.ADVERTISER, 99)


def test_advertisers_and_publishers_are_numbered_apart(market: TwoTenants) -> None:
    assert [market.a.advertiser.number, market.b.advertiser.number] == [1, 2]
    assert [market.a.publisher.number, market.b.publisher.number] == [1, 2]
    assert market.operator.number == market.a.agency.number == 0


def test_an_agency_reaches_the_advertisers_it_acts_for(market: TwoTenants) -> None:
    agency = market.a.agency.caller()
    assert agency.advertisers == {market.a.advertiser.number}
    facade.end(market.a.advertiser.caller(), facade.mandates(agency)[0].id)
    assert market.a.agency.caller().advertisers == frozenset()


def test_a_program_files_parties_become_organisations_and_keep_their_numbers(portal: SiteConfig) -> None:
    key = ApiKey(digest="ab" * 32, name="shop", advertiser=7, expires_at=4_000_000_000_000)
    market = Market(
        advertisers=(Advertiser(id=7, name="Acme Shop", postback_digest="cd" * 32, accepts_pixel=False),),
        publishers=(Publisher(id=3, name="Acme Shop", promotion_type=PromotionType.CASHBACK),),
        keys=(key,),
    )
    facade.adopt(market)
    facade.adopt(market)
    assert facade.sealed_advertisers() == market.advertisers
    assert facade.sealed_publishers() == market.publishers
    assert facade.sealed_keys() == market.keys
    assert facade.party(Kind.PUBLISHER, 3).slug == "acme-shop-2"


def test_only_keys_that_send_events_are_sealed(market: TwoTenants) -> None:
    owner = market.a.advertiser.caller()
    assert facade.sealed_keys() == ()
    made = facade.create_key(owner, "server", [Permission.EVENTS])
    (sealed,) = facade.sealed_keys()
    assert (sealed.advertiser, sealed.publisher, sealed.name) == (owner.number, None, "server")
    facade.suspend(market.operator.caller(), market.a.advertiser.organisation, "not paid")
    assert facade.sealed_keys() == ()
    facade.restore(market.operator.caller(), market.a.advertiser.organisation)
    facade.revoke_key(owner, made.key.id)
    assert facade.sealed_keys() == ()


@pytest.mark.parametrize(
    ("slug", "code"),
    [
        ("api", "slug_reserved"),
        ("A b", "slug_malformed"),
        ("acme-shop", "slug_taken"),
        ("x", "slug_malformed"),
    ],
)
def test_an_address_is_refused_that_is_reserved_or_taken(market: TwoTenants, slug: str, code: str) -> None:
    newcomer = Newcomer(kind=Kind.AGENCY, name="Agency", slug=slug)
    with pytest.raises(Refused) as refused:
        facade.create_organisation(market.operator.caller(), newcomer, "owner@agency.test")
    assert codes(refused) == {code}


def test_a_reserved_name_gets_a_number_instead(portal: SiteConfig) -> None:
    account = facade.Account(email="anna@api.test", password="a long enough password")
    signed_up = facade.sign_up(Newcomer(kind=Kind.ADVERTISER, name="API", website="api.test"), account)
    assert signed_up.organisation.slug == "api-2"


def test_no_organisation_can_take_an_address_of_the_portal() -> None:
    taken = {str(one.pattern).split("/")[0] for one in first_words(get_resolver())}
    words = {word for word in taken if word and not word.startswith(("<", "^", "("))}
    assert "sign-up" in words
    assert words - RESERVED == set()


def first_words(resolver: URLResolver) -> Iterator[URLPattern | URLResolver]:
    """The patterns that say how an address begins, also those of a resolver that has no word of its own."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver) and str(one.pattern) == "":
            yield from first_words(one)
        else:
            yield one
