"""A journal and a book of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections

from utfall.portal.site import SiteConfig

settings: Any = django_settings
"""The installation is a setting of ours, of which Django knows nothing."""


@pytest.fixture
def own_site(tmp_path: Path) -> Iterator[SiteConfig]:
    """The installation with a journal, a book and a lake that begin anew."""
    before = settings.SITE
    settings.SITE = msgspec.structs.replace(
        before,
        journal_dir=str(tmp_path / "journal"),
        book_path=str(tmp_path / "book.sqlite3"),
        lake_dir=str(tmp_path / "lake"),
        keys_dir=str(tmp_path / "keys"),
    )
    cache.clear()
    yield settings.SITE
    if settings.SITE.book_path in connections.settings:
        connections[settings.SITE.book_path].close()
    settings.SITE = before
    cache.clear()
