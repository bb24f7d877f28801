"""Bringing the portal's tables from their file into a PostgreSQL database: every row as it is, or none.

    setup_site(config); migrate()      # the tables are there, and empty
    rows = move(path)                  # of the file

The book and the list of orders are not copied: they are made again of the journal.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, router, transaction
from django.db.models import Model

from utfall.portal.settings import database

INTO: Final = "default"
_FROM: Final = "moved from"
_AT_ONCE: Final = 1_000
_MADE_BY_MIGRATIONS: Final = frozenset({"django_content_type", "auth_permission"})
"""Tables that are not empty in a new database; what they hold is numbered as in the file."""


class NotEmpty(Exception):
    """Somebody works with this database already: nothing is written over."""


def move(path: Path) -> int:
    """Copy all tables of the portal's file into the database of this process; how many rows that were."""
    _know(path)
    models = [
        model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and router.allow_migrate_model(INTO, model)
    ]
    try:
        with transaction.atomic(using=INTO):
            _empty(models)
            rows = sum(map(_copy, models))
            _number_on(models)
    finally:
        connections[_FROM].close()
    return rows


def _know(path: Path) -> None:
    """The file among the databases, its tables as new as those that it is copied into."""
    made = database(path, holds="portal")
    connections.settings[_FROM] = connections.configure_settings({INTO: {}, _FROM: made})[_FROM]
    call_command("migrate", database=_FROM, verbosity=0)


def _empty(models: list[type[Model]]) -> None:
    """Refuse a database in use; what the migrations wrote gives way to what the file has."""
    with connections[INTO].cursor() as cursor:
        for model in models:
            table = model._meta.db_table
            if table in _MADE_BY_MIGRATIONS:
                continue
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')
            if cursor.fetchone() is not None:
                raise NotEmpty(f"the table {table} is not empty")
        for table in sorted(_MADE_BY_MIGRATIONS):
            cursor.execute(f'DELETE FROM "{table}"')


def _copy(model: type[Model]) -> int:
    """The rows of one table, in the order of their numbers."""
    fields = model._meta.concrete_fields
    names = ", ".join(f'"{field.column}"' for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})'
    into, count = connections[INTO], 0
    rows = _rows(model, [field.attname for field in fields])
    with into.cursor() as cursor:
        while chunk := list(islice(rows, _AT_ONCE)):
            stored = [
                [field.get_db_prep_save(value, into) for field, value in zip(fields, row, strict=True)]
                for row in chunk
            ]
            cursor.executemany(statement, stored)
            count += len(chunk)
    return count


def _rows(model: type[Model], names: list[str]) -> Iterator[tuple[Any, ...]]:
    found = model._base_manager.using(_FROM).order_by("pk").values_list(*names)
    return found.iterator(chunk_size=_AT_ONCE)


def _number_on(models: list[type[Model]]) -> None:
    """New rows are numbered after those that were copied."""
    with connections[INTO].cursor() as cursor:
        for statement in connections[INTO].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
