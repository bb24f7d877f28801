"""Files that are sent: nothing is read of what would be refused, and a large one may be sent again safely."""

from typing import Any

import pytest
from django.test import Client

from tests.portal.feeds.files import NAMES, table
from tests.portal.market import Tenant, TwoTenants
from tests.portal.partners.test_partnerships import approved
from utfall.portal.access import Permission, Role
from utfall.portal.access.pages import BODY_BYTES
from utfall.portal.feeds.opening import MAX_SENT
from utfall.portal.people import facade as people

FORM = "multipart/form-data; boundary=x"


class Unread:
    """A body that nobody may read."""

    def read(self, *size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def send(client: Client, address: str, size: int) -> int:
    """The status that a form of so many bytes is answered with, of which none may be read."""
    status: int = sent(client, address, size).status_code
    return status


def sent(client: Client, address: str, size: int) -> Any:
    told: dict[str, Any] = {"CONTENT_TYPE": FORM, "CONTENT_LENGTH": str(size), "wsgi.input": Unread()}
    return client.generic("POST", address, **told)


def page_client(tenant: Tenant, role: Role) -> Client:
    from utfall.portal.people.models import User

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.get(pk=tenant.users[role]))
    return browser


def key_client(tenant: Tenant, *scopes: Permission, **headers: str) -> Client:
    made = people.create_key(tenant.caller(), "test", scopes)
    return Client(headers={"Authorization": f"Bearer {made.secret}", **headers})


def test_a_page_refuses_before_a_file_is_read(market: TwoTenants) -> None:
    program, tenant = approved(market).program, market.a.advertiser
    address = f"/{tenant.slug}/programs/{program}/feed/upload/"
    assert send(Client(enforce_csrf_checks=True), address, 1000) == 302
    assert send(page_client(tenant, Role.VIEWER), address, 1000) == 403
    assert send(page_client(market.b.advertiser, Role.OWNER), address, 1000) == 404
    publisher = market.a.publisher
    there = f"/{publisher.slug}/programs/{program}/feed/upload/"
    assert send(page_client(publisher, Role.OWNER), there, 1000) == 404
    owner = page_client(tenant, Role.OWNER)
    assert send(owner, address, MAX_SENT + 1) == 413
    assert send(owner, f"/{tenant.slug}/programs/", BODY_BYTES) == 405
    with pytest.raises(AssertionError, match="the body was read"):
        send(owner, address, MAX_SENT)


def test_a_page_outside_of_organisations_takes_no_large_file(market: TwoTenants) -> None:
    client = Client(enforce_csrf_checks=True)
    assert send(client, "/account/login/", BODY_BYTES + 1) == 413
    said = sent(client, "/account/login/", BODY_BYTES + 1)
    assert "at most 5 MB" in said.content.decode()


def test_the_api_refuses_before_a_file_is_read(market: TwoTenants) -> None:
    program, tenant = approved(market).program, market.a.advertiser
    address = f"/api/v1/programs/{program}/feed/file"
    assert send(Client(), address, 1000) == 401
    named = {"Idempotency-Key": "k"}
    assert send(key_client(tenant, Permission.LOOK, **named), address, 1000) == 403
    assert send(key_client(market.a.publisher, Permission.LOOK, **named), address, 1000) == 404
    manager = key_client(tenant, Permission.LOOK, Permission.MANAGE, **named)
    assert send(manager, address, MAX_SENT + 1) == 413
    assert send(manager, f"/api/v1/programs/{program}/feed/fetch", BODY_BYTES + 1) == 413


def test_a_large_upload_is_sent_again_with_the_same_key(market: TwoTenants) -> None:
    """It is larger than what may be held in memory, and each time the form has another boundary."""
    program = approved(market).program
    browser = key_client(market.a.advertiser, Permission.LOOK, Permission.MANAGE)
    address = f"/api/v1/programs/{program}/feed/file"
    tent = ("Tent" * 60, "199 SEK", "https://acme.test/t", "https://cdn.test/1.jpg")
    rows = [(f"t-{n}", *tent) for n in range(22_000)]
    content = table(rows, names=NAMES[:5])
    assert len(content) > BODY_BYTES

    def upload(boundary: str, content: bytes) -> Any:
        head = 'Content-Disposition: form-data; name="file"; filename="f.csv"\r\nContent-Type: text/csv'
        body = b"\r\n".join([f"--{boundary}\r\n{head}\r\n".encode(), content, f"--{boundary}--\r\n".encode()])
        form = f"multipart/form-data; boundary={boundary}"
        return browser.post(address, body, content_type=form, headers={"Idempotency-Key": "feed-1"})

    first, again = upload("one", content), upload("two", content)
    assert (first.status_code, again.status_code) == (200, 200), first.content
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"
    other = upload("one", content + b"x")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
