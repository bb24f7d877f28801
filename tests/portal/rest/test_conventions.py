"""The conventions every operation follows, on a small API of its own: keys, problems, idempotency, limits."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, override_settings
from django.urls import include, path

from tests.portal.market import Tenant, TwoTenants
from utfall.portal.access import Kind, NotFound, Permission, Role, Slice, refuse
from utfall.portal.audit.facade import entries, record
from utfall.portal.people import facade as people
from utfall.portal.rest import limits
from utfall.portal.rest.api import Api, addresses
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Moment,
    Paging,
    Query,
    Rows,
    Schema,
    Strict,
    Verdicts,
    bulk,
    listed,
)

endpoints = Endpoints("probe", "Probe")


class Thing(Strict):
    """What is sent."""

    name: str = Field(min_length=1, max_length=20)
    size: int = Field(1, ge=0, le=100)
    at: Moment | None = None


class ThingAnswer(Schema):
    """What is answered."""

    id: int
    name: str


def made(request: ApiRequest, thing: Thing) -> dict[str, Any]:
    if thing.name == "taken":
        refuse("name_taken", "This name is taken.", "name", status=409)
    seq = record(request.caller, action="probe.make", subject=f"thing {thing.name}", before=None, after=None)
    if thing.size == 13:
        refuse("unlucky", "Thirteen is not allowed.", "size")
    return {"id": seq, "name": thing.name}


@endpoints.get("/things", answers=Listed[ThingAnswer], summary="Things")
def things(request: ApiRequest, paging: Query[Paging]) -> dict[str, Any]:
    part = [{"id": number, "name": request.caller.name} for number in range(paging.limit)]
    return listed(Slice(part, paging.limit))


@endpoints.post("/things", answers=ThingAnswer, needs=Permission.MANAGE, status=201, summary="Make a thing")
def make(request: ApiRequest, payload: Thing) -> dict[str, Any]:
    return made(request, payload)


@endpoints.post("/things/bulk", needs=Permission.MANAGE, bulk=True, summary="Make many things")
def make_many(request: ApiRequest, payload: Rows[Thing]) -> Any:
    return bulk(payload, lambda thing: made(request, thing))


@endpoints.get("/things/{int:thing}", answers=ThingAnswer, summary="One thing")
def one(request: ApiRequest, thing: int) -> dict[str, Any]:
    if thing == 500:
        raise RuntimeError("a bug")
    if thing != 7:
        raise NotFound
    return {"id": thing, "name": "seven"}


@endpoints.get("/views/{int:view}", answers=ThingAnswer, summary="One view")
def one_view(request: ApiRequest, view: int) -> dict[str, Any]:
    return {"id": view, "name": "a view"}


@endpoints.delete("/things/{int:thing}", kinds=frozenset({Kind.OPERATOR}), summary="Remove a thing")
def remove(request: ApiRequest, thing: int) -> None:
    return None


api = Api()
api.add(endpoints)
URLS = (path("api/v1/", include(addresses(api))), path("", include("utfall.portal.urls")))


@pytest.fixture(autouse=True)
def _addresses() -> Iterator[None]:
    limits.keys.forget()
    limits.addresses.forget()
    with override_settings(ROOT_URLCONF=URLS):
        yield


def key_of(tenant: Tenant, *scopes: Permission, role: Role = Role.OWNER) -> str:
    made = people.create_key(tenant.caller(role), "test", scopes or (Permission.LOOK, Permission.MANAGE))
    return made.secret


def client(secret: str, **headers: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}", **headers})


def post(browser: Client, address: str, body: Any, **headers: str) -> Any:
    return browser.post(
        f"/api/v1{address}", json.dumps(body), content_type="application/json", headers=headers
    )


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert body["detail"]
    return body


def test_only_a_key_lets_in(market: TwoTenants) -> None:
    problem(Client().get("/api/v1/things"), 401, "key_missing")
    answer = client("utf_nonsense").get("/api/v1/things")
    problem(answer, 401, "key_invalid")
    assert answer["WWW-Authenticate"] == "Bearer"
    browser = Client()
    from django.contrib.auth import get_user_model

    browser.force_login(get_user_model().objects.get(pk=market.a.advertiser.users[Role.OWNER]))
    problem(browser.get("/api/v1/things"), 401, "key_missing")


def test_a_key_does_what_its_scopes_say(market: TwoTenants) -> None:
    looking = client(key_of(market.a.advertiser, Permission.LOOK))
    assert looking.get("/api/v1/things").status_code == 200
    problem(post(looking, "/things", "not even read"), 403, "forbidden")


def test_an_operation_for_others_is_not_there(market: TwoTenants) -> None:
    problem(client(key_of(market.a.advertiser)).delete("/api/v1/things/7"), 404, "not_found")
    assert client(key_of(market.operator)).delete("/api/v1/things/7").status_code == 204


def test_a_part_of_an_address_may_have_any_name(market: TwoTenants) -> None:
    """Also that of an argument of ours on the way."""
    assert client(key_of(market.a.advertiser)).get("/api/v1/views/7").json()["id"] == 7


def test_refusals_are_problems(market: TwoTenants) -> None:
    browser = client(key_of(market.a.advertiser))
    problem(browser.get("/api/v1/things/8"), 404, "not_found")
    problem(browser.get("/api/v1/things/99999999999999999999"), 404, "not_found")
    problem(browser.get("/api/v1/nowhere"), 404, "not_found")
    problem(browser.put("/api/v1/things"), 405, "method_not_allowed")
    problem(post(browser, "/things", {"name": "taken"}), 409, "name_taken")
    broken = browser.post("/api/v1/things", "{", content_type="application/json")
    problem(broken, 400, "malformed")


def test_what_does_not_fit_is_said_field_by_field(market: TwoTenants) -> None:
    browser = client(key_of(market.a.advertiser))
    body = problem(
        post(browser, "/things", {"size": 101, "colour": "red", "at": "2026-11-21T10:00:00"}), 422, "invalid"
    )
    assert {(one["field"], one["code"]) for one in body["errors"]} == {
        ("name", "needed"),
        ("size", "less_than_equal"),
        ("colour", "unknown_field"),
        ("at", "timezone_aware"),
    }
    body = problem(browser.get("/api/v1/things?limit=201&order=name"), 422, "invalid")
    assert ("order", "unknown_field") in {(one["field"], one["code"]) for one in body["errors"]}
    body = problem(browser.get("/api/v1/things?limit=201"), 422, "invalid")
    assert ("limit", "less_than_equal") in {(one["field"], one["code"]) for one in body["errors"]}


def test_a_bug_is_a_problem_without_its_secrets(market: TwoTenants) -> None:
    body = problem(client(key_of(market.a.advertiser)).get("/api/v1/things/500"), 500, "internal")
    assert "a bug" not in json.dumps(body)


def test_problems_speak_the_language_that_is_asked_for(market: TwoTenants) -> None:
    answer = Client(headers={"Accept-Language": "sv-SE,sv;q=0.9"}).get("/api/v1/things")
    assert answer["Content-Language"] == "sv"
    assert "Authorization" in answer["Vary"]


def test_a_refusal_leaves_nothing_behind(market: TwoTenants) -> None:
    caller = market.a.advertiser.caller()
    browser = client(key_of(market.a.advertiser))
    before = entries(caller).items[0].seq
    problem(post(browser, "/things", {"name": "x", "size": 13}), 422, "unlucky")
    assert entries(caller).items[0].seq == before


def test_the_same_request_takes_effect_once(market: TwoTenants) -> None:
    browser = client(key_of(market.a.advertiser))
    first = post(browser, "/things", {"name": "once"}, **{"Idempotency-Key": "k1"})
    again = post(browser, "/things", {"name": "once"}, **{"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    other = post(browser, "/things", {"name": "else"}, **{"Idempotency-Key": "k1"})
    problem(other, 422, "idempotency_mismatch")
    neighbour = client(key_of(market.b.advertiser))
    assert post(neighbour, "/things", {"name": "once"}, **{"Idempotency-Key": "k1"}).json() != first.json()


def test_a_refusal_is_replayed_too(market: TwoTenants) -> None:
    browser = client(key_of(market.a.advertiser))
    answers = [post(browser, "/things", {"name": "taken"}, **{"Idempotency-Key": "k2"}) for _ in range(2)]
    assert answers[0].content == answers[1].content
    assert answers[1]["Idempotent-Replayed"] == "true"
    assert answers[1]["Content-Type"] == "application/problem+json"


def test_a_request_under_way_is_not_done_twice(market: TwoTenants) -> None:
    from utfall.portal.rest.models import Answered

    browser = client(key_of(market.a.advertiser))
    assert post(browser, "/things", {"name": "slow"}, **{"Idempotency-Key": "k3"}).status_code == 201
    Answered.objects.system().filter(name="k3").update(status=None)
    answer = post(browser, "/things", {"name": "slow"}, **{"Idempotency-Key": "k3"})
    problem(answer, 409, "in_progress")
    assert answer["Retry-After"] == "1"


def test_rows_are_judged_one_by_one(market: TwoTenants) -> None:
    browser = client(key_of(market.a.advertiser))
    rows = [{"name": "a"}, {"name": ""}, {"name": "taken"}, {"name": "b", "size": 13}, {"name": "c"}]
    answer = post(browser, "/things/bulk", {"rows": rows})
    assert answer.status_code == 207
    body = answer.json()
    assert [row["status"] for row in body["rows"]] == [200, 422, 409, 422, 200]
    assert [row["index"] for row in body["rows"]] == list(range(5))
    assert body["rows"][2]["code"] == "name_taken"
    assert (body["done"], body["refused"]) == (2, 3)
    made = [one for one in entries(market.a.advertiser.caller()).items if one.action == "probe.make"]
    assert [one.subject for one in made] == ["thing c", "thing a"]
    assert post(browser, "/things/bulk", {"rows": rows[:1]}).status_code == 200
    problem(post(browser, "/things/bulk", {"rows": []}), 422, "invalid")
    problem(post(browser, "/things/bulk", {"rows": [{}] * 1001}), 422, "invalid")


def test_limits_are_told_and_kept(market: TwoTenants) -> None:
    browser = client(key_of(market.a.advertiser))
    answer = browser.get("/api/v1/things")
    limit = int(answer["RateLimit-Limit"])
    assert int(answer["RateLimit-Remaining"]) == limit - 1
    for _ in range(limits.PER_ADDRESS.burst):
        Client().get("/api/v1/things")
    refused = Client().get("/api/v1/things")
    problem(refused, 429, "rate_limited")
    assert int(refused["Retry-After"]) >= 1
    assert browser.get("/api/v1/things").status_code == 200


def test_a_bucket_is_refilled_as_time_passes() -> None:
    now = [0.0]
    bucket = limits.Buckets(limits.Rate(burst=2, per_second=0.5), clock=lambda: now[0])
    assert [bucket.take("a").granted for _ in range(3)] == [True, True, False]
    assert bucket.take("b").granted
    assert bucket.take("a").next_in == 2
    now[0] = 2.0
    assert [bucket.take("a").granted for _ in range(2)] == [True, False]


def test_the_document_says_what_an_operation_needs(market: TwoTenants) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    make = document["paths"]["/api/v1/things"]["post"]
    assert make["x-needs"] == "manage"
    assert {"201", "401", "403", "404", "409", "422", "429"} <= set(make["responses"])
    assert set(document["paths"]["/api/v1/things/bulk"]["post"]["responses"]) >= {"200", "207"}
    assert {"$ref": "#/components/parameters/Idempotency-Key"} in make["parameters"]


def test_verdicts_are_part_of_the_document() -> None:
    assert Verdicts.model_json_schema()["required"] == ["rows", "done", "refused"]
