"""Commission rules by API: read, replaced, looked over, tried; wrong conditions are refused with a code."""

from typing import Any

import pytest
from django.test import Client

from tests.portal.commission.made import shop
from tests.portal.market import Tenant, TwoTenants
from utfall.portal.access import Caller, Permission
from utfall.portal.people import facade as people
from utfall.portal.programs.contracts import ProgramView

BOOTS = {"type": "test", "field": "line.category", "op": "in", "value": ["boots", "shoes"]}


def key_of(tenant: Tenant, *scopes: Permission) -> Client:
    secret = people.create_key(tenant.caller(), "test", list(scopes) or [Permission.LOOK, Permission.PRICE])
    return Client(headers={"Authorization": f"Bearer {secret.secret}"})


def share(name: str, ppm: int, **more: Any) -> dict[str, Any]:
    return {"name": name, "outcome": "sale", "price": {"type": "share", "ppm": ppm}, **more}


@pytest.fixture
def calling(market: TwoTenants) -> tuple[Client, Caller, ProgramView, str]:
    caller, program = shop(market)
    address = f"/api/v1/programs/{program.id}/commission"
    return key_of(market.a.advertiser), caller, program, address


def put(client: Client, address: str, *rules: dict[str, Any]) -> Any:
    return client.put(f"{address}/rules", {"rules": list(rules)}, content_type="application/json")


def test_the_list_is_replaced_and_read_back(calling: tuple[Client, Caller, ProgramView, str]) -> None:
    client, _caller, _program, address = calling
    (standard,) = client.get(f"{address}/rules").json()
    kept = share("Standard", 80_000, rule=standard["id"])
    answer = put(client, address, share("Boots", 120_000, when=BOOTS), kept)
    assert answer.status_code == 200
    assert [one["change"] for one in answer.json()["changes"]] == ["added", "kept"]
    boots, again = client.get(f"{address}/rules").json()
    assert boots["when"] == BOOTS
    assert boots["words"] == "12% of each order line, where the category is one of boots, shoes"
    assert again["id"] == standard["id"]
    assert client.get(f"{address}/revisions").json()["items"][0]["changes"][0]["change"] == "added"


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ({**BOOTS, "field": "line.colour"}, "unknown_field"),
        ({**BOOTS, "op": "lt"}, "unknown_operator"),
        ({**BOOTS, "op": "eq"}, "value_count"),
        ({**BOOTS, "value": [1]}, "value_kind"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_its_code(
    calling: tuple[Client, Caller, ProgramView, str], when: dict[str, Any], code: str
) -> None:
    client, _caller, _program, address = calling
    answer = put(client, address, share("x", 1, when={"type": "not", "of": when}))
    assert answer.status_code == 422
    (problem,) = answer.json()["errors"]
    assert problem["code"] == code
    assert problem["field"].startswith("rules.0.when.of")


def test_nothing_is_saved_where_a_list_is_only_looked_over(
    calling: tuple[Client, Caller, ProgramView, str],
) -> None:
    client, _caller, _program, address = calling
    body = {"rules": [share("All", 80_000), share("Boots", 120_000, when=BOOTS)]}
    found = client.post(f"{address}/lint", body, content_type="application/json").json()
    assert [(one["code"], one["rules"]) for one in found][:1] == [("never_fires", [2, 1])]
    assert len(client.get(f"{address}/rules").json()) == 1


def test_many_programs_at_once_have_each_their_verdict(
    calling: tuple[Client, Caller, ProgramView, str],
) -> None:
    client, _caller, program, _address = calling
    rows = [
        {"program": program.id, "rules": [share("New", 90_000)]},
        {"program": program.id + 999, "rules": []},
    ]
    answer = client.post("/api/v1/commission/rules/bulk", {"rows": rows}, content_type="application/json")
    assert answer.status_code == 207
    assert [one["status"] for one in answer.json()["rows"]] == [200, 404]


def test_a_what_if_is_asked_for_and_waits(calling: tuple[Client, Caller, ProgramView, str]) -> None:
    client, _caller, _program, address = calling
    body = {"rules": [share("New", 90_000)]}
    started = client.post(f"{address}/previews", body, content_type="application/json")
    assert started.status_code == 202
    found = client.get(f"{address}/previews/{started.json()['preview']}").json()
    assert (found["state"], found["report"]) == ("waiting", None)


def test_a_publisher_reads_its_offer_and_no_rules(
    market: TwoTenants, calling: tuple[Client, Caller, ProgramView, str]
) -> None:
    _client, _caller, _program, address = calling
    publisher = key_of(market.a.publisher)
    assert publisher.get(f"{address}/rules").status_code == 404
    offer = publisher.get(f"{address}/offer").json()
    assert [one["words"] for one in offer["now"]] == ["8% of each order line"]


def test_a_key_without_the_scope_changes_nothing(
    market: TwoTenants, calling: tuple[Client, Caller, ProgramView, str]
) -> None:
    _client, _caller, _program, address = calling
    reader = key_of(market.a.advertiser, Permission.LOOK)
    assert put(reader, address, share("x", 1)).status_code == 403
