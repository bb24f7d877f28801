"""The portal under test: real tables in a real file, copied fresh for every test.

portal        the tables, empty
market        two whole tenants, A and B (tests/portal/market.py)
client_of     a browser's session for a user, or for somebody who is not signed in
"""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from tests.portal import database
from tests.portal.market import TwoTenants
from utfall.portal import site
from utfall.portal.site import SiteConfig

ClientOf = Callable[..., Client]


@pytest.fixture
def portal() -> Iterator[SiteConfig]:
    """The portal's database with its tables and nothing in them."""
    database.fresh()
    yield site.site()
    database.leave()


@pytest.fixture
def market() -> Iterator[TwoTenants]:
    """The portal with two tenants who know nothing of each other."""
    yield database.fresh_market()
    database.leave()


@pytest.fixture
def client_of() -> ClientOf:
    """A test client; signed in where a user is named by key."""

    def client(user: int | None = None, **headers: str) -> Client:
        from utfall.portal.people.models import User

        browser = Client(headers=headers or None)
        if user is not None:
            browser.force_login(User.objects.get(pk=user))
        return browser

    return client
