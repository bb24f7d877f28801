"""An installation with a book of its own, and orders in it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.portal.market import Side, TwoTenants
from tests.portal.tracking.settled import Traffic, happen
from utfall.portal.site import SiteConfig
from utfall.workers.follow import catch_up

Happen = Callable[..., Traffic]


@pytest.fixture
def a(market: TwoTenants) -> Side:
    """The side whose orders are looked at."""
    return market.a


@pytest.fixture
def follow(own_site: SiteConfig) -> Callable[[], int]:
    """Reads whatever the book has more."""
    return lambda: catch_up(Path(own_site.book_path), print)


@pytest.fixture
def order_of(own_site: SiteConfig, follow: Callable[[], int]) -> Happen:
    """A click and an order of a side, settled and followed."""

    def happened(side: Side) -> Traffic:
        traffic = happen(side, stream=f"edge-{side.advertiser.number}")
        follow()
        return traffic

    return happened
