"""The pages of links and codes, as their people use them."""

from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.portal.conftest import ClientOf
from tests.portal.links.test_links import made
from tests.portal.market import TwoTenants
from tests.portal.partners.test_partnerships import approved
from tests.unit.lake.worlds import COUNTED, lake_of, touch, touches
from utfall.portal.access import Role
from utfall.portal.access.times import to_ms
from utfall.portal.links import facade
from utfall.portal.links.contracts import Health
from utfall.portal.links.models import Link
from utfall.portal.site import SiteConfig


def publisher_of(market: TwoTenants, client_of: ClientOf) -> tuple[Client, str]:
    tenant = market.a.publisher
    return client_of(tenant.users[Role.OWNER]), f"/{tenant.slug}"


def test_a_newcomer_is_led_to_the_first_link(market: TwoTenants, client_of: ClientOf) -> None:
    client, home = publisher_of(market, client_of)
    page = client.get(f"{home}/links/")
    assert page.status_code == 200
    assert b"Your first link" in page.content
    assert b"No program has approved you yet" in client.get(f"{home}/links/new/").content


def test_a_link_is_built_and_shown_with_its_code(market: TwoTenants, client_of: ClientOf) -> None:
    view = approved(market)
    client, home = publisher_of(market, client_of)
    answer = client.post(
        f"{home}/links/new/",
        {"program": view.program, "name": "Start", "subs": "autumn\nleft", "template": "utm_source=utfall"},
    )
    assert answer.status_code == 302
    (link,) = facade.links(market.a.publisher.caller()).items
    assert (link.subs, link.template) == (("autumn", "left"), (("utm_source", "utfall"),))
    page = client.get(answer["Location"])
    assert link.address.replace("&", "&amp;").encode() in page.content
    assert client.get(f"{home}/links/{link.id}/qr.svg")["Content-Type"] == "image/svg+xml"
    assert client.get(f"{home}/links/{link.id}/qr.png").content.startswith(b"\x89PNG")


def test_what_is_wrong_stands_at_its_field(market: TwoTenants, client_of: ClientOf) -> None:
    view = approved(market)
    client, home = publisher_of(market, client_of)
    page = client.post(
        f"{home}/links/new/", {"program": view.program, "destination": "https://elsewhere.test/"}
    )
    assert page.status_code == 422
    assert b"elsewhere.test is not one of this program" in page.content


def test_a_link_is_changed_ended_and_revived(market: TwoTenants, client_of: ClientOf) -> None:
    link = made(market)
    client, home = publisher_of(market, client_of)
    page = f"{home}/links/{link.id}"
    assert client.get(f"{page}/change/").status_code == 200
    assert client.post(f"{page}/change/", {"name": "Renamed", "subs": ""}).status_code == 302
    assert facade.link(market.a.publisher.caller(), link.id).name == "Renamed"
    client.post(f"{page}/end/")
    assert facade.link(market.a.publisher.caller(), link.id).ends_at is not None
    client.post(f"{page}/revive/")
    assert facade.link(market.a.publisher.caller(), link.id).ends_at is None


def test_many_links_are_saved_as_a_file(market: TwoTenants, client_of: ClientOf) -> None:
    view = approved(market)
    client, home = publisher_of(market, client_of)
    lines = "https://acme.test/tents;=Tents\nhttps://elsewhere.test/\n"
    page = client.post(f"{home}/links/many/", {"program": view.program, "pages": lines})
    assert b"1 link was made" in page.content
    file = client.post(f"{home}/links/many/", {"program": view.program, "pages": lines, "file": "csv"})
    content = b"".join(file)
    rows = content.decode("utf-8-sig").splitlines()
    assert rows[0] == "destination,name,address,problem"
    assert rows[1].startswith("https://acme.test/tents,'=Tents,http")
    assert "is not one of" in rows[2]
    again = {"program": view.program, "table": SimpleUploadedFile("links.csv", content)}
    assert client.post(f"{home}/links/many/", again).status_code == 200
    names = [one.name for one in facade.links(market.a.publisher.caller()).items]
    assert names.count("=Tents") == 3, "typed twice, and read back from the file as it was typed"


def test_many_links_are_made_from_a_table(market: TwoTenants, client_of: ClientOf) -> None:
    view = approved(market)
    client, home = publisher_of(market, client_of)
    rows = 'page;name\nhttps://acme.test/a;"Tents; large"\nhttps://elsewhere.test/;Other\n'
    table = SimpleUploadedFile("pages.csv", rows.encode("utf-8-sig"))
    told = {"program": view.program, "pages": "https://acme.test/b", "table": table}
    page = client.post(f"{home}/links/many/", told)
    assert b"2 links were made" in page.content
    names = {one.name for one in facade.links(market.a.publisher.caller()).items}
    assert "Tents; large" in names


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({}, b"Write an address, or choose a file."),
        ({"table": SimpleUploadedFile("x.csv", b"\xff\xfe\x00")}, b"The file is no CSV in UTF-8."),
        ({"pages": "https://acme.test/a\n" * 1001}, b"At most 1000 lines at once."),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(
    market: TwoTenants, client_of: ClientOf, told: dict[str, Any], words: bytes
) -> None:
    view = approved(market)
    client, home = publisher_of(market, client_of)
    page = client.post(f"{home}/links/many/", {"program": view.program, **told})
    assert page.status_code == 422
    assert words in page.content


def test_an_address_fills_the_builder_in_and_names_the_sites(market: TwoTenants, client_of: ClientOf) -> None:
    view = approved(market)
    client, home = publisher_of(market, client_of)
    page = client.get(f"{home}/links/new/?program={view.program}&destination=https://acme.test/tents")
    assert b'value="https://acme.test/tents"' in page.content
    assert f'value="{view.program}" selected'.encode() in page.content
    assert b"<code>acme.test</code>" in page.content
    assert b"<code>acme.test</code>" in client.get(f"{home}/links/sites/?program={view.program}").content
    assert b"<code>" not in client.get(f"{home}/links/sites/?program=x").content
    assert b"You take no part" in client.get(f"{home}/links/new/?program=987654").content


def test_a_link_shows_its_clicks_of_thirty_days(
    market: TwoTenants, client_of: ClientOf, own_site: SiteConfig
) -> None:
    link = made(market)
    client, home = publisher_of(market, client_of)
    assert b"None in the last 30 days" in client.get(f"{home}/links/{link.id}/").content
    cache.clear()
    now = to_ms(timezone.now())
    place: dict[str, Any] = {
        "advertiser": link.advertiser,
        "program": link.program,
        "publisher": link.publisher,
    }
    clicks = [touch("click", n, at=now, link=link.id, **place) for n in range(3)]
    clicks.append(touch("click", 9, at=now, link=link.id + 1, **place))
    lake_of(Path(own_site.lake_dir), touches([(one, COUNTED) for one in clicks]))
    days = facade.clicks(market.a.publisher.caller(), link.id)
    assert len(days) == 30
    assert sum(one.clicks for one in days) == 3
    assert b'class="clicks-total">3<' in client.get(f"{home}/links/{link.id}/").content


def test_a_deep_link_is_made_on_the_page(market: TwoTenants, client_of: ClientOf) -> None:
    link = made(market)
    client, home = publisher_of(market, client_of)
    page = client.post(f"{home}/links/{link.id}/deep/", {"destination": "https://acme.test/tents"})
    assert b"url=https%3A%2F%2Facme.test%2Ftents" in page.content
    wrong = client.post(f"{home}/links/{link.id}/deep/", {"destination": "https://elsewhere.test/"})
    assert wrong.status_code == 422


def test_a_destination_nobody_answers_at_is_shown(market: TwoTenants, client_of: ClientOf) -> None:
    link = made(market)
    client, home = publisher_of(market, client_of)
    client.post(f"{home}/links/{link.id}/check/")
    assert facade.link(market.a.publisher.caller(), link.id).health is Health.UNREACHABLE
    assert link.name.encode() in client.get(f"{home}/links/?state=broken").content


def test_a_name_for_examples_is_said_to_be_unchecked_and_not_broken(
    market: TwoTenants, client_of: ClientOf
) -> None:
    link = made(market)
    Link.objects.system().filter(pk=link.id).update(destination="https://shop.acme.example/boots")
    client, home = publisher_of(market, client_of)
    client.post(f"{home}/links/{link.id}/check/")
    assert facade.link(market.a.publisher.caller(), link.id).health is Health.RESERVED
    page = client.get(f"{home}/links/{link.id}/").content
    assert b"reserved for examples" in page
    assert b"Needs a look" not in page
    assert link.name.encode() not in client.get(f"{home}/links/?state=broken").content


def test_a_code_is_given_out_and_ended(market: TwoTenants, client_of: ClientOf) -> None:
    view = approved(market)
    tenant = market.a.advertiser
    client, home = client_of(tenant.users[Role.MANAGER]), f"/{tenant.slug}"
    told = {"program": view.program, "publisher": view.publisher, "code": "HOST20"}
    assert client.post(f"{home}/codes/new/", told).status_code == 302
    assert client.post(f"{home}/codes/new/", told).status_code == 422
    (code,) = facade.codes(tenant.caller()).items
    assert b"HOST20" in client.get(f"{home}/codes/").content
    client.post(f"{home}/codes/{code.id}/end/")
    assert facade.codes(tenant.caller()).items == []


@pytest.mark.parametrize("page", ["codes/", "links/", "domains/"])
def test_every_kind_has_its_page(market: TwoTenants, client_of: ClientOf, page: str) -> None:
    for tenant in (market.a.advertiser, market.a.publisher):
        client = client_of(tenant.users[Role.OWNER])
        assert client.get(f"/{tenant.slug}/{page}").status_code == 200


def test_a_domain_is_added_and_its_problem_named(market: TwoTenants, client_of: ClientOf) -> None:
    client, home = publisher_of(market, client_of)
    assert client.post(f"{home}/domains/", {"host": "go.acme.invalid"}).status_code == 302
    (domain,) = facade.domains(market.a.publisher.caller())
    client.post(f"{home}/domains/{domain.id}/check/")
    assert b"leads nowhere yet" in client.get(f"{home}/domains/").content
    assert client.post(f"{home}/domains/", {"host": "not a host"}).status_code == 422
    client.post(f"{home}/domains/{domain.id}/remove/")
    assert facade.domains(market.a.publisher.caller()) == []
