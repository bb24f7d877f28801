"""The pages and the API of claims, as both sides use them."""

import io
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.test import Client

from tests.portal.claims.conftest import HOUR, OTHER, World
from utfall.portal.access import Permission, Role
from utfall.portal.people import facade as people

ClientOf = Callable[..., Client]


def test_a_claim_is_filed_asked_about_answered_and_approved(world: World, client_of: ClientOf) -> None:
    world.settle(world.order("A-2", world.now - HOUR))
    seller = client_of(world.side.publisher.users[Role.MANAGER])
    buyer = client_of(world.side.advertiser.users[Role.FINANCE])
    root, other = f"/{world.side.publisher.slug}", f"/{world.side.advertiser.slug}"
    assert seller.get(f"{root}/claims/").status_code == seller.get(f"{root}/claims/new/").status_code == 200
    today = datetime.fromtimestamp(world.now / 1000, UTC).date()
    sent = {
        "program": world.program,
        "reference": "A-2",
        "placed_on": str(today),
        "amount": "1000",
        "note": "x",
    }
    proof = io.BytesIO(b"\x89PNG\r\n\x1a\n....")
    proof.name = 'a"b.png'
    made = seller.post(f"{root}/claims/new/", {**sent, "proofs": [proof]})
    assert made.status_code == 302, made.content.decode()
    page = made["Location"].removeprefix(root)
    assert "No click of the publisher" in seller.get(root + page).content.decode()
    assert buyer.post(f"{other}{page}ask/", {"text": "Which?"}).status_code == 302
    assert seller.post(f"{root}{page}reply/", {"text": "This"}).status_code == 302
    shown = buyer.get(other + page).content.decode()
    assert "Which?" in shown
    assert buyer.post(f"{other}{page}deny/", {"reason": ""}).status_code == 422
    assert buyer.post(f"{other}{page}approve/", {"words": "Yes"}).status_code == 302
    world.settle()
    assert "In the book" in seller.get(root + page).content.decode()
    assert seller.post(f"{root}{page}reply/", {"text": "Thanks"}).status_code == 422


def test_a_proof_is_a_download_only(world: World, client_of: ClientOf) -> None:
    seller = client_of(world.side.publisher.users[Role.MANAGER])
    root = f"/{world.side.publisher.slug}"
    today = datetime.fromtimestamp(world.now / 1000, UTC).date()
    proof = io.BytesIO(b"%PDF-1.7 <script>")
    proof.name = "bevis ä.pdf"
    sent = {"program": world.program, "reference": "A-2", "placed_on": str(today), "amount": "10"}
    made = seller.post(f"{root}/claims/new/", {**sent, "proofs": [proof]})
    answer = seller.get(made["Location"] + "proofs/1/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_program_sets_its_clock(world: World, client_of: ClientOf) -> None:
    owner = client_of(world.side.advertiser.users[Role.OWNER])
    page = f"/{world.side.advertiser.slug}/programs/{world.program}/claims/"
    assert owner.get(page).status_code == 200
    assert owner.post(page, {"days": "3"}).status_code == 422
    assert owner.post(page, {"days": "30"}).status_code == 302


def call(secret: str, method: str, path: str, body: Any = None) -> Any:
    browser = Client(headers={"Authorization": f"Bearer {secret}"})
    if body is None:
        return getattr(browser, method)(f"/api/v1{path}")
    return getattr(browser, method)(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_the_api_does_what_the_pages_do(world: World) -> None:
    theirs = world.click(world.now - 2 * HOUR, OTHER)
    world.settle(theirs, world.order("A-1", world.now - HOUR, theirs))
    scopes = [Permission.LOOK, Permission.MANAGE, Permission.MONEY]
    seller = people.create_key(world.publisher(Role.OWNER), "s", scopes).secret
    buyer = people.create_key(world.advertiser(Role.OWNER), "b", scopes).secret
    today = str(datetime.fromtimestamp(world.now / 1000, UTC).date())
    sent = {"program": world.program, "reference": "A-1", "placed_on": today, "amount_micros": 10**9}
    made = call(seller, "post", "/claims", sent)
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    assert made.json()["answer"]["finding"] == "no_click"
    assert made.json()["order"] is None
    assert call(buyer, "get", f"/claims/{number}").json()["order"]
    assert call(buyer, "post", f"/claims/{number}/ask", {"text": "?"}).status_code == 200
    answered = Client(headers={"Authorization": f"Bearer {seller}"}).post(
        f"/api/v1/claims/{number}/messages", {"text": "Here", "files": [io.BytesIO(b"%PDF-1")]}
    )
    assert answered.status_code == 200, answered.content
    said = call(buyer, "get", f"/claims/{number}/messages").json()
    proof = said[-1]["proofs"][0]["id"]
    assert call(buyer, "get", f"/claims/{number}/proofs/{proof}").json()["content"] == "JVBERi0x"
    denied = call(buyer, "post", f"/claims/{number}/deny", {"reason": "won_by_another"})
    assert denied.json()["state"] == "denied"
    assert call(seller, "post", f"/claims/{number}/withdraw").status_code == 409
    assert call(seller, "get", f"/programs/{world.program}/claims").json()["decided"] == 1
    assert call(buyer, "put", f"/programs/{world.program}/claims", {"days": 30}).json()["days"] == 30
    assert len(call(buyer, "get", "/claims?state=denied").json()["items"]) == 1
