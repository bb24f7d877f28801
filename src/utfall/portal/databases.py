"""Which tables live in which file: the book's in books, the projection of orders in its own, all others
in the portal's. What is a file here may be a schema of a PostgreSQL database; this is where they differ.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Final

from django.apps import apps
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.module_loading import module_has_submodule

BOOK: Final = "book"
CONVERSIONS: Final = "conversions"
APART: Final = frozenset({BOOK, CONVERSIONS})
"""Apps whose tables have a file of their own."""


class Databases:
    """Django's router. The book's own code names its database; nothing else ever looks into a book."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Django's choice: the projection has its file, all else the default, unless a query names one."""
        return CONVERSIONS if model._meta.app_label == CONVERSIONS else None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Whether an app's tables belong into a database."""
        holds: str = connections.settings[db].get("HOLDS", BOOK)
        return holds == app_label if holds in APART else app_label not in APART


def on_server(alias: str) -> bool:
    """Whether a database is a schema of a server's, and no file."""
    return connections[alias].vendor == "postgresql"


def is_made(alias: str) -> bool:
    """Whether a database has tables yet; asking makes nothing."""
    if on_server(alias):
        return bool(connections[alias].introspection.table_names())
    return Path(connections[alias].settings_dict["STANDS_FOR"]).exists()


def make_room(alias: str) -> None:
    """What must be there before the first table: nothing in a file; on a server, a schema."""
    if on_server(alias):
        wrapper: Any = connections[alias]
        wrapper.make_room()


def is_current(alias: str, *labels: str) -> bool:
    """Whether a database has the newest tables of these apps, or of all: then nothing is left to migrate.

    Django finds that out as well, after it has made the models of every migration there ever was.
    """
    applied = MigrationRecorder(connections[alias]).applied_migrations()
    return all(
        (label, name) in applied
        for label in labels or (app.label for app in apps.get_app_configs())
        for name in _migrations(label)
    )


def _migrations(label: str) -> Iterator[str]:
    """The names of an app's migrations."""
    app = apps.get_app_config(label)
    if app.module is not None and module_has_submodule(app.module, "migrations"):
        package = import_module(f"{app.name}.migrations")
        yield from (module.name for module in iter_modules(package.__path__) if module.name[0] not in "_~")


def learn(alias: str) -> None:
    """Let a database learn how its rows are spread, so that it picks the right index."""
    with connections[alias].cursor() as cursor:
        if on_server(alias):
            tables = connections[alias].introspection.table_names(cursor)
            cursor.execute(f"ANALYZE {', '.join(tables)}")
        else:
            cursor.execute("PRAGMA analysis_limit=1000")
            cursor.execute("PRAGMA optimize=0x10002")


@contextmanager
def one_view(alias: str) -> Iterator[None]:
    """What is read within is of one moment; nobody who writes waits, as for a transaction of Django's."""
    wrapper: Any = connections[alias]
    if wrapper.in_atomic_block:
        yield
        return
    wrapper.ensure_connection()
    if on_server(alias):
        wrapper.begin_view()
    else:
        wrapper.connection.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        wrapper.connection.execute("ROLLBACK")
