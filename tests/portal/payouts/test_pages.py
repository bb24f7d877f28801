"""The pages and the API of payouts and bank files, as both sides use them."""

import json
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.portal.payouts.conftest import Payday
from tests.portal.payouts.test_paying import alone
from tests.unit.bank.test_statements import entry, part, statement
from utfall.portal.access import Permission, Role
from utfall.portal.payouts import facade
from utfall.portal.people import facade as people

ClientOf = Callable[..., Client]


def test_a_publisher_sets_up_and_an_operator_pays(payday: Payday, client_of: ClientOf) -> None:
    alone(payday)
    seller = client_of(payday.side.publisher.users[Role.FINANCE])
    house = client_of(payday.market.operator.users[Role.FINANCE])
    own, root = f"/{payday.side.publisher.slug}", f"/{payday.market.operator.slug}"
    shown = seller.get(f"{own}/earnings/").content.decode()
    assert "There is no account to pay to." in shown
    company = {"name": "Acme Blog AB", "country": "SE", "town": "Lund"}
    assert seller.post(f"{own}/billing/", {**company, "vat": "SE1"}).status_code == 422
    assert seller.post(f"{own}/billing/", company).status_code == 302
    assert seller.post(f"{own}/billing/agreement/").status_code == 302
    account = {"holder": "Acme", "scheme": "iban", "number": "SE45 5000 0000 0583 9825 7466", "country": "SE"}
    assert seller.post(f"{own}/getting-paid/account/", {**account, "country": "NO"}).status_code == 422
    assert seller.post(f"{own}/getting-paid/account/", account).status_code == 302
    wishes = {"schedule": "weekly", "minimum": "50", "currency": "sek"}
    assert seller.post(f"{own}/getting-paid/", wishes).status_code == 302
    assert "Used from" in seller.get(f"{own}/getting-paid/").content.decode()
    payday.pass_days(3)
    assert house.post(f"{root}/billing/", {**company, "name": "Nordnät AB"}).status_code == 302
    accounts = f"{root}/billing/accounts/"
    assert house.post(accounts, {**account, "currency": "sek", "bic": "ESSESESS"}).status_code == 302
    assert "SE45 5000" in house.get(accounts).content.decode()
    assert "Prepare a batch" in house.get(f"{root}/payouts/").content.decode()
    page = house.post(f"{root}/payouts/prepare/", {"currency": "SEK"})["Location"]
    assert "Release" in house.get(page).content.decode()
    house.post(f"{page}release/")
    payday.settle()
    handed = house.post(f"{page}send/", {"way": "download"})["Location"]
    assert f"0;url={page}file/" in house.get(handed).content.decode()
    file = house.get(f"{page}file/")
    assert file["Content-Type"] == "application/xml"
    (one,) = facade.payouts(payday.publisher).items
    content = statement(entry("160.00", "DBIT", part("160.00", "DBIT", one.name)))
    sent = SimpleUploadedFile("camt.xml", content, content_type="application/xml")
    made = house.post(f"{root}/bank/", {"file": sent})
    assert made.status_code == 302
    assert "Payout paid" in house.get(made["Location"]).content.decode()
    payday.settle()
    mine = seller.get(f"{own}/payouts/{one.id}/").content.decode()
    assert "P-1" in mine
    assert one.name in seller.get(f"{own}/earnings/").content.decode()
    buyer = client_of(payday.side.advertiser.users[Role.FINANCE])
    assert "RF" in buyer.get(f"/{payday.side.advertiser.slug}/pay-in/").content.decode()
    for page in ("bank/", "bank/suspense/", f"payouts/publishers/{payday.side.publisher.number}/"):
        assert house.get(f"{root}/{page}").status_code == 200


def call(secret: str, method: str, path: str, body: Any = None) -> Any:
    browser = Client(headers={"Authorization": f"Bearer {secret}"})
    if body is None and method == "get":
        return browser.get(f"/api/v1{path}")
    return getattr(browser, method)(f"/api/v1{path}", json.dumps(body or {}), content_type="application/json")


def test_the_api_does_what_the_pages_do(payday: Payday) -> None:
    payday.complete()
    alone(payday)
    scopes = [Permission.LOOK, Permission.MONEY]
    seller = people.create_key(payday.side.publisher.caller(), "s", scopes).secret
    house = people.create_key(payday.market.operator.caller(), "h", scopes).secret
    assert call(house, "get", "/payouts/due").json()[0]["is_due"]
    made = call(house, "post", "/payouts/batches", {"currency": "SEK"})
    assert made.status_code == 201, made.content
    number = made.json()["id"]
    assert call(house, "get", f"/payouts/batches/{number}/file").status_code == 409
    assert call(house, "post", f"/payouts/batches/{number}/release").json()["state"] == "released"
    payday.settle()
    assert call(house, "post", f"/payouts/batches/{number}/send").json()["state"] == "sent"
    assert call(house, "get", f"/payouts/batches/{number}/file").json()["name"] == f"UTFALL-{number}-SEK.xml"
    (own,) = call(seller, "get", "/payouts").json()["items"]
    assert (own["state"], own["account"]) == ("sent", "7466")
    told = call(seller, "get", f"/payouts/{own['id']}/commissions").json()
    assert [one["reference"] for one in told["items"]] == ["P-1", "P-2"]
    assert call(seller, "get", "/earnings").json()[0]["under_way_micros"] == 160_000_000
    assert call(seller, "get", "/payouts/details").json()["missing"] == []
    assert call(seller, "get", "/billing").json()["has_agreed"]
    noted = call(house, "post", f"/payouts/{own['id']}/outcome", {"end": "completed", "why": "Seen"})
    assert noted.status_code == 200, noted.content
    assert call(house, "get", "/bank/suspense").json() == []
    assert call(seller, "get", "/bank/files").status_code in (403, 404)
