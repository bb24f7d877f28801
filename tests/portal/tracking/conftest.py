"""An edge that answers for the portal under test, and a journal and a book that begin anew."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings

from tests.portal.market import Side, TwoTenants
from tests.scenarios.running_edge import Edge, digest, running
from utfall.portal.site import SiteConfig
from utfall.terms import Advertiser, ApiKey, Link, Market, Program, ProgramTerms, Publisher, Zone

settings: Any = django_settings
"""The installation is a setting of ours, of which Django knows nothing."""
SECRET = "the postback's secret"
KEY = "a key of the shop's"


StartEdge = Callable[..., Edge]


@pytest.fixture
def edge_of(own_site: SiteConfig, free_port: int, tmp_path: Path) -> Iterator[StartEdge]:
    """Starts a real edge for one side of the market, writing into the portal's journal."""
    contexts = []

    def start(side: Side, *, with_secret: bool = False, accepts_pixel: bool = True) -> Edge:
        market = edge_market(side, with_secret=with_secret, accepts_pixel=accepts_pixel)
        context = running(tmp_path, free_port, market=market)
        edge = context.__enter__()
        contexts.append(context)
        settings.SITE = msgspec.structs.replace(
            own_site, public_url=f"http://127.0.0.1:{free_port}", snapshots_dir=edge.config.snapshots_dir
        )
        return edge

    yield start
    for context in contexts:
        context.__exit__(None, None, None)


def edge_market(side: Side, *, with_secret: bool, accepts_pixel: bool) -> Market:
    """One program of the side's advertiser, and a link of its publisher."""
    terms = (ProgramTerms(version=1, effective_from=0),)
    number = side.advertiser.number
    return Market(
        zones=(Zone("UTC", (0,), (0,)),),
        advertisers=(
            Advertiser(
                id=number,
                name=side.advertiser.name,
                postback_digest=digest(SECRET) if with_secret else None,
                accepts_pixel=accepts_pixel,
            ),
        ),
        publishers=(Publisher(id=side.publisher.number, name=side.publisher.name),),
        programs=(
            Program(id=10, advertiser=number, name="Shop SE", currency="SEK", zone="UTC", versions=terms),
        ),
        links=(
            Link(
                id=100,
                key="abc",
                program=10,
                publisher=side.publisher.number,
                destination="https://shop.example/start",
            ),
        ),
        keys=(ApiKey(digest=digest(KEY), name="Shop", advertiser=number),),
    )


@pytest.fixture
def a(market: TwoTenants) -> Side:
    """The side whose pages are looked at."""
    return market.a
