"""What the pages show, machines can ask for."""

from django.test import Client

from tests.portal.market import Side, TwoTenants
from tests.portal.tracking.conftest import StartEdge
from tests.portal.tracking.settled import append, happen, sale_of
from tests.portal.tracking.test_debugger import now_ms
from utfall.portal.access import Permission
from utfall.portal.people import facade as people
from utfall.portal.site import SiteConfig
from utfall.workers.signing import verify_receipt


def api_of(side: Side, *scopes: Permission) -> Client:
    made = people.create_key(side.advertiser.caller(), "machine", scopes or (Permission.LOOK,))
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_calls_are_followed_by_their_cursor(a: Side, own_site: SiteConfig) -> None:
    api = api_of(a)
    first = api.get("/api/v1/tracking/calls").json()
    assert (first["calls"], first["skipped"]) == ([], 0)
    traffic = happen(a)
    second = api.get("/api/v1/tracking/calls", {"cursor": first["cursor"]}).json()
    order = next(call for call in second["calls"] if call["order"] == traffic.order)
    assert (order["kind"], order["clicks"], order["settled"]["status"]) == ("conversion", 1, "pending")
    append(sale_of(a, "NEXT", now_ms()))
    third = api.get("/api/v1/tracking/calls", {"cursor": second["cursor"], "kind": "conversion"}).json()
    assert [call["order"] for call in third["calls"]] == ["NEXT"]
    refused = api.get("/api/v1/tracking/calls", {"cursor": "none of ours"})
    assert (refused.status_code, refused.json()["code"]) == (422, "cursor_unfit")


def test_a_receipt_is_read_by_the_own_side(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.a)
    told = api_of(market.a).get(f"/api/v1/receipts/{traffic.receipt}").json()
    assert (told["party"], told["order"], told["cost_micros"]) == ("advertiser", traffic.order, 96_000_000)
    assert [touch["is_winner"] for touch in told["touches"]] == [True]
    assert api_of(market.b).get(f"/api/v1/receipts/{traffic.receipt}").status_code == 404


def test_a_receipt_is_taken_away_with_its_proof(market: TwoTenants, own_site: SiteConfig) -> None:
    traffic = happen(market.a)
    api = api_of(market.a)
    key = api.get("/api/v1/receipts/key").json()
    answer = api.get(f"/api/v1/receipts/{traffic.receipt}/document", {"side": "publisher"})
    document = answer.json()
    assert (document["party"], document["key"]) == ("advertiser", key["key"])
    assert verify_receipt(document, key["pem"].encode()) == []
    assert verify_receipt(
        {**document, "side": document["side"].replace("boot-7", "boot-8")}, key["pem"].encode()
    )
    assert api_of(market.b).get(f"/api/v1/receipts/{traffic.receipt}/document").status_code == 404


def test_the_set_up_a_test_order_and_a_secret(a: Side, edge_of: StartEdge) -> None:
    edge_of(a)
    api = api_of(a, Permission.LOOK, Permission.EVENTS, Permission.TRACK)
    setup = api.get("/api/v1/tracking/setup").json()
    assert (setup["advertiser"], setup["has_postback_secret"]) == (a.advertiser.number, False)
    sent = api.post("/api/v1/tracking/test-order", {}, content_type="application/json").json()
    assert (sent["verdict"], sent["status"]) == ("accepted", 202)
    heard = {one["method"]: one for one in api.get("/api/v1/tracking/setup").json()["methods"]}
    assert (heard["postback"]["accepted"], heard["postback"]["tests"]) == (1, 1)
    made = api.post("/api/v1/tracking/postback-secret", {}, content_type="application/json").json()
    assert len(made["secret"]) > 20
    assert api.get("/api/v1/tracking/setup").json()["has_postback_secret"]


def test_what_a_key_may_not_do_is_forbidden(a: Side, own_site: SiteConfig) -> None:
    api = api_of(a)
    for path in ("test-order", "postback-secret"):
        answer = api.post(f"/api/v1/tracking/{path}", {}, content_type="application/json")
        assert answer.status_code == 403
