"""The pages and the operations of alerts."""

import json
from datetime import timedelta

from django.utils import timezone

from tests.portal.alerts.objects import objects
from tests.portal.conftest import ClientOf
from tests.portal.market import TwoTenants
from tests.portal.programs.drafts import live
from utfall.portal.access import Permission, Role
from utfall.portal.alerts import facade
from utfall.portal.alerts.models import Alert, Rule
from utfall.portal.people import facade as people


def made(market: TwoTenants) -> dict[str, int]:
    program = live(market.a.advertiser.caller(), market.operator.caller()).id
    found = objects(market, market.a, {"program": program})
    return {"program": program, "alert": int(found["alert"]), "watch": int(found["watch"])}


def test_pages_show_alerts_and_rules(market: TwoTenants, client_of: ClientOf) -> None:
    have, owner = made(market), market.a.advertiser
    browser, base = client_of(owner.users[Role.OWNER]), f"/{owner.slug}/alerts/"
    assert ">1<" in browser.get(f"{base}bell/").content.decode()
    listed = browser.get(base).content.decode()
    assert "Clicks: 3 yesterday; the bound is 10." in listed
    assert ">1<" not in browser.get(f"{base}bell/").content.decode()
    assert "Acme" in browser.get(f"{base}bell/?list=1").content.decode()
    one = f"{base}{have['alert']}/"
    assert "data-chart" in browser.get(one).content.decode()
    assert browser.post(f"{one}acknowledge/", follow=True).status_code == 200
    assert "Looked after" in browser.get(one).content.decode()
    assert "Clicks below 10 yesterday" in browser.get(f"{base}rules/").content.decode()
    Alert.objects.system().update(ended_at=timezone.now() - timedelta(hours=1))
    assert "All is quiet" in browser.get(base).content.decode()
    assert "Clicks: 3" in browser.get(f"{base}?state=ended").content.decode()


def test_a_rule_is_made_changed_switched_and_removed_by_hand(market: TwoTenants, client_of: ClientOf) -> None:
    have, owner = made(market), market.a.advertiser
    browser, base = client_of(owner.users[Role.OWNER]), f"/{owner.slug}/alerts/rules/"
    form = {"kind": "threshold", "metric": "cost", "direction": "above", "window": "day", "bound": "2500,50"}
    refused = browser.post(f"{base}new/", form)
    assert (refused.status_code, "Choose the program" in refused.content.decode()) == (422, True)
    assert browser.post(f"{base}new/", {**form, "program": have["program"]}).status_code == 302
    rule = Rule.objects.system().latest("pk")
    assert rule.bound == 2_500_500_000
    assert "2500.5" in browser.get(f"{base}{rule.pk}/").content.decode().replace(",", "")
    change = {**form, "kind": "change", "bound": "30", "program": have["program"]}
    browser.post(f"{base}{rule.pk}/", change)
    rule.refresh_from_db()
    assert rule.bound == 300_000
    browser.post(f"{base}{rule.pk}/switch/", {"on": "0"})
    rule.refresh_from_db()
    assert not rule.is_on
    browser.post(f"{base}{rule.pk}/remove/")
    assert not Rule.objects.system().filter(pk=rule.pk).exists()


def test_preferences_are_each_persons_own(market: TwoTenants, client_of: ClientOf) -> None:
    owner = market.a.advertiser
    browser, page = client_of(owner.users[Role.OWNER]), f"/{owner.slug}/alerts/preferences/"
    assert browser.get(page).status_code == 200
    told = {"page": ["budget"], "quiet_from": "22:00", "quiet_until": "07:00", "zone": "Europe/Oslo"}
    assert browser.post(page, told).status_code == 302
    mine = facade.preferences(owner.caller())
    assert ([kind.value for kind in mine.page], mine.email, mine.zone) == (["budget"], (), "Europe/Oslo")
    assert facade.preferences(owner.caller(Role.MANAGER)).zone == "Europe/Stockholm"
    half = browser.post(page, {"quiet_from": "22:00", "zone": "Europe/Oslo"})
    assert (half.status_code, "beginning and an end" in half.content.decode()) == (422, True)


def test_the_api_does_all_that_the_pages_do(market: TwoTenants, client_of: ClientOf) -> None:
    have = made(market)
    scopes = [Permission.LOOK, Permission.MANAGE]
    key = people.create_key(market.a.advertiser.caller(), "alerts", scopes).secret
    browser = client_of(Authorization=f"Bearer {key}")

    def send(method: str, path: str, body: object) -> tuple[int, dict[str, object]]:
        answer = browser.generic(
            method, f"/api/v1/alerts{path}", json.dumps(body), content_type="application/json"
        )
        return answer.status_code, answer.json() if answer.content else {}

    listed = browser.get("/api/v1/alerts", {"state": "open"}).json()["items"]
    assert [one["state"] for one in listed] == ["open"]
    status, told = send("POST", f"/{have['alert']}/acknowledge", {})
    assert (status, told["state"]) == (200, "acknowledged")
    rule = {"kind": "anomaly", "metric": "clicks", "program": have["program"]}
    status, told = send("POST", "/rules", rule)
    assert (status, told["words"]) == (201, "Clicks unusually low yesterday")
    number = told["id"]
    assert send("PUT", f"/rules/{number}", {**rule, "direction": "above"})[0] == 200
    assert send("POST", f"/rules/{number}/switch", {"is_on": False})[1]["is_on"] is False
    assert browser.delete(f"/api/v1/alerts/rules/{number}").status_code == 204
    assert browser.get("/api/v1/alerts/preferences").status_code == 409
