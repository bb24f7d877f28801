"""Words for whoever reads the client: docstrings made of descriptions."""

import textwrap
from collections.abc import Iterable

WIDTH = 110


def docstring(text: str, indent: int) -> list[str]:
    """A docstring, wrapped; the first line stands beside its quotes."""
    clean = " ".join(text.replace("\\", "\\\\").replace('"""', "'''").split())
    if clean.endswith('"'):
        clean += "."
    space = " " * indent
    if len(space) + len(clean) + 6 <= WIDTH:
        return [f'{space}"""{clean}"""']
    lines = textwrap.wrap('"""' + clean, WIDTH - indent - 3, break_long_words=False)
    return [*(space + line for line in lines), f'{space}"""']


def sentence(*parts: str) -> str:
    """Parts joined as sentences, each said once."""
    return " ".join(dict.fromkeys(_ended(part.strip()) for part in parts if part.strip()))


def _ended(part: str) -> str:
    return part if part.endswith((".", "!", "?", "…", ":")) else f"{part}."


def source(lines: Iterable[str]) -> str:
    """Lines as the text of a module."""
    return "\n".join(lines) + "\n"
