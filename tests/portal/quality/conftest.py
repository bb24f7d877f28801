"""The demo's small market, told once for all tests of a module that only look at it."""

from collections.abc import Iterator

import msgspec
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections

from tests.portal import database
from tests.portal.quality import planted
from utfall.demo.simulation import World
from utfall.portal.quality import facade


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The market after the first look at it."""
    root, before = tmp_path_factory.mktemp("planted"), django_settings.SITE
    places = {f"{name}_dir": str(root / name) for name in ("journal", "lake", "keys")}
    django_settings.SITE = msgspec.structs.replace(before, book_path=str(root / "book.sqlite3"), **places)
    cache.clear()
    database.fresh()
    whole = planted.world()
    planted.tell(whole)
    facade.review_all(whole.truth.until)
    yield whole
    database.leave()
    connections[django_settings.SITE.book_path].close()
    django_settings.SITE = before
    cache.clear()
