"""The pages of people, as a browser's requests meet them."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.market import MARKER, PASSWORD, TwoTenants
from tests.portal.people.letters import code_in, newest_to, secret_of
from utfall.portal.access import Role
from utfall.portal.people import facade
from utfall.portal.people.models import Organisation
from utfall.portal.site import SiteConfig

NEWCOMER = {
    "kind": "publisher",
    "name": "Fjäll Blogg",
    "website": "fjall.test",
    "country": "SE",
    "promotion_type": "content",
    "person": "Åsa Berg",
    "email": "asa@fjall.test",
    "password": "a long enough password",
}
OWN_PAGES = ("people/", "keys/", "organisation/", "organisation/close/", "agencies/")


@pytest.mark.parametrize("page", OWN_PAGES)
def test_an_owner_sees_only_what_is_theirs(market: TwoTenants, client_of: ClientOf, page: str) -> None:
    shop = market.a.advertiser
    answer = client_of(shop.users[Role.OWNER]).get(f"/{shop.slug}/{page}")
    assert answer.status_code == 200
    assert MARKER not in answer.text


@pytest.mark.parametrize("page", OWN_PAGES)
def test_a_stranger_learns_nothing(market: TwoTenants, client_of: ClientOf, page: str) -> None:
    stranger = client_of(market.b.advertiser.users[Role.OWNER])
    hidden = stranger.get(f"/{market.a.advertiser.slug}/{page}")
    unknown = stranger.get(f"/no-such-place/{page}")
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert client_of().get(f"/{market.a.advertiser.slug}/{page}").status_code == 302


def test_sign_up_asks_for_the_code_and_then_opens_the_organisation(portal: SiteConfig) -> None:
    browser = Client()
    answer = browser.post("/sign-up/", NEWCOMER)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/confirm-email/")
    answer = browser.post("/account/confirm-email/", {"code": code_in("asa@fjall.test")})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/fjall-blogg/")
    assert browser.get("/fjall-blogg/people/").status_code == 200


def test_sign_up_shows_what_is_wrong_at_the_fields(portal: SiteConfig) -> None:
    answer = Client().post("/sign-up/", {**NEWCOMER, "website": "nowhere", "password": "short"})
    assert answer.status_code == 422
    assert "https://example.com" in answer.text
    assert 'id="id_password-wrong"' in answer.text


def test_sign_up_does_not_tell_a_stranger_who_has_an_account(portal: SiteConfig) -> None:
    Client().post("/sign-up/", NEWCOMER)
    cache.clear()  # a letter to the same address leaves only every ten seconds
    again = Client().post("/sign-up/", {**NEWCOMER, "name": "Another"})
    assert (again.status_code, again.headers["Location"]) == (302, "/account/confirm-email/")
    assert "already" in newest_to("asa@fjall.test").subject
    assert Organisation.objects.system().count() == 1


def test_who_is_signed_in_adds_an_organisation(market: TwoTenants, client_of: ClientOf) -> None:
    told = {name: NEWCOMER[name] for name in ("kind", "name", "website", "country", "promotion_type")}
    answer = client_of(market.a.advertiser.users[Role.OWNER]).post("/sign-up/", told)
    assert answer.headers["Location"] == "/fjall-blogg/"


def test_allauths_own_sign_up_leads_to_ours(portal: SiteConfig) -> None:
    assert Client().get("/account/signup/").headers["Location"] == "/sign-up/"


def test_five_wrong_passwords_lock_the_door(market: TwoTenants) -> None:
    browser = Client()
    told = {"login": "owner@acme-shop.test", "password": "wrong password here"}
    for _ in range(5):
        assert "not correct" in browser.post("/account/login/", told).text
    right = browser.post("/account/login/", {**told, "password": PASSWORD})
    assert "Too many failed" in right.text
    cache.clear()
    assert browser.post("/account/login/", {**told, "password": PASSWORD}).status_code == 302


def test_an_invitation_is_accepted_through_its_link(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    owner = client_of(shop.users[Role.OWNER])
    owner.post(f"/{shop.slug}/people/invite/", {"email": "new@acme.test", "role": "finance"})
    link = f"/invite/{secret_of('new@acme.test')}/"
    browser = Client()
    assert shop.name in browser.get(link).text
    answer = browser.post(link, {"person": "New", "password": "a long enough password"})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{shop.slug}/")
    assert browser.get(f"/{shop.slug}/people/").status_code == 200
    assert browser.get(link).status_code == 404


def test_a_keys_secret_is_shown_once_and_kept_by_nobody(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    browser = client_of(shop.users[Role.DEVELOPER])
    made = browser.post(f"/{shop.slug}/keys/new/", {"name": "Shop", "scopes": ["look"], "expires": "30"})
    assert "utf_" in made.text
    assert made.headers["Cache-Control"] == "no-store"
    assert made.text.count("utf_") > browser.get(f"/{shop.slug}/keys/").text.count("utf_")


def test_a_role_that_may_not_sees_no_button_and_is_refused(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    viewer = client_of(shop.users[Role.VIEWER])
    assert "people/invite/" not in viewer.get(f"/{shop.slug}/people/").text
    told = {"email": "x@acme.test", "role": "owner"}
    assert viewer.post(f"/{shop.slug}/people/invite/", told).status_code == 403
    assert viewer.get(f"/{shop.slug}/keys/").status_code == 403


def test_who_lacks_the_second_factor_that_is_asked_for_is_sent_to_set_one_up(
    market: TwoTenants, client_of: ClientOf
) -> None:
    shop = market.a.advertiser
    facade.require_second_factor(shop.caller(), "money")
    answer = client_of(shop.users[Role.FINANCE]).get(f"/{shop.slug}/people/")
    assert answer.headers["Location"] == f"/second-factor/{shop.slug}/"
    assert client_of(shop.users[Role.FINANCE]).get(answer.headers["Location"]).status_code == 200
    assert client_of(shop.users[Role.VIEWER]).get(f"/{shop.slug}/people/").status_code == 200


def test_other_browsers_are_signed_out(market: TwoTenants) -> None:
    told = {"login": "owner@acme-shop.test", "password": PASSWORD}
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/account/login/", told)
        assert browser.get("/account/").status_code == 200
    assert here.post("/account/sessions/end/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302


def test_an_account_is_deleted_only_by_whoever_knows_its_password(market: TwoTenants) -> None:
    browser = Client()
    browser.post("/account/login/", {"login": "viewer@acme-shop.test", "password": PASSWORD})
    asked = browser.get("/account/delete/")
    assert asked.headers["Location"].startswith("/account/reauthenticate/")
    browser.post(asked.headers["Location"], {"password": PASSWORD})
    assert browser.post("/account/delete/").headers["Location"] == "/account/login/"
    assert len(facade.members(market.a.advertiser.caller())) == len(Role) - 1


def test_the_operator_suspends_and_restores(market: TwoTenants, client_of: ClientOf) -> None:
    operator = client_of(market.operator.users[Role.OWNER])
    page = f"/{market.operator.slug}/organisations/{market.a.advertiser.organisation}/"
    told = {"verb": "suspend", "why": "does not pay"}
    assert operator.post(f"{page}state/", told, follow=True).status_code == 200
    assert "does not pay" in operator.get(page).text
    shop = client_of(market.a.advertiser.users[Role.OWNER])
    assert shop.get(f"/{market.a.advertiser.slug}/people/").status_code == 404
    operator.post(f"{page}state/", {"verb": "restore"})
    assert shop.get(f"/{market.a.advertiser.slug}/people/").status_code == 200


def test_only_operators_have_the_list_of_organisations(market: TwoTenants, client_of: ClientOf) -> None:
    for tenant in (market.a.advertiser, market.a.publisher, market.auditor):
        browser = client_of(tenant.users[Role.OWNER])
        assert browser.get(f"/{tenant.slug}/organisations/").status_code == 404
    manager = client_of(market.operator.users[Role.VIEWER])
    assert manager.get(f"/{market.operator.slug}/organisations/").status_code == 403


@pytest.mark.parametrize("language", ["sv", "nb"])
def test_the_ways_in_speak_the_visitors_language(portal: SiteConfig, language: str) -> None:
    browser = Client(headers={"accept-language": language})
    words = {"sv": ("Logga in", "Skapa kontot"), "nb": ("Logg inn", "Opprett kontoen")}[language]
    assert words[0] in browser.get("/account/login/").text
    assert words[1] in browser.get("/sign-up/").text


def test_a_page_that_is_read_notes_the_browser_once(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    browser = client_of(shop.users[Role.VIEWER])
    for _ in range(2):
        assert browser.get(f"/{shop.slug}/people/").status_code == 200
    (seen,) = facade.sessions(shop.users[Role.VIEWER])
    browser.get(f"/{shop.slug}/people/")
    assert facade.sessions(shop.users[Role.VIEWER]) == [seen]
