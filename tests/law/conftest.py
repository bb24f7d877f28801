"""The laws of the portal stand on the market of its tests, with an object of every kind on both sides."""

from collections.abc import Iterator, Mapping
from functools import cache
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


@cache
def laid_out() -> tuple[str, TwoTenants, Objects]:
    """The market with everything in it, made once, as files to begin with."""
    import_module(settings.ROOT_URLCONF)
    assert all_pages(), "no page is registered"
    market = database.fresh_market()
    objects = Objects(objects_of(market, market.a), objects_of(market, market.b))
    return database._keep("laid-out"), market, objects


@pytest.fixture
def market() -> Iterator[TwoTenants]:
    """The two tenants, with all their objects."""
    kept, market, _objects = laid_out()
    database._put_back(kept)
    yield market
    database.leave()


@pytest.fixture
def objects() -> Objects:
    """What there is, by the name routes give it."""
    return laid_out()[2]
