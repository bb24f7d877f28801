"""The pages of what was refused, in every language, and what HTMX hears of it."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client, override_settings

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from utfall.portal.access import Role

PAGES = ((403, "403"), (404, "404"), (409, "409"), (422, "422"), (500, "500"), (503, "503"), (403, "csrf"))


@pytest.fixture(autouse=True)
def _gallery() -> Iterator[None]:
    with override_settings(ROOT_URLCONF="tests.portal.look.gallery"):
        yield


@pytest.fixture
def browser(market: TwoTenants, client_of: ClientOf) -> Client:
    return client_of(market.a.advertiser.users[Role.OWNER])


@pytest.mark.parametrize(("status", "page"), PAGES)
@pytest.mark.parametrize("language", ["en", "sv", "nb"])
def test_every_refusal_has_a_page_that_leads_on(
    browser: Client, status: int, page: str, language: str
) -> None:
    answer = browser.get(f"/mishap/{page}", headers={"accept-language": language})
    assert answer.status_code == status
    text = answer.content.decode()
    assert f'<html lang="{language}"' in text
    assert "<h1>" in text
    assert 'class="btn btn-primary"' in text


def test_a_refusal_tells_every_reason(browser: Client) -> None:
    text = browser.get("/mishap/422").content.decode()
    assert "The day lies in the past." in text
    assert "The cap is 0." in text


def test_htmx_hears_the_sentence_and_swaps_nothing(browser: Client) -> None:
    answer = browser.get("/mishap/422", headers={"hx-request": "true"})
    assert answer.content == b""
    assert answer["HX-Reswap"] == "none"
    said = json.loads(answer["HX-Trigger"])["say"]
    assert said == {"words": "The day lies in the past. The cap is 0.", "level": "error"}


def test_htmx_goes_to_sign_in_when_the_session_is_over(portal: object) -> None:
    answer = Client().get("/acme/", headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (401, "/account/login/")


def test_a_form_without_its_token_says_what_to_do(market: TwoTenants) -> None:
    answer = Client(enforce_csrf_checks=True).post("/preferences/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "This form had grown old" in answer.content.decode()


def test_a_broken_page_does_not_need_what_may_be_broken(portal: object) -> None:
    """Neither a session nor the database: it has to stand when they do not."""
    assert "Something broke on our side" in Client().get("/mishap/500").content.decode()
