"""The pages and the API of validation, as a browser and a shop's system use them."""

import io
import json
from collections.abc import Callable
from typing import Any

from django.test import Client

from tests.portal.tracking.settled import settle
from tests.portal.validation.conftest import Shop
from utfall.portal.access import Permission, Role
from utfall.portal.people import facade as people
from utfall.portal.site import site
from utfall.portal.validation import facade
from utfall.portal.validation.contracts import Asked
from utfall.portal.work.running import do_next
from utfall.workers.follow import catch_up

ClientOf = Callable[..., Client]


def opened(shop: Shop, client_of: ClientOf) -> tuple[Client, str]:
    from pathlib import Path

    catch_up(Path(site().book_path), print)
    tenant = shop.side.advertiser
    return client_of(tenant.users[Role.FINANCE]), f"/{tenant.slug}"


def test_the_queue_shows_what_waits_and_decides_by_key(shop: Shop, client_of: ClientOf) -> None:
    browser, root = opened(shop, client_of)
    page = browser.get(f"{root}/validation/").content.decode()
    assert "A1" in page
    sent = {"quick": "1", "action": "approve", "order": str(shop.orders["A1"])}
    assert "Approved" in browser.post(f"{root}/validation/decide/", sent).content.decode()
    assert "approved already" not in page
    settle(shop.side)
    again = browser.post(f"{root}/validation/decide/", sent).content.decode()
    assert "approved already" in again


def test_many_are_declined_after_a_look(shop: Shop, client_of: ClientOf) -> None:
    browser, root = opened(shop, client_of)
    orders = [str(number) for number in shop.orders.values()]
    asked = browser.post(f"{root}/validation/decide/", {"action": "decline", "order": orders})
    assert asked.status_code == 200
    sure = {"sure": "1", "action": "decline", "reason": "out_of_stock", "order": orders, "key": "k1"}
    made = browser.post(f"{root}/validation/decide/", sure)
    assert made.status_code == 302
    page = browser.get(made["Location"]).content.decode()
    assert "preview" in page
    assert browser.post(made["Location"] + "apply/").status_code == 302
    shop.settle()
    assert {shop.status(one) for one in shop.orders} == {"declined"}
    assert browser.get(made["Location"] + "live/").status_code == 200
    verdicts = b"".join(browser.get(made["Location"] + "verdicts.csv")).decode("utf-8-sig")
    assert verdicts.startswith("row,id,order,")
    assert verdicts.count("accepted") == 5


def test_all_that_fit_a_filter_are_approved_in_the_background(shop: Shop, client_of: ClientOf) -> None:
    browser, root = opened(shop, client_of)
    sure = {"sure": "1", "action": "approve", "all": "1", "filter": "status=pending", "key": "k2"}
    made = browser.post(f"{root}/validation/decide/", sure)
    assert browser.get(made["Location"]).status_code == 200
    assert do_next()
    browser.post(made["Location"] + "apply/")
    shop.settle()
    assert {shop.status(one) for one in shop.orders} == {"approved"}


def test_a_file_with_bad_rows_is_read_looked_at_and_applied(shop: Shop, client_of: ClientOf) -> None:
    browser, root = opened(shop, client_of)
    assert browser.get(f"{root}/validation/file/").status_code == 200
    content = (
        "order;action;reason;evidence;amount\n"
        "A1;approve;;;\nA2;decline;fraud;;\nA3;refund;returned;;1000.001\nA4;approve;;;\nZ;approve;;;\n"
    )
    made = browser.post(f"{root}/validation/file/", {"file": io.BytesIO(content.encode())})
    assert made.status_code == 302
    assert do_next()
    page = browser.get(made["Location"]).content.decode()
    assert "asks for evidence" in page
    assert "more than is left" in page
    browser.post(made["Location"] + "apply/")
    shop.settle()
    assert shop.status("A1") == shop.status("A4") == "approved"
    assert shop.status("A2") == shop.status("A3") == "pending"


def test_one_order_is_refunded_by_line(basket: Shop, client_of: ClientOf) -> None:
    browser, root = opened(basket, client_of)
    page = f"{root}/validation/orders/{basket.orders['B1']}/"
    assert "s300" in browser.get(page).content.decode()
    nothing = browser.post(page, {"action": "refund", "reason": "returned", "part": "lines"})
    assert nothing.status_code == 422
    sent = {"action": "refund", "reason": "returned", "part": "lines", "whole": "1", "line-2": "50,00"}
    assert browser.post(page, {**sent, "key": "k3"}).status_code == 302
    basket.settle()
    assert facade.standing(basket.caller(), basket.orders["B1"], 0).amount_micros == 250_000_000


def test_a_program_says_for_which_reasons_it_wants_evidence(market: Any, client_of: ClientOf) -> None:
    from tests.portal.programs.drafts import live

    tenant = market.a.advertiser
    program = live(tenant.caller(), market.operator.caller(), "Acme").id
    browser = client_of(tenant.users[Role.OWNER])
    page = f"/{tenant.slug}/programs/{program}/validation/"
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"reasons": ["returned"]}).status_code == 302
    assert [one.value for one in facade.policy(tenant.caller(), program).reasons] == ["returned"]


def call(secret: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
    browser = Client(headers={"Authorization": f"Bearer {secret}", **headers})
    send = getattr(browser, method)
    if body is None:
        return send(f"/api/v1{path}")
    return send(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_the_api_answers_each_row_and_replays_an_answer(shop: Shop, client_of: ClientOf) -> None:
    opened(shop, client_of)
    secret = people.create_key(
        shop.caller(Role.OWNER), "erp", [Permission.LOOK, Permission.MONEY, Permission.MANAGE]
    ).secret
    body = {
        "rows": [
            {"order": "A1", "action": "approve"},
            {"id": shop.orders["A2"], "action": "decline", "reason": "returned"},
            {"order": "none", "action": "approve"},
        ]
    }
    answer = call(secret, "post", "/validations", body, **{"Idempotency-Key": "one"})
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert [row["code"] for row in told["verdicts"]] == ["", "", "unknown_order"]
    again = call(secret, "post", "/validations", body, **{"Idempotency-Key": "one"})
    assert again.json() == told
    shop.settle()
    batch = call(secret, "get", f"/validations/{told['id']}").json()
    assert batch["states"] == {"accepted": 2, "refused": 1}
    rows = call(secret, "get", f"/validations/{told['id']}/rows?state=accepted").json()["items"]
    assert all(row["receipt"] for row in rows)
    standing = call(secret, "get", f"/validations/orders/{shop.orders['A3']}").json()
    assert standing["actions"] == ["approve", "decline", "amend", "refund"]
    assert len(call(secret, "get", "/validations").json()["items"]) == 1
    wanted = {"filter": "status=pending", "action": "approve", "apply": True}
    assert call(secret, "post", "/validations/matching", wanted).status_code == 202
    assert do_next()
    shop.settle()
    assert shop.status("A3") == "approved"


def test_an_order_that_was_never_paid_cannot_be_approved(shop: Shop) -> None:
    batch = facade.decide(shop.caller(), [Asked(order=10**9, action="approve")])
    assert facade.rows(shop.caller(), batch.id).items[0].code == "unknown_order"
