"""What the drivers of databases raise where it does not come through Django. Asking loads no driver."""

import sqlite3
import sys
from typing import Any


class NoServer(Exception):
    """A PostgreSQL database is set that nobody can be connected to as it stands, or without its driver."""


def place_of(url: str) -> dict[str, Any]:
    """Where a PostgreSQL database is, in libpq's words; NoServer where its URL or its driver is of no use."""
    try:
        from psycopg import ProgrammingError
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        raise NoServer("psycopg is not installed: pip install 'utfall[postgresql]'") from error
    try:
        return dict(conninfo_to_dict(url))
    except ProgrammingError as error:  # it may repeat the URL, which holds a password
        raise NoServer(f"the setting `database` is no URL: {error}".replace(url, "…").strip()) from None


def failures(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Whatever a driver in use raises, and what else is caught with it."""
    driver = sys.modules.get("psycopg")
    return (*others, sqlite3.Error, driver.Error) if driver else (*others, sqlite3.Error)


def refusals() -> tuple[type[Exception], ...]:
    """What they raise where a database does not answer, is locked, has no room, or does not let us."""
    driver = sys.modules.get("psycopg")
    served = (driver.OperationalError, driver.errors.InsufficientPrivilege) if driver else ()
    return (sqlite3.OperationalError, *served)


def not_made() -> tuple[type[Exception], ...]:
    """What they raise where a table is not there yet."""
    driver = sys.modules.get("psycopg")
    return (sqlite3.OperationalError, driver.errors.UndefinedTable) if driver else (sqlite3.OperationalError,)
