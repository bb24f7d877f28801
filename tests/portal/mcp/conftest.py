"""A portal with orders, reports and an application that waits; and a host that speaks to `utfall mcp`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import override_settings

from tests.browser.serving import served
from tests.portal import database
from tests.portal.market import Tenant, TwoTenants
from tests.portal.mcp.hosting import Host, hosted
from tests.portal.programs.drafts import live
from tests.portal.reports import measured
from tests.portal.validation.conftest import Shop, shop_of
from utfall.portal.access import Permission
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import ApplicationDraft, State
from utfall.portal.people import facade as people
from utfall.portal.rest import limits
from utfall.portal.validation import facade as validation
from utfall.workers.follow import catch_up

settings: Any = django_settings
REFERENCES = ("A1", "A2", "A3", "A4", "A5", "A6")


@dataclass(frozen=True)
class World:
    """Where the portal answers, and what stands in it."""

    address: str
    market: TwoTenants
    shop: Shop
    program: int
    application: int
    joined: int
    """Another program, which the publisher works for."""

    def settle(self) -> None:
        """Settle whatever waits, and have it followed."""
        self.shop.settle()
        catch_up(Path(settings.SITE.book_path), print)

    def key(self, tenant: Tenant, *scopes: Permission) -> str:
        """The secret of a new key; without scopes, it may do everything."""
        return people.create_key(tenant.caller(), "assistant", scopes or tuple(tenant.caller().grants)).secret


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Side A has six orders and a measured lake; its publisher has applied to a program of
    its advertiser, and works for another.
    """
    market, before = database.fresh_market(), settings.SITE
    root = tmp_path_factory.mktemp("installation")
    folders = {f"{name}_dir": str(root / name) for name in ("journal", "lake", "keys")}
    settings.SITE = msgspec.structs.replace(before, book_path=str(root / "book.sqlite3"), **folders)
    cache.clear()
    shop = shop_of(market.a, REFERENCES)
    measured.fill(market)
    catch_up(Path(settings.SITE.book_path), print)
    program, joined = (
        live(market.a.advertiser.caller(), market.operator.caller(), name).id
        for name in ("Acme boots", "Acme coats")
    )
    waiting, other = (applied(market, one) for one in (program, joined))
    partners.decide(market.a.advertiser.caller(), other, State.APPROVED)
    limits.keys.forget()
    limits.addresses.forget()
    with served() as address, override_settings(ALLOWED_HOSTS=["localhost"]):
        yield World(address, market, shop, program, waiting, joined)
    measured.empty()
    validation.close()
    settings.SITE = before
    cache.clear()
    database.leave()


def applied(market: TwoTenants, program: int) -> int:
    """The application of A's publisher to a program."""
    draft = ApplicationDraft(program=program, promotion_types=("content",), message="We write about boots.")
    number = partners.apply(market.a.publisher.caller(), draft).application
    assert number is not None
    return number


@pytest.fixture(scope="module")
def advertiser(world: World) -> Iterator[Host]:
    """The assistant of A's advertiser, who may do everything."""
    with hosted(world.address, world.key(world.market.a.advertiser)) as host:
        yield host
