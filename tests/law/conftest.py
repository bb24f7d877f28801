"""The laws of the portal stand on the market of its tests, with an object of every kind on both sides."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import NamedTuple

import pytest
from django.conf import settings

from tests.law.visits import parameters_of
from tests.portal import database
from tests.portal.market import TwoTenants
from tests.portal.objects import objects_of
from utfall.portal.access import all_pages


class Objects(NamedTuple):
    """One object of every kind, of both sides."""

    own: Mapping[str, int | str]
    foreign: Mapping[str, int | str]

    def are_owned(self, route: str) -> bool:
        """Whether a route names anything that belongs to one side and not to the other."""
        return any(self.own.get(name) != self.foreign.get(name) for name in parameters_of(route))


def laid_out() -> tuple[TwoTenants, Objects]:
    """Begin with the market and everything in it; what there is, by the name routes give it."""
    import_module(settings.ROOT_URLCONF)
    assert all_pages(), "no page is registered"
    found: tuple[TwoTenants, Objects] = database.put_back("laid-out", _lay_out)
    return found


def _lay_out() -> tuple[TwoTenants, Objects]:
    market = database.fresh_market()
    return market, Objects(objects_of(market, market.a), objects_of(market, market.b))


@pytest.fixture
def laid() -> Iterator[tuple[TwoTenants, Objects]]:
    """The market, laid out anew."""
    yield laid_out()
    database.leave()


@pytest.fixture
def market(laid: tuple[TwoTenants, Objects]) -> TwoTenants:
    """The two tenants, with all their objects."""
    return laid[0]


@pytest.fixture
def objects(laid: tuple[TwoTenants, Objects]) -> Objects:
    """What there is, by the name routes give it."""
    return laid[1]
