"""Language and theme: chosen once, kept on this machine and with the person."""

import pytest
from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Role
from utfall.portal.people.facade import profile
from utfall.portal.site import SiteConfig


def test_a_stranger_chooses_for_this_machine(portal: SiteConfig) -> None:
    browser = Client()
    browser.post("/preferences/", {"language": "nb", "next": "/help/"})
    answer = browser.post("/preferences/", {"theme": "dark", "next": "/help/"})
    assert (answer.status_code, answer["Location"]) == (303, "/help/")
    text = browser.get("/help/").content.decode()
    assert '<html lang="nb" data-bs-theme="dark">' in text
    browser.post("/preferences/", {"theme": "system"})
    assert '<html lang="nb">' in browser.get("/help/").content.decode()


def test_a_person_finds_the_choice_again_elsewhere(market: TwoTenants, client_of: ClientOf) -> None:
    user = market.a.advertiser.users[Role.VIEWER]
    here = client_of(user)
    here.post("/preferences/", {"language": "sv"})
    here.post("/preferences/", {"theme": "dark"})
    assert (profile(user).language, profile(user).theme) == ("sv", "dark")
    elsewhere = client_of(user, **{"accept-language": "en"})
    text = elsewhere.get(f"/{market.a.advertiser.slug}/").content.decode()
    assert '<html lang="sv" data-bs-theme="dark">' in text


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choosing_leads_nowhere_else(portal: SiteConfig, wanted: str) -> None:
    assert Client().post("/preferences/", {"theme": "dark", "next": wanted})["Location"] == "/"


def test_what_does_not_exist_is_not_chosen(portal: SiteConfig) -> None:
    browser = Client()
    browser.post("/preferences/", {"language": "xx", "theme": "pink"})
    assert {name for name in browser.cookies if name in ("language", "theme")} == set()
