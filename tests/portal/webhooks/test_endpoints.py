"""Endpoints: what may be one, whose it is, its pages and its operations."""

import json

import pytest
from django.test import override_settings
from msgspec.structs import replace

from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.webhooks.receiver import HERE
from tests.portal.webhooks.telling import hook, postback, tell
from utfall.portal.access import Caller, Forbidden, NotFound, Permission, Refused, Role
from utfall.portal.people import facade as people
from utfall.portal.site import site
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import EndpointDraft, Form
from utfall.portal.webhooks.models import Endpoint

SHOP = "https://shop.test"


def refused_for(caller: Caller, draft: EndpointDraft) -> set[str]:
    with pytest.raises(Refused) as refused:
        facade.create_endpoint(caller, draft)
    return {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://shop.test/hook", "url_plain"),
        ("https://10.0.0.1/hook", "url_private"),
        ("https://[::ffff:10.0.0.1]/hook", "url_private"),
        ("https://2130706433/hook", "url_scheme"),
        ("https://intranet/hook", "url_scheme"),
        ("https://a:b@shop.test/", "url_credentials"),
        ("https://shop.test:25/", "url_port"),
        ("ftp://shop.test/", "url_scheme"),
        ("https://shop.test/å", "url_not_ascii"),
        ("", "url_missing"),
        ("https://shop.test/?o={order_id}", "macro_in_webhook"),
    ],
)
def test_an_address_that_cannot_be_called_is_refused(market: TwoTenants, url: str, code: str) -> None:
    assert code in refused_for(market.a.advertiser.caller(), EndpointDraft(url=url))


@pytest.mark.parametrize(
    ("gaps", "code"),
    [
        ("/?o={order}", "macro_unknown"),
        ("/?o={order_id", "macro_unclosed"),
        ("/?s={signature}&o={order_id}", "signature_not_last"),
    ],
)
def test_gaps_that_cannot_be_filled_are_refused(market: TwoTenants, gaps: str, code: str) -> None:
    draft = EndpointDraft(form=Form.POSTBACK, url=SHOP + gaps, method="GET")
    assert refused_for(market.a.publisher.caller(), draft) == {code}


def test_the_host_of_a_postback_depends_on_nothing(market: TwoTenants) -> None:
    draft = EndpointDraft(form=Form.POSTBACK, url="https://{sub1}.test/", method="GET")
    assert "macro_in_host" in refused_for(market.a.publisher.caller(), draft)


def test_this_machine_is_called_only_where_the_installation_says_so(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    hook(caller, "http://localhost:9000")
    hook(caller, "http://127.0.0.1:9000")
    with override_settings(SITE=replace(site(), reachable=())):
        assert refused_for(caller, EndpointDraft(url="http://localhost:9000/")) == {"url_private"}
        assert refused_for(caller, EndpointDraft(url="https://127.0.0.1:9000/")) == {"url_private"}
    assert site().reachable == HERE


def test_a_postback_is_for_publishers(market: TwoTenants) -> None:
    draft = EndpointDraft(form=Form.POSTBACK, url=SHOP, method="GET")
    assert "postback_publisher" in refused_for(market.a.advertiser.caller(), draft)


def test_the_secret_is_stored_nowhere(market: TwoTenants) -> None:
    made = hook(market.a.advertiser.caller(), SHOP)
    row = Endpoint.objects.system().get()
    assert made.secret not in str(row.__dict__)
    assert facade.rotate_secret(market.a.advertiser.caller(), row.pk).secret != made.secret


def test_an_agency_makes_one_for_its_advertiser_and_sees_it(market: TwoTenants) -> None:
    agency = market.a.agency.caller()
    made = hook(agency, SHOP)
    assert made.endpoint.advertiser == market.a.advertiser.number
    assert facade.endpoint(market.a.advertiser.caller(), made.endpoint.id).url == made.endpoint.url
    with pytest.raises(NotFound):
        facade.endpoint(market.b.agency.caller(), made.endpoint.id)


def test_who_may_not_touch_tracking_may_only_look(market: TwoTenants) -> None:
    made = hook(market.a.advertiser.caller(), SHOP)
    viewer = market.a.advertiser.caller(Role.VIEWER)
    assert facade.endpoints(viewer)[0].id == made.endpoint.id
    with pytest.raises(Forbidden):
        facade.rotate_secret(viewer, made.endpoint.id)


def test_a_preview_has_a_real_example_where_there_is_one(market: TwoTenants) -> None:
    caller = market.a.publisher.caller()
    template = SHOP + "/?o={order_id}&s={sub1}"
    assert not facade.preview(caller, template).is_real
    tell(caller)
    shown = facade.preview(caller, template)
    assert (shown.is_real, shown.url) == (True, SHOP + "/?o=A-1&s=blue%20%26%20green")


def test_pages_say_what_there_is(market: TwoTenants, client_of: ClientOf) -> None:
    owner = market.a.publisher
    browser = client_of(owner.users[Role.OWNER])
    base = f"/{owner.slug}/webhooks/"
    assert "postback" in browser.get(base).content.decode()
    form = {"url": SHOP + "/?o={order_id}&s={signature}", "method": "GET", "at_once": "2"}
    made = browser.post(f"{base}new/?form=postback", form)
    assert made.status_code == 200
    assert "whsec_" in made.content.decode()
    assert made.headers["Cache-Control"] == "no-store"
    (view,) = facade.endpoints(owner.caller())
    assert "whsec_" not in browser.get(f"{base}{view.id}/").content.decode()
    bad = browser.post(f"{base}new/?form=postback", {"url": SHOP + "/?o={what}"})
    assert (bad.status_code, "{what}" in bad.content.decode()) == (422, True)
    shown = browser.get(f"{base}preview/", {"url": form["url"]}).content.decode()
    assert "o=A-10553" in shown
    sent = browser.post(f"{base}{view.id}/test/")
    assert browser.get(sent.headers["Location"]).status_code == 200
    for action in ("pause", "resume", "rotate"):
        assert browser.post(f"{base}{view.id}/{action}/").status_code in (200, 302)
    assert browser.post(f"{base}{view.id}/replay/", {"cursor": "0"}).status_code == 302
    assert browser.post(f"{base}{view.id}/replay/", {}, follow=True).status_code == 200
    assert browser.get(f"{base}{view.id}/edit/").status_code == 200
    browser.post(f"{base}{view.id}/remove/")
    assert facade.endpoints(owner.caller()) == []


def test_the_api_does_all_that_the_pages_do(market: TwoTenants, client_of: ClientOf) -> None:
    scopes = [Permission.LOOK, Permission.TRACK]
    key = people.create_key(market.a.advertiser.caller(), "hooks", scopes).secret
    browser = client_of(Authorization=f"Bearer {key}")

    def post(path: str, body: object = None, status: int = 200) -> dict[str, object]:
        answer = browser.post(
            f"/api/v1/webhooks{path}", json.dumps(body or {}), content_type="application/json"
        )
        assert answer.status_code == status, answer.content
        told: dict[str, object] = answer.json()
        return told

    made = post("", {"url": f"{SHOP}/hook", "kinds": ["conversion.approved"]}, 201)
    number = made["endpoint"]["id"]  # type: ignore[index]
    sent = post(f"/{number}/test")
    assert browser.get(f"/api/v1/webhooks/deliveries/{sent['id']}").json()["kind"] == "webhook.ping"
    assert len(browser.get("/api/v1/webhooks/deliveries").json()["items"]) == 1
    assert post(f"/{number}/replay", {"cursor": 0})["number"] == 0
    assert post(f"/{number}/pause")["state"] == "paused"
    assert post(f"/{number}/resume")["state"] == "active"
    assert post(f"/{number}/secret", {"overlap_seconds": 0})["secret"] != made["secret"]
    assert "url_plain" in str(post("", {"url": "http://shop.test"}, 422))
    names = [one["name"] for one in browser.get("/api/v1/webhooks/macros").json()]
    assert {"order_id", "sub10", "signature"} <= set(names)
    assert browser.delete(f"/api/v1/webhooks/{number}").status_code == 204


def test_a_postback_of_one_program_hears_of_no_other(market: TwoTenants) -> None:
    caller = market.a.publisher.caller()
    with pytest.raises(Refused, match="no such program"):
        postback(caller, SHOP, program=10**9)
