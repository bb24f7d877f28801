"""Names of streams: one writer each, one directory each."""

import re
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")


def checked_name(stream: str) -> str:
    """The name itself, if it can be that of a stream.

    >>> checked_name("edge-0")
    'edge-0'
    """
    if not _NAME.fullmatch(stream):
        raise ValueError(f"a stream is named by lower-case letters, digits and dashes, not {stream!r}")
    return stream


def streams(root: Path) -> list[str]:
    """The streams under a journal's directory, by name; none when there is no journal yet."""
    if not root.is_dir():
        return []
    return sorted(each.name for each in root.iterdir() if each.is_dir() and _NAME.fullmatch(each.name))
