"""What the pages can do, the API can."""

from typing import Any

from django.test import Client

from tests.portal.market import Tenant, TwoTenants
from utfall.portal.access import Permission
from utfall.portal.people import facade as people
from utfall.portal.programs import facade
from utfall.portal.programs.contracts import State

ROOT = "/api/v1/programs"


def key_of(tenant: Tenant, *more: Permission) -> dict[str, str]:
    """A bearer key that may do everything a program needs."""
    scopes = [Permission.LOOK, Permission.MANAGE, Permission.PRICE, *more]
    made = people.create_key(tenant.caller(), "Test", scopes)
    return {"authorization": f"Bearer {made.secret}"}


def send(method: str, path: str, key: dict[str, str], body: Any = None) -> Any:
    """The answer to a call, which must have worked."""
    answer = Client().generic(
        method, path, data=b"" if body is None else _json(body), content_type="application/json", headers=key
    )
    assert answer.status_code < 300, answer.content.decode()
    return answer.json() if answer.content else None


def _json(body: Any) -> bytes:
    import json

    return json.dumps(body).encode()


def test_a_program_is_drafted_published_and_changed_by_api(market: TwoTenants) -> None:
    key, operator = key_of(market.a.advertiser), key_of(market.operator, Permission.OPERATE)
    made = send(
        "POST", ROOT, key, {"name": "Acme", "currency": "SEK", "zone": "Europe/Stockholm", "preset": "shop"}
    )
    one = f"{ROOT}/{made['id']}"
    profile = {"name": "Acme", "website": "https://acme.test", "category": "home", "countries": ["SE"]}
    send("PUT", f"{one}/profile", key, profile)
    send("PUT", f"{one}/draft-terms", key, {"text": "Be fair.", "hold_days": 14})
    send("PUT", f"{one}/starting-price", key, {"kind": "share", "outcome": "sale", "ppm": 80000})
    goal = {"outcome": "sale", "target": 500, "starts_on": "2026-11-01", "ends_on": "2027-01-31"}
    send("PUT", f"{one}/goal", key, goal)
    assert send("POST", f"{one}/submit", key)["state"] == "in_review"
    assert send("POST", f"{one}/state", operator, {"state": "active"})["state"] == "active"
    published = send("POST", f"{one}/versions", key, {"terms": {"text": "Be fair.", "hold_days": 60}})
    assert published["version"]["number"] == 2
    changes = send("GET", f"{one}/versions/2/changes?before=1", key)
    assert "hold" in {change["key"] for change in changes}
    assert send("GET", f"{one}/terms", key)["hold_days"] == 60
    added = send(
        "POST", f"{one}/limits", key, {"measure": "cost", "period": "month", "cap": 10**9, "is_budget": True}
    )
    assert "1,000.00 a month (cost, fee included)" in added["limit"]["words"]
    limit = added["limit"]["id"]
    send("PUT", f"{one}/limits/{limit}", key, {"cap": 2 * 10**9, "over": "clamp"})
    assert send("GET", f"{one}/limits/use", key)[0]["left"] == 2 * 10**9
    send("POST", f"{one}/limits/{limit}/remove", key, {})
    group = send("POST", f"{one}/groups", key, {"name": "Gold"})
    send("PUT", f"{one}/groups/{group['id']}", key, {"name": "Platinum"})
    assert send("GET", f"{one}/progress", key)["verdict"] == "too_early"
    send("POST", f"{one}/state", key, {"state": "paused", "why": "Out of stock"})
    assert facade.program(market.a.advertiser.caller(), made["id"]).state is State.PAUSED
    assert [item["id"] for item in send("GET", ROOT, key)["items"]] == [made["id"]]


def test_another_tenants_key_finds_nothing(market: TwoTenants) -> None:
    key = key_of(market.a.advertiser)
    made = send("POST", ROOT, key, {"name": "Acme", "currency": "SEK", "zone": "UTC"})
    answer = Client().get(f"{ROOT}/{made['id']}", headers=key_of(market.b.advertiser))
    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("application/problem+json")
