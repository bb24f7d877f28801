"""The tables are what the models say, and migrations leave nothing out."""

from pathlib import Path

from django.core.management import call_command
from django.db import connections, models

from utfall.portal import setup
from utfall.portal.book import facade
from utfall.portal.book.canonical import TABLES

TRANSIENT = {"book_fence", "book_outbox"}


def described(path: Path) -> dict[str, type[models.Model]]:
    setup(path)
    from django.apps import apps

    return {model._meta.db_table: model for model in apps.get_app_config("book").get_models()}


def test_every_table_has_the_columns_of_its_model(tmp_path: Path) -> None:
    book = facade.open_book(tmp_path / "book.sqlite3")
    with connections[book.alias].cursor() as cursor:
        for table, model in described(book.path).items():
            cursor.execute(f"SELECT name, type, \"notnull\" FROM pragma_table_info('{table}') ORDER BY name")
            found = [(name, bool(required)) for name, _, required in cursor.fetchall()]
            fields = [field for field in model._meta.local_fields if field.column is not None]
            assert found == sorted((str(field.column), not field.null) for field in fields), table
    facade.close_book(book)


def test_every_table_is_part_of_the_canonical_dump_or_transient(tmp_path: Path) -> None:
    assert set(described(tmp_path / "book.sqlite3")) == set(TABLES) | TRANSIENT


def test_no_migration_is_missing(tmp_path: Path) -> None:
    setup(tmp_path / "book.sqlite3")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_what_a_payout_exchanged_is_found_by_an_index(tmp_path: Path) -> None:
    book = facade.open_book(tmp_path / "book.sqlite3")
    with connections[book.alias].cursor() as cursor:
        cursor.execute("EXPLAIN QUERY PLAN SELECT * FROM book_exchange WHERE paid_by = 1")
        plan = " ".join(row[3] for row in cursor.fetchall())
    facade.close_book(book)
    assert "USING INDEX book_exchange_paid" in plan


def test_every_table_is_strict(tmp_path: Path) -> None:
    book = facade.open_book(tmp_path / "book.sqlite3")
    with connections[book.alias].cursor() as cursor:
        cursor.execute("SELECT name, strict FROM pragma_table_list WHERE name LIKE 'book!_%' ESCAPE '!'")
        tables = dict(cursor.fetchall())
    facade.close_book(book)
    assert {name for name, strict in tables.items() if not strict} == set()
    assert set(tables) == set(TABLES) | TRANSIENT


def test_a_new_book_is_durable_and_guards_its_keys(tmp_path: Path) -> None:
    book = facade.open_book(tmp_path / "book.sqlite3")
    with connections[book.alias].cursor() as cursor:
        asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        found = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in asked]
    facade.close_book(book)
    assert found == ["wal", 2, 1, 1]
