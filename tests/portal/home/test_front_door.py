"""The front door: landing page, one's organisations, and the demo's one-click sign-in."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from msgspec.structs import replace

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Kind, Role
from utfall.portal.people import founding
from utfall.portal.people.models import User
from utfall.portal.site import SiteConfig


@pytest.fixture
def demo(portal: SiteConfig) -> Iterator[int]:
    """An installation that is a demo, with one publisher; their user."""
    place = founding.somewhere(Kind.PUBLISHER, 11, "Friluftsbloggen")
    person = founding.join(place, "sofia@demo.utfall.example", "Sofia Friberg", Role.OWNER)
    founding.join(place, "sofia@elsewhere.example", "Somebody real", Role.OWNER)
    with override_settings(SITE=replace(portal, demo=True)):
        yield person


def test_a_stranger_learns_what_this_is_and_how_to_come_in(portal: SiteConfig) -> None:
    text = Client().get("/").content.decode()
    assert "Pay for outcomes" in text
    assert 'href="/account/login/"' in text
    assert 'href="/sign-up/"' in text
    assert "/demo/sign-in/" not in text


def test_where_nobody_may_sign_up_nobody_is_asked_to(portal: SiteConfig) -> None:
    with override_settings(SITE=replace(portal, sign_up=False)):
        assert "/sign-up/" not in Client().get("/").content.decode()


def test_whoever_has_one_organisation_goes_there_at_once(market: TwoTenants, client_of: ClientOf) -> None:
    browser = client_of(market.a.publisher.users[Role.OWNER])
    assert browser.get("/").headers["Location"] == f"/{market.a.publisher.slug}/"
    assert market.a.publisher.name in browser.get("/?choose").content.decode()


def test_whoever_has_several_chooses_and_is_remembered(market: TwoTenants, client_of: ClientOf) -> None:
    user = market.a.publisher.users[Role.OWNER]
    person = User.objects.get(pk=user)
    founding.join(market.a.advertiser.organisation, person.email, person.name, Role.VIEWER)
    browser = client_of(user)
    text = browser.get("/").content.decode()
    assert (market.a.publisher.name in text, market.a.advertiser.name in text) == (True, True)
    assert browser.get(f"/{market.a.advertiser.slug}/").status_code == 200
    assert browser.get("/").headers["Location"] == f"/{market.a.advertiser.slug}/"


def test_whoever_has_none_is_told_so(portal: SiteConfig, client_of: ClientOf) -> None:
    person = User.objects.create_user("alone@example.test", None)
    assert "You belong to no organisation yet" in client_of(person.pk).get("/").content.decode()


def test_one_click_signs_in_to_the_demo(demo: int) -> None:
    browser = Client()
    text = browser.get("/").content.decode()
    assert "Sofia Friberg" in text
    assert "Somebody real" not in text
    assert browser.post(f"/demo/sign-in/{demo}").status_code == 303
    assert "Friluftsbloggen" in browser.get("/", follow=True).content.decode()


def test_nobody_outside_of_the_demo_is_signed_in_that_way(demo: int) -> None:
    stranger = User.objects.get(email="sofia@elsewhere.example").pk
    assert Client().post(f"/demo/sign-in/{stranger}").status_code == 404
    assert Client().get(f"/demo/sign-in/{demo}").status_code == 405
    assert Client(enforce_csrf_checks=True).post(f"/demo/sign-in/{demo}").status_code == 403


def test_where_money_is_real_there_is_no_such_door(market: TwoTenants) -> None:
    place = market.a.publisher.organisation
    person = founding.join(place, "sofia@demo.utfall.example", "Sofia", Role.OWNER)
    browser = Client()
    assert browser.post(f"/demo/sign-in/{person}").status_code == 404
    assert settings.SESSION_COOKIE_NAME not in browser.cookies


@pytest.mark.parametrize("path", ["/help/", "/legal/licence/"])
@pytest.mark.parametrize("language", ["en", "sv", "nb"])
def test_pages_for_everybody_speak_every_language(portal: SiteConfig, path: str, language: str) -> None:
    answer = Client().get(path, headers={"accept-language": language})
    assert (answer.status_code, answer["Content-Language"]) == (200, language)
