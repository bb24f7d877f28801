"""Django's settings. Only the path of the book differs between installations, and `setup` supplies it.

As a settings module it serves tools that want one: the type checker, and `django-admin` for migrations.
"""

from pathlib import Path
from typing import Any, Final

INSTALLED_APPS: Final = ["utfall.portal.book"]
USE_TZ: Final = True
TIME_ZONE: Final = "UTC"
DEFAULT_AUTO_FIELD: Final = "django.db.models.BigAutoField"

DURABLE: Final = (
    "PRAGMA page_size=8192",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=30000",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA cache_size=-65536",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA wal_autocheckpoint=4000",
)
"""A commit is on the disk when it returns. Recursive triggers: what a REPLACE deletes is guarded as well.
A page holds three receipts; in one of 4 KiB stands a single one, and half of it is empty."""

REBUILDABLE: Final = (*DURABLE, "PRAGMA synchronous=OFF")
"""For a book that is rebuilt from the journal and thrown away if that is interrupted."""


def database(path: Path, pragmas: tuple[str, ...] = DURABLE) -> dict[str, Any]:
    """One book as Django describes a database. Writing transactions take the lock at once (IMMEDIATE)."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": ";".join(pragmas)},
    }


DATABASES: Final = {"default": database(Path("var") / "book.sqlite3")}
