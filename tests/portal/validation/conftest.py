"""A side of the market with orders to decide about, in a journal and a book of the test's own."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings

from tests.portal.market import Side, TwoTenants
from tests.portal.tracking.settled import append, click_of, new_id, sale_of, settle
from utfall.events import Line
from utfall.portal.access import Caller, Role
from utfall.portal.book import facade as book
from utfall.portal.site import SiteConfig, site
from utfall.portal.validation import facade

settings: Any = django_settings


@pytest.fixture
def own_site(own_site: SiteConfig, tmp_path: Path) -> Iterator[SiteConfig]:
    """The same with terms of its own; the writer lets go of its journal before it goes."""
    settings.SITE = msgspec.structs.replace(own_site, snapshots_dir=str(tmp_path / "snapshots"))
    yield settings.SITE
    facade.close()


@dataclass(frozen=True)
class Shop:
    """A side, and its orders by reference: their numbers."""

    side: Side
    orders: dict[str, int]

    def caller(self, role: Role = Role.FINANCE) -> Caller:
        """Somebody of the advertiser's."""
        return self.side.advertiser.caller(role)

    def settle(self) -> None:
        """Settle whatever waits, and note the outcomes."""
        settle(self.side)
        facade.follow()

    def status(self, reference: str) -> str:
        """Where an order stands in the book."""
        found = book.open_book(Path(site().book_path), migrate=False)
        row = book.conversion(found, self.side.advertiser.number, "sale", reference)
        book.close_book(found)
        return row.status


def shop_of(side: Side, references: tuple[str, ...], lines: tuple[Line, ...] = ()) -> Shop:
    """Orders of a side, each earned by a click of its publisher; settled."""
    now = time.time_ns() // 1_000_000
    click = click_of(side, now - 60_000)
    sales = [sale_of(side, reference, now - 3000, click=click) for reference in references]
    if lines:
        sales = [msgspec.structs.replace(sale, lines=lines, id=new_id(now)) for sale in sales]
    append(click, *sales)
    settle(side)
    found = book.open_book(Path(site().book_path), migrate=False)
    numbers = {one: book.conversion(found, side.advertiser.number, "sale", one).id for one in references}
    book.close_book(found)
    return Shop(side, numbers)


@pytest.fixture
def shop(own_site: SiteConfig, market: TwoTenants) -> Shop:
    """Side A with five orders of one line."""
    return shop_of(market.a, ("A1", "A2", "A3", "A4", "A5"))


@pytest.fixture
def basket(own_site: SiteConfig, market: TwoTenants) -> Shop:
    """Side A with two orders of three lines: 300, 200 and 100 SEK."""
    lines = tuple(Line(amount_micros=amount * 1_000_000, sku=f"s{amount}") for amount in (300, 200, 100))
    return shop_of(market.a, ("B1", "B2"), lines)
