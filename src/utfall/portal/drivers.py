"""What the drivers of databases raise where it does not come through Django. Asking loads no driver."""

import sqlite3
import sys


def failures(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Whatever a driver in use raises, and what else is caught with it."""
    driver = sys.modules.get("psycopg")
    return (*others, sqlite3.Error, driver.Error) if driver else (*others, sqlite3.Error)


def refusals() -> tuple[type[Exception], ...]:
    """What they raise where a database does not answer, is locked, or has no room."""
    driver = sys.modules.get("psycopg")
    return (sqlite3.OperationalError, driver.OperationalError) if driver else (sqlite3.OperationalError,)


def not_made() -> tuple[type[Exception], ...]:
    """What they raise where a table is not there yet."""
    driver = sys.modules.get("psycopg")
    return (sqlite3.OperationalError, driver.errors.UndefinedTable) if driver else (sqlite3.OperationalError,)
