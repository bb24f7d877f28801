"""Which tables live in which file: the book's in books, all others in the portal's own."""

from typing import Any

from django.db import connections
from django.db.models import Model

BOOK = "book"


class Databases:
    """Django's router. The book's own code names its database; nothing else ever looks into a book."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str | None:
        """Django's choice: the default database, unless the query names another."""
        return None

    db_for_write = db_for_read

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Whether an app's tables belong into a database."""
        holds: str = connections.settings[db].get("HOLDS", BOOK)
        return (holds == BOOK) == (app_label == BOOK)
