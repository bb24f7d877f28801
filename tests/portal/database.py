"""The portal's database in tests: made once, kept as files, and copied fresh for every test.

fresh()                   # the tables, empty
tenants = fresh_market()  # two whole tenants (tests/portal/market.py)
"""

import shutil
from functools import cache
from pathlib import Path

from django.core.cache import cache as stored
from django.db import connections

from tests.portal.market import TwoTenants, build
from utfall.portal import site


def fresh() -> None:
    """Begin with tables that hold nothing, whatever was written since."""
    _put_back(_empty())


def fresh_market() -> TwoTenants:
    """Begin with two tenants who know nothing of each other."""
    kept, tenants = _filled()
    _put_back(kept)
    return tenants


def leave() -> None:
    """Close this thread's connection."""
    connections["default"].close()


@cache
def _empty() -> Path:
    leave()
    for rest in ("", "-wal", "-shm"):
        _database().with_name(_database().name + rest).unlink(missing_ok=True)
    site.migrate()
    return _keep("empty.sqlite3")


@cache
def _filled() -> tuple[Path, TwoTenants]:
    fresh()
    tenants = build()
    return _keep("filled.sqlite3"), tenants


def _database() -> Path:
    return Path(site.site().database_path)


def _keep(name: str) -> Path:
    """A copy of the database as it now is, in one file."""
    with connections["default"].cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    leave()
    kept = _database().with_name(name)
    shutil.copyfile(_database(), kept)
    return kept


def _put_back(kept: Path) -> None:
    leave()
    database = _database()
    for rest in ("-wal", "-shm"):
        database.with_name(database.name + rest).unlink(missing_ok=True)
    shutil.copyfile(kept, database)
    stored.clear()
