"""What the operator does: decides, announces, sets limits and fees; by page and by the API."""

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.market import Tenant, TwoTenants, tenant
from tests.portal.programs.drafts import drafted, live
from utfall.portal.access import Kind, Permission, Refused, Role
from utfall.portal.access.allowances import Allowed
from utfall.portal.audit import facade as audit
from utfall.portal.operations import facade
from utfall.portal.operations.allowing import forget
from utfall.portal.operations.contracts import Matter
from utfall.portal.people import facade as people
from utfall.portal.people.models import Organisation
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import PolicyView
from utfall.portal.rest import limits


@pytest.fixture(autouse=True)
def _anew() -> Iterator[None]:
    limits.keys.forget()
    forget()
    yield
    limits.keys.forget()
    forget()


def key_of(one: Tenant, *scopes: Permission) -> Client:
    made = people.create_key(one.caller(), "test", scopes or list(Permission)[:1])
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def operating(market: TwoTenants) -> Client:
    return key_of(market.operator, Permission.LOOK, Permission.OPERATE, Permission.MANAGE)


def test_one_inbox_holds_what_waits_and_each_is_decided_where_it_lives(
    market: TwoTenants, client_of: ClientOf
) -> None:
    operator = market.operator.caller()
    programs.set_policy(operator, PolicyView(review_needed=True, fee_ppm=200_000))
    with transaction.atomic():
        newcomer = tenant(Kind.PUBLISHER, "Hopeful Blog", hashed="!")
    Organisation.objects.system().filter(pk=newcomer.organisation).update(state="pending")
    program = drafted(market.a.advertiser.caller(), "Acme Spring").id
    programs.submit(market.a.advertiser.caller(), program)
    waiting = [(one.matter, one.id) for one in facade.waiting(operator)]
    assert waiting == [(Matter.ORGANISATION, newcomer.organisation), (Matter.PROGRAM, program)]
    browser, page = client_of(market.operator.users[Role.OWNER]), f"/{market.operator.slug}/to-decide/"
    shown = browser.get(page).content.decode()
    assert "Hopeful Blog" in shown
    assert '<span class="sidebar-count">2</span>' in shown
    sent = {"matter": "organisation", "id": newcomer.organisation}
    assert "Say why" in browser.post(page, {**sent, "do": "refuse"}, follow=True).content.decode()
    assert "Approved." in browser.post(page, {**sent, "do": "approve"}, follow=True).content.decode()
    assert people.tenant(operator, newcomer.organisation).state == "active"
    assert browser.post(page, {**sent, "do": "approve"}).status_code == 404, "it waits no more"
    refused = {"matter": "program", "id": program, "approve": False, "why": "No terms for returns"}
    answer = operating(market).post("/api/v1/operations/decisions", refused, content_type="application/json")
    assert answer.status_code == 204, answer.content
    assert programs.program(operator, program).returned_why == "No terms for returns"
    assert "Nothing waits for you" in browser.get(page).content.decode()


def test_an_announcement_is_read_by_its_audience_until_it_is_dismissed(
    market: TwoTenants, client_of: ClientOf
) -> None:
    base = f"/{market.operator.slug}/operations/announcements/"
    browser = client_of(market.operator.users[Role.OWNER])
    form = {
        "level": "warning",
        "audience": "publishers",
        "text_en": "Payouts are a day late.",
        "text_sv": "Utbetalningarna är en dag sena.",
        "ends_at": (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"),
    }
    preview = browser.post(f"{base}new/", {**form, "do": "preview"}).content.decode()
    assert "This is what they will read" in preview
    assert facade.announcements(market.operator.caller()).items == []
    assert browser.post(f"{base}new/", {**form, "text_en": "", "text_sv": ""}).status_code == 422
    made = browser.post(f"{base}new/", form)
    assert made.status_code == 302, made.content.decode()
    publisher, advertiser = market.a.publisher, market.a.advertiser
    reader = client_of(publisher.users[Role.VIEWER])
    assert "Payouts are a day late." in reader.get(f"/{publisher.slug}/").content.decode()
    swedish = reader.get(f"/{publisher.slug}/", headers={"Accept-Language": "sv"}).content.decode()
    assert "Utbetalningarna är en dag sena." in swedish
    other = client_of(advertiser.users[Role.VIEWER]).get(f"/{advertiser.slug}/").content.decode()
    assert "Payouts are a day late." not in other
    assert [one["words"] for one in key_of(publisher).get("/api/v1/announcements").json()] == [
        form["text_en"]
    ]
    assert key_of(advertiser).get("/api/v1/announcements").json() == []
    number = facade.announcements(market.operator.caller()).items[0].id
    reader.post(f"/{publisher.slug}/announcements/{number}/dismiss/")
    assert "Payouts are a day late." not in reader.get(f"/{publisher.slug}/").content.decode()
    colleague = client_of(publisher.users[Role.OWNER])
    assert "Payouts are a day late." in colleague.get(f"/{publisher.slug}/").content.decode()
    assert "1" in browser.get(f"{base}{number}/").content.decode()
    browser.post(f"{base}{number}/withdraw/")
    assert "Payouts are a day late." not in colleague.get(f"/{publisher.slug}/").content.decode()
    assert browser.post(f"{base}{number}/withdraw/", follow=True).status_code == 200
    operator = market.operator.caller()
    found = [one.action for one in audit.entries(operator, limit=9).items if "announ" in one.action]
    assert found == ["announcement.withdrawn", "announcement.made"]


def test_what_a_tenant_is_allowed_holds_at_once_and_is_recorded(
    market: TwoTenants, client_of: ClientOf
) -> None:
    owner = market.a.advertiser
    key, api = key_of(owner), operating(market)
    assert key.get("/api/v1/announcements")["RateLimit-Limit"] == "200"
    address = f"/api/v1/operations/tenants/{owner.organisation}/limits"
    sent = {"api_burst": 3, "api_per_second": 1, "api_keys": 2, "tasks": None}
    answer = api.put(address, json.dumps(sent), content_type="application/json")
    assert {one["what"]: one["most"] for one in answer.json()} == {
        "api_per_second": 1,
        "api_burst": 3,
        "api_keys": 2,
        "tasks": 20,
    }
    assert [key.get("/api/v1/announcements").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert key_of(market.b.advertiser).get("/api/v1/announcements")["RateLimit-Limit"] == "200"
    with pytest.raises(Refused, match="2 are in use"):
        people.create_key(owner.caller(), "one more", [Permission.LOOK])
    seen = audit.entries(owner.caller(), limit=1).items[0]
    assert (seen.action, seen.after and seen.after["api_burst"]) == ("organisation.allowed", 3)
    page = f"/{market.operator.slug}/operations/tenants/{owner.organisation}/limits/"
    browser = client_of(market.operator.users[Role.OWNER])
    assert browser.post(page, {"api_burst": "0"}).status_code == 422
    assert browser.post(page, {"api_burst": ""}).status_code == 302
    assert not any(one.is_own for one in facade.allowances(market.operator.caller(), owner.organisation))
    assert {one.value for one in Allowed} == set(sent)


def test_a_fee_is_a_new_version_of_the_terms_and_nothing_else_in_them_changes(
    market: TwoTenants, client_of: ClientOf
) -> None:
    operator = market.operator.caller()
    program = live(market.a.advertiser.caller(), operator)
    api = operating(market)
    before = programs.terms_in_force(operator, program.id)
    later = (timezone.now() + timedelta(days=3)).isoformat()
    sent = {"fee_ppm": 123_000, "effective_from": later, "why": "As agreed on the phone"}
    address = f"/api/v1/operations/fees/{program.id}"
    answer = api.put(address, json.dumps(sent), content_type="application/json")
    assert (answer.json()["fee"]["fee_ppm"], answer.json()["fee"]["next_ppm"]) == (before.fee_ppm, 123_000)
    newest = programs.versions(operator, program.id)[0]
    assert programs.draft_of(newest).text == programs.draft_of(before).text
    assert newest.note == "As agreed on the phone"
    same = api.put(address, json.dumps({"fee_ppm": 123_000, "why": "again"}), content_type="application/json")
    assert (same.status_code, "fee_unchanged" in same.content.decode()) == (422, True)
    browser, base = client_of(market.operator.users[Role.OWNER]), f"/{market.operator.slug}/operations/fees/"
    assert "12.3%" in browser.get(base).content.decode()
    assert browser.post(f"{base}{program.id}/", {"fee_ppm": "7,5", "why": ""}).status_code == 422
    advertiser = client_of(market.a.advertiser.users[Role.OWNER])
    assert advertiser.get(f"/{market.a.advertiser.slug}/operations/fees/").status_code == 404


def test_tenants_are_listed_with_what_is_known_of_them(market: TwoTenants, client_of: ClientOf) -> None:
    browser = client_of(market.operator.users[Role.OWNER])
    client_of(market.a.publisher.users[Role.OWNER]).get(f"/{market.a.publisher.slug}/")
    listed = {one.slug: one for one in facade.tenants(market.operator.caller()).items}
    assert listed[market.a.publisher.slug].seen_at is not None
    assert listed[market.b.publisher.slug].seen_at is None
    assert listed[market.a.publisher.slug].clicks is None, "nothing was measured, which is not nought"
    page = browser.get(f"/{market.operator.slug}/operations/tenants/?q=acme&kind=publisher").content.decode()
    assert "Acme Blog" in page
    assert "ZEBRA" not in page
