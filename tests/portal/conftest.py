"""The portal under test: real tables in a real file, copied fresh for every test.

portal        the tables, empty
market        two whole tenants, A and B (tests/portal/market.py)
own_site      the installation with a journal, a book and a lake that begin anew
client_of     a browser's session for a user, or for somebody who is not signed in
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections
from django.test import Client

from tests.portal import database
from tests.portal.market import TwoTenants
from utfall.portal import keep_on_server, site
from utfall.portal.site import SiteConfig

ClientOf = Callable[..., Client]
settings: Any = django_settings
"""The installation is a setting of ours, of which Django knows nothing."""


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
def own_site(tmp_path: Path) -> Iterator[SiteConfig]:
    """The installation with a journal, a book, a lake and keys of the test's own."""
    before = settings.SITE
    settings.SITE = msgspec.structs.replace(
        before,
        journal_dir=str(tmp_path / "journal"),
        book_path=str(tmp_path / "book.sqlite3"),
        lake_dir=str(tmp_path / "lake"),
        keys_dir=str(tmp_path / "keys"),
    )
    cache.clear()
    if before.server:
        keep_on_server(Path(settings.SITE.book_path), _own_book(before.server))
    yield settings.SITE
    if settings.SITE.book_path in connections.settings:
        connections[settings.SITE.book_path].close()
    settings.SITE = before
    cache.clear()


def _own_book(server: str) -> str:
    """The URL of a database for the book of one test."""
    from tests.postgres import begin_with, name_of, named

    url = named(server, f"{name_of(server)}_book")
    begin_with(url)
    return url


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
