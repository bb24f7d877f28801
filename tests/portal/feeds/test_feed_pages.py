"""The pages of feeds in a browser's place, and the API in a system's."""

import json
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.feeds.files import ROWS, TENT, table
from tests.portal.feeds.test_deliveries import delivered, worked
from tests.portal.market import Tenant, TwoTenants
from tests.portal.partners.test_partnerships import approved
from utfall.portal.access import Permission, Role
from utfall.portal.feeds import facade
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.people import facade as people


def browser(client_of: ClientOf, tenant: Tenant) -> Client:
    return client_of(tenant.users[Role.OWNER])


def keyed(tenant: Tenant) -> Client:
    made = people.create_key(tenant.caller(), "test", [Permission.LOOK, Permission.MANAGE])
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def test_an_advertiser_delivers_a_feed_and_sees_how_it_is(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    program = approved(market).program
    page, root = browser(client_of, shop), f"/{shop.slug}/programs/{program}/feed"
    assert "No feed yet" in page.get(f"{root}/").content.decode()
    assert "every product" in page.get(f"/{shop.slug}/feeds/").content.decode()
    assert page.get(f"{root}/columns/").status_code == 404
    assert page.post(f"{root}/upload/").status_code == 422
    content = table([*ROWS, ("x", "Elsewhere", "10", "https://elsewhere.test/", *TENT[4:])])
    sent = SimpleUploadedFile("a.csv", content)
    assert page.post(f"{root}/upload/", {"file": sent}).status_code == 302
    assert "Being read" in page.get(f"{root}/").content.decode()
    worked()
    text = page.get(f"{root}/").content.decode()
    assert "not on the program&#x27;s sites" in text
    assert "elsewhere.test" in text
    assert "Health" in text
    delivery = facade.deliveries(shop.caller(), program).items[0]
    assert page.get(f"{root}/{delivery.id}/").status_code == 200
    assert page.get(f"{root}/columns/").status_code == 200
    assert page.post(f"{root}/columns/", {"product_id": "id"}).status_code == 422
    mapping = dict(facade.feed(shop.caller(), program).mapping)
    assert page.post(f"{root}/columns/", mapping).status_code == 302
    worked()
    assert page.post(f"{root}/source/", {"url": "ftp://x", "every_hours": "24"}).status_code == 422
    assert page.post(f"{root}/fetch/").status_code == 302
    saved = page.post(f"{root}/source/", {"url": "", "every_hours": "0", "vat": "25"})
    assert saved.status_code == 302
    assert facade.feed(shop.caller(), program).vat_ppm == 250_000
    assert page.get(f"/{shop.slug}/feeds/").status_code == 200
    assert page.post(f"{root}/remove/").status_code == 302


def test_a_publisher_finds_what_pays_most_and_takes_it_along(market: TwoTenants, client_of: ClientOf) -> None:
    blog = market.a.publisher
    program = approved(market).program
    page = browser(client_of, blog)
    assert "No products yet" in page.get(f"/{blog.slug}/feeds/").content.decode()
    assert page.get(f"/{blog.slug}/programs/{program}/products/").status_code == 404
    delivered(market, program, table())
    root = f"/{blog.slug}/programs/{program}/products"
    text = page.get(f"{root}/").content.decode()
    assert "Build a link to get tracked addresses" in text
    assert text.index("Tält Fjäll 2") < text.index("Kök")
    link = links.create_link(blog.caller(), LinkDraft(program=program))
    assert f"/c/{link.key}?url=https%3A%2F%2Facme.test" in page.get(f"{root}/").content.decode()
    assert "No product fits" in page.get(f"{root}/?q=nothing").content.decode()
    answer = page.get(f"{root}.csv?link={link.id}")
    content = b"".join(answer).decode()
    assert content.splitlines()[0].startswith("product_id,name,price,rrp,currency,commission,tracked_link")
    assert "t-1,Tält Fjäll 2,1999.00,,SEK,159.92,http" in content
    lines = b"".join(page.get(f"{root}.jsonl?stock=in_stock")).splitlines()
    assert [json.loads(line)["product_id"] for line in lines] == ["t-1"]
    assert page.get(f"{root}.exe").status_code == 404


def test_a_spreadsheet_does_not_run_what_a_feed_holds(market: TwoTenants, client_of: ClientOf) -> None:
    program = approved(market).program
    delivered(market, program, table([("1", "=cmd|' /C calc'!A0", *TENT[2:])]))
    blog = market.a.publisher
    answer = browser(client_of, blog).get(f"/{blog.slug}/programs/{program}/products.csv")
    assert ",'=cmd" in b"".join(answer).decode()


def test_a_system_does_all_of_it(market: TwoTenants) -> None:
    program = approved(market).program
    shop, blog = keyed(market.a.advertiser), keyed(market.a.publisher)
    root = f"/api/v1/programs/{program}"
    assert shop.get(f"{root}/feed").status_code == 404
    sent = shop.post(f"{root}/feed/file", {"file": SimpleUploadedFile("a.csv", table())})
    assert sent.status_code == 200, sent.content
    assert shop.get(f"/api/v1/work/{sent.json()['work']}").json()["state"] == "waiting"
    worked()
    feed = shop.get(f"{root}/feed").json()
    assert (feed["products"], feed["stage"], len(feed["health"]["parts"])) == (2, "ready", 6)
    listed = blog.get(f"{root}/products?limit=1").json()
    assert (len(listed["items"]), listed["items"][0]["commission_micros"]) == (1, 159_920_000)
    rest = blog.get(f"{root}/products?after={listed['following']}").json()
    assert [one["product_id"] for one in rest["items"]] == ["s-1"]
    delivery = shop.get(f"{root}/feed/deliveries").json()["items"][0]
    assert shop.get(f"{root}/feed/deliveries/{delivery['id']}").json()["accepted"] == 2

    def put(path: str, body: dict[str, Any]) -> int:
        return shop.put(f"{root}{path}", body, content_type="application/json").status_code

    assert put("/feed/columns", {"columns": feed["mapping"]}) == 200
    assert put("/feed/columns", {"columns": {}}) == 422
    assert put("/feed", {"every_hours": 0, "vat_ppm": 250_000}) == 200
    assert shop.post(f"{root}/feed/fetch").status_code == 422
    assert blog.get(f"{root}/feed").status_code == 404
    assert shop.delete(f"{root}/feed").status_code == 204
    assert blog.get(f"{root}/products").status_code == 404


def test_who_may_not_is_told_no(market: TwoTenants, client_of: ClientOf) -> None:
    program = approved(market).program
    delivered(market, program, table())
    shop, other = market.a.advertiser, market.b.advertiser
    viewer = client_of(shop.users[Role.VIEWER])
    assert viewer.get(f"/{shop.slug}/programs/{program}/feed/").status_code == 200
    assert viewer.post(f"/{shop.slug}/programs/{program}/feed/remove/").status_code == 403
    stranger = browser(client_of, other)
    for path in ("feed/", "products/", "products.csv", "feed/columns/"):
        assert stranger.get(f"/{other.slug}/programs/{program}/{path}").status_code == 404
