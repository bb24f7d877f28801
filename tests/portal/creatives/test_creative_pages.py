"""The pages of creatives in a browser's place, and the API in a system's."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.portal.conftest import ClientOf
from tests.portal.creatives.files import GOOD, image, packed, sent
from tests.portal.creatives.test_creatives import shown
from tests.portal.market import Tenant, TwoTenants
from tests.portal.partners.test_partnerships import approved
from utfall.portal.access import Permission, Role
from utfall.portal.creatives import facade
from utfall.portal.creatives.contracts import CreativeDraft, State
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.people import facade as people


def browser(client_of: ClientOf, tenant: Tenant, **headers: str) -> Client:
    return client_of(tenant.users[Role.OWNER], **headers)


def keyed(tenant: Tenant) -> Client:
    made = people.create_key(tenant.caller(), "test", [Permission.LOOK, Permission.MANAGE])
    return Client(headers={"Authorization": f"Bearer {made.secret}"})


def banner(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_several_files_are_uploaded_in_one_go(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    program = approved(market).program
    files = [banner("a.png", image()), banner("b.exe", b"MZ"), banner("c.zip", packed(GOOD))]
    data: dict[str, Any] = {"program": program, "is_ready": "on", "files": files}
    page = browser(client_of, shop)
    answer = page.post(f"/{shop.slug}/creatives/upload/", data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "2 creatives are here" in text
    assert "b.exe" in text
    assert "whatever its name says" in text
    assert len(facade.creatives(market.a.publisher.caller()).items) == 2


def test_an_upload_without_a_file_or_program_says_so(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    program = approved(market).program
    page = browser(client_of, shop)
    assert page.post(f"/{shop.slug}/creatives/upload/", {"program": program}).status_code == 422
    assert page.post(f"/{shop.slug}/creatives/upload/", {}).status_code == 422
    answer = page.post(
        f"/{shop.slug}/creatives/upload/", {"program": 999, "files": [banner("a.png", image())]}
    )
    assert answer.status_code == 422


def test_the_gallery_is_there_for_everybody_and_empty_at_first(
    market: TwoTenants, client_of: ClientOf
) -> None:
    for tenant in (market.a.advertiser, market.a.publisher, market.operator, market.auditor, market.a.agency):
        answer = browser(client_of, tenant).get(f"/{tenant.slug}/creatives/")
        assert answer.status_code == 200
    view = shown(market)
    for tenant in (market.a.advertiser, market.a.publisher, market.operator):
        page = browser(client_of, tenant)
        assert view.name in page.get(f"/{tenant.slug}/creatives/?size=300x250&kind=image").content.decode()
        assert "No creative fits" in page.get(f"/{tenant.slug}/creatives/?q=nothing").content.decode()
        assert page.get(f"/{tenant.slug}/creatives/{view.id}/").status_code == 200
    tabs = browser(client_of, market.a.advertiser).get(
        f"/{market.a.advertiser.slug}/programs/{view.program}/creatives/"
    )
    assert view.name in tabs.content.decode()


def test_a_publisher_picks_a_link_and_gets_its_code(market: TwoTenants, client_of: ClientOf) -> None:
    view = shown(market)
    blog = market.a.publisher
    page = browser(client_of, blog)
    assert "You need a link first" in page.get(f"/{blog.slug}/creatives/{view.id}/").content.decode()
    link = links.create_link(blog.caller(), LinkDraft(program=view.program))
    answer = page.get(
        f"/{blog.slug}/creatives/{view.id}/code/?link={link.id}", headers={"HX-Request": "true"}
    )
    assert f"/c/{link.key}" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    theirs = page.get(f"/{blog.slug}/creatives/{view.id}/code/?link=999", headers={"HX-Request": "true"})
    assert theirs.status_code == 404


def test_a_creative_is_changed_sent_back_and_put_away(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    view = shown(market)
    page = browser(client_of, shop)
    root = f"/{shop.slug}/creatives/{view.id}"
    assert page.get(f"{root}/change/").status_code == 200
    answer = page.post(f"{root}/change/", {"name": "Winter", "ends_at": "2031-01-01T10:00"})
    assert answer.status_code == 302
    assert facade.creative(shop.caller(), view.id).name == "Winter"
    assert page.post(f"{root}/change/", {"destination": "https://elsewhere.test/"}).status_code == 422
    assert page.post(f"{root}/reject/", {"reason": ""}).status_code == 422
    assert page.post(f"{root}/reject/", {"reason": "Old price"}).status_code == 302
    assert "Old price" in page.get(f"{root}/").content.decode()
    for step, state in (("submit", "approved"), ("archive", "archived"), ("restore", "draft")):
        assert page.post(f"{root}/do/{step}/").status_code == 302
        assert facade.creative(shop.caller(), view.id).state == state
    assert page.post(f"{root}/do/nothing/").status_code == 404


def test_words_are_written_and_changed(market: TwoTenants, client_of: ClientOf) -> None:
    shop = market.a.advertiser
    program = approved(market).program
    page = browser(client_of, shop)
    for kind in ("text", "native"):
        assert page.get(f"/{shop.slug}/creatives/{kind}/").status_code == 200
    answer = page.post(
        f"/{shop.slug}/creatives/text/", {"program": program, "headline": "Tents", "language": "sv"}
    )
    assert answer.status_code == 302
    changed = page.post(f"{answer['Location']}change/", {"headline": "Warm tents", "body": "Down to −20°."})
    assert changed.status_code == 302
    assert "Warm tents" in page.get(answer["Location"]).content.decode()
    native = page.post(
        f"/{shop.slug}/creatives/native/",
        {"program": program, "headline": "Tents", "sponsored_by": "Acme", "image": banner("a.png", image())},
    )
    assert native.status_code == 302
    assert page.get(f"{native['Location']}change/").status_code == 200
    assert page.post(f"/{shop.slug}/creatives/native/", {"program": program}).status_code == 422


def test_a_system_does_all_of_it(market: TwoTenants) -> None:
    program = approved(market).program
    shop = keyed(market.a.advertiser)
    made = shop.post(
        "/api/v1/creatives", {"program": program, "name": "Banner", "file": banner("a.png", image())}
    )
    assert made.status_code == 201
    number = made.json()["id"]
    assert made.json()["state"] == "draft"
    again = shop.post("/api/v1/creatives", {"program": program, "file": banner("b.png", image())})
    assert (again.status_code, again.json()["code"]) == (409, "duplicate")
    assert shop.post("/api/v1/creatives", {"program": program}).status_code == 422
    assert shop.post(f"/api/v1/creatives/{number}/submit").json()["state"] == "approved"
    changed = shop.patch(
        f"/api/v1/creatives/{number}", {"alt": "A tent", "language": "nb"}, content_type="application/json"
    )
    assert (changed.json()["alt"], changed.json()["name"]) == ("A tent", "Banner")
    text = shop.post(
        "/api/v1/creatives/texts",
        {"program": program, "headline": "Tents", "is_ready": True},
        content_type="application/json",
    )
    assert text.status_code == 201
    native = shop.post(
        "/api/v1/creatives/natives",
        {"program": program, "headline": "T", "sponsored_by": "A", "image": banner("a.png", image())},
    )
    assert native.status_code == 201, native.content
    blog = keyed(market.a.publisher)
    listed = blog.get("/api/v1/creatives?size=300x250").json()
    assert [one["id"] for one in listed["items"]] == [number]
    link = links.create_link(market.a.publisher.caller(), LinkDraft(program=program))
    code = blog.get(f"/api/v1/creatives/{number}/code?link={link.id}").json()
    assert link.key in code["code"]
    assert shop.post(f"/api/v1/creatives/{number}/archive").json()["state"] == "archived"
    assert shop.post(f"/api/v1/creatives/{number}/restore").json()["state"] == "draft"
    assert shop.post(f"/api/v1/creatives/{number}/approve").json()["is_shown"] is True
    refused = shop.post(
        f"/api/v1/creatives/{number}/reject", {"reason": "old"}, content_type="application/json"
    )
    assert refused.json()["reason"] == "old"


def test_an_upload_is_sent_twice_and_made_once(market: TwoTenants) -> None:
    program = approved(market).program
    shop = keyed(market.a.advertiser)

    def send() -> Any:
        body = io.BytesIO(image())
        body.name = "a.png"
        return shop.generic(
            "POST",
            "/api/v1/creatives",
            BODY % (program, body.read()),
            content_type="multipart/form-data; boundary=edge",
            headers={"Idempotency-Key": "once"},
        )

    first, second = send(), send()
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()


BODY = (
    b'--edge\r\nContent-Disposition: form-data; name="program"\r\n\r\n%d\r\n'
    b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n%b\r\n--edge--\r\n'
)


def test_who_may_not_is_told_no(market: TwoTenants, client_of: ClientOf) -> None:
    view = shown(market)
    blog = market.a.publisher
    assert browser(client_of, blog).get(f"/{blog.slug}/creatives/upload/").status_code == 404
    viewer = client_of(market.a.advertiser.users[Role.VIEWER])
    assert viewer.get(f"/{market.a.advertiser.slug}/creatives/upload/").status_code == 403
    other = browser(client_of, market.b.advertiser)
    assert other.get(f"/{market.b.advertiser.slug}/creatives/{view.id}/").status_code == 404


def test_the_operator_uploads_and_decides(market: TwoTenants, client_of: ClientOf) -> None:
    program = approved(market).program
    operator = market.operator.caller()
    view = facade.upload(operator, CreativeDraft(program=program), sent(image()))
    assert facade.approve(operator, view.id).state is State.APPROVED
    page = browser(client_of, market.operator)
    assert page.get(f"/{market.operator.slug}/creatives/?state=approved").status_code == 200
