"""The code that publishers copy, in a real browser before a real edge: it shows, it counts, it leads on."""

import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.portal.creatives.files import GOOD, image, packed, sent
from tests.portal.market import TwoTenants
from tests.portal.partners.test_partnerships import approved
from tests.ports import free_port
from tests.scenarios.running_edge import Edge, running, small_market
from utfall.portal.creatives import facade
from utfall.portal.creatives.contracts import CreativeDraft
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.site import site
from utfall.terms import Link

TURNS = 100


@pytest.fixture
def edge(tmp_path: Path) -> Iterator[Edge]:
    Path(site().media_dir).mkdir(parents=True, exist_ok=True)
    with running(tmp_path, free_port(), market=small_market(), media_dir=site().media_dir) as edge:
        yield edge


def path_of(address: str) -> str:
    return address.removeprefix(site().public_url)


def test_what_is_uploaded_is_served_as_it_is(market: TwoTenants, edge: Edge) -> None:
    program = approved(market).program
    caller = market.a.advertiser.caller()
    banner = facade.upload(caller, CreativeDraft(program=program), sent(image("WEBP"), "a.webp"))
    answer = edge.get(path_of(banner.address))
    assert (answer.status, answer.headers["content-type"], len(answer.body)) == (
        200,
        "image/webp",
        banner.bytes,
    )
    ad = facade.upload(caller, CreativeDraft(program=program), sent(packed(GOOD), "ad.zip"))
    page = edge.get(path_of(ad.address))
    assert page.body == GOOD["index.html"]
    assert "sandbox" in page.headers["content-security-policy"]
    assert edge.get(path_of(ad.address).replace("index.html", "style.css")).body == GOOD["style.css"]


def test_the_code_counts_views_and_clicks(market: TwoTenants, edge: Edge) -> None:
    program = approved(market).program
    caller, publisher = market.a.advertiser.caller(), market.a.publisher.caller()
    banner = facade.upload(caller, CreativeDraft(program=program, is_ready=True), sent(image()))
    link = links.create_link(publisher, LinkDraft(program=program, subs=("top",)))
    base = small_market()
    here = Link(id=link.id, key=link.key, program=10, publisher=5, destination=link.destination)
    edge.publish(msgspec.structs.replace(base, links=(*base.links, here)))
    found = facade.snippet(publisher, banner.id, link.id)
    assert found.code.count(site().public_url) == 3
    pixel = edge.get(path_of(found.pixel_address))
    for _turn in range(TURNS):
        if pixel.status != 200:  # the edge looks for a new snapshot every 50 ms
            time.sleep(0.05)
            pixel = edge.get(path_of(found.pixel_address))
    assert pixel.headers["content-type"] == "image/gif"
    click = edge.get(path_of(found.click_address))
    assert (click.status, click.headers["location"].startswith("https://acme.test")) == (302, True)
    kinds = [type(event).__name__ for event in edge.events()]
    assert "Impression" in kinds
    assert "Click" in kinds
