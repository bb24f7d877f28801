"""The portal's databases in tests: made once, kept as files, and copied fresh for every test.

fresh()                   # the tables, empty
tenants = fresh_market()  # two whole tenants (tests/portal/market.py)
"""

import shutil
from functools import cache
from pathlib import Path
from typing import Final

from django.core.cache import cache as stored
from django.db import connections

from tests.portal.market import TwoTenants, build
from utfall.portal import site

FILES: Final = ("default", "conversions")
"""The portal's databases; a book is opened where a test wants one."""


def fresh() -> None:
    """Begin with tables that hold nothing, whatever was written since."""
    _put_back(_empty())


def fresh_market() -> TwoTenants:
    """Begin with two tenants who know nothing of each other."""
    kept, tenants = _filled()
    _put_back(kept)
    return tenants


def leave() -> None:
    """Close this thread's connections."""
    for alias in FILES:
        connections[alias].close()


@cache
def _empty() -> str:
    leave()
    for alias in FILES:
        _remove(alias)
    site.migrate()
    return _keep("empty")


@cache
def _filled() -> tuple[str, TwoTenants]:
    fresh()
    tenants = build()
    return _keep("filled"), tenants


def _file(alias: str) -> Path:
    return Path(connections.settings[alias]["NAME"])


def _kept(alias: str, name: str) -> Path:
    return _file(alias).with_name(f"{name}-{alias}.sqlite3")


def _remove(alias: str) -> None:
    for rest in ("", "-wal", "-shm"):
        _file(alias).with_name(_file(alias).name + rest).unlink(missing_ok=True)


def _keep(name: str) -> str:
    """Copies of the databases as they now are, each in one file."""
    for alias in FILES:
        with connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    leave()
    for alias in FILES:
        shutil.copyfile(_file(alias), _kept(alias, name))
    return name


def _put_back(name: str) -> None:
    leave()
    for alias in FILES:
        _remove(alias)
        shutil.copyfile(_kept(alias, name), _file(alias))
    stored.clear()
