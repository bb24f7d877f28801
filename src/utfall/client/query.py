"""Addresses: what stands in a path and behind its question mark."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode


def segment(value: str) -> str:
    """A text as one part of a path, whatever it holds."""
    return quote(value, safe="")


def query_of(values: Mapping[str, Any]) -> str:
    """The query of an address, with its question mark; None is left out, and many are said one by one.

    >>> query_of({"status": ["pending", "approved"], "limit": 5, "after": None})
    '?status=pending&status=approved&limit=5'
    """
    told = [
        (name, text_of(one))
        for name, value in values.items()
        if value is not None
        for one in (value if isinstance(value, list | tuple) else [value])
    ]
    return f"?{urlencode(told)}" if told else ""


def text_of(value: Any) -> str:
    """A value as a query or a form says it."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime() | date():
            return value.isoformat()
    return str(value)
