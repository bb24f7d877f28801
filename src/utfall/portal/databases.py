"""Which tables live in which file: the book's in books, the projection of orders in its own, all others
in the portal's.
"""

from typing import Any, Final

from django.db import connections
from django.db.models import Model

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
