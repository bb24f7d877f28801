"""SQL files as lists of statements, so that a trigger's body is not cut at its semicolons."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path


def statements(beside: str, name: str) -> list[str]:
    """The statements of an SQL file in the folder of a module."""
    return list(_split(Path(beside).with_name(name).read_text(encoding="utf-8")))


def _split(script: str) -> Iterator[str]:
    held: list[str] = []
    for line in script.splitlines():
        held.append(line)
        if sqlite3.complete_statement("\n".join(held)):
            yield "\n".join(held).strip()
            held = []
