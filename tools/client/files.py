"""All generated modules, formatted as the repository wants them, and which of them drifted."""

import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from tools.client import models, operations
from tools.client.document import Document, installed
from tools.client.kinds import class_name
from tools.client.operations import class_of, names_in
from tools.client.words import source

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "src" / "utfall" / "client"
HEADING: Final = "# Written by `python -m tools.client` from the OpenAPI document. Do not edit."
ORIGINS: Final = {
    "Any": "typing",
    "Calls": "utfall.client.transport",
    "File": "utfall.client.multipart",
    "Iterator": "collections.abc",
    "Literal": "typing",
    "Mapping": "collections.abc",
    "Sequence": "collections.abc",
    "Struct": "msgspec",
    "UNSET": "msgspec",
    "UnsetType": "msgspec",
    "Word": "utfall.client.words",
    "date": "datetime",
    "datetime": "datetime",
    "each": "utfall.client.reading",
    "field": "msgspec",
    "segment": "utfall.client.query",
}


def drifted() -> dict[str, str | None]:
    """What must be written: each stale module with its new text, each that nothing writes with None."""
    wanted = formatted(dict(modules(Document(installed()))))
    written = {
        path.relative_to(FOLDER).as_posix(): path.read_text(encoding="utf-8")
        for path in FOLDER.rglob("*.py")
        if HEADING in path.read_text(encoding="utf-8")
    }
    names = sorted(written.keys() | wanted.keys())
    return {name: wanted.get(name) for name in names if written.get(name) != wanted.get(name)}


def modules(document: Document) -> Iterator[tuple[str, str]]:
    """Every module by its place, as it is before it is formatted."""
    homes = models.homes_of(document)
    origins = {class_name(name): f"utfall.client.models.{home}" for name, home in homes.items()}
    assert len(origins) == len(homes), "two schemas have one name in Python"
    for home in sorted(set(homes.values())):
        names = models.in_order(document, [name for name, other in homes.items() if other == home])
        yield f"models/{home}.py", _models(document, home, names, origins)
    yield "models/__init__.py", _all_models(sorted(set(homes.values())))
    chapters = [chapter for chapter in document.chapters if document.of_chapter(chapter)]
    for chapter in chapters:
        for name, lines in operations.parts_of(document, chapter):
            yield f"operations/{name}.py", _operations(chapter, lines, origins)
    yield "operations/__init__.py", _opening("The operations of the API: a class for each chapter.")
    yield "portal.py", _portal(chapters)


def _models(document: Document, home: str, names: list[str], origins: Mapping[str, str]) -> str:
    lines = list(models.definitions(document, names))
    mine = sorted(map(class_name, names))
    needed = names_in(lines) - set(mine)
    exported = ["", "", "__all__ = [", *(f'    "{name}",' for name in mine), "]"]
    return _opening(_what(home)) + source([*_imports(needed, origins), *lines, *exported])


def _what(home: str) -> str:
    for ending, words in (("_sent", "What the operations of {} take."), ("_words", "Words of {}.")):
        if home.endswith(ending):
            return words.format(home.removesuffix(ending))
    return f"What the operations of {home} answer, and words that they take."


def _all_models(homes: list[str]) -> str:
    lines = [f"from utfall.client.models import {', '.join(homes)}"]
    lines += [f"from utfall.client.models.{home} import *  # noqa: F403" for home in homes]
    lines += ["", "__all__: list[str] = []", *(f"__all__ += {home}.__all__" for home in homes)]
    return _opening("Everything that is sent and answered, by name.") + source(lines)


def _operations(chapter: str, lines: list[str], origins: Mapping[str, str]) -> str:
    own = class_of(chapter)
    there = {**origins, f"{own}Reading": f"utfall.client.operations.{chapter}_reading"}
    needed = names_in(lines) - {line.split()[1].rstrip(":") for line in lines if line.startswith("class ")}
    return _opening(f"The operations of {chapter}.") + source([*_imports(needed, there), "", "", *lines])


def _portal(chapters: list[str]) -> str:
    lines = ["import time", "from collections.abc import Callable"]
    lines += [f"from utfall.client.operations.{one} import {class_of(one)}" for one in chapters]
    lines += ["from utfall.client.transport import ATTEMPTS, Calls, Send", "", ""]
    lines += CLIENT.strip("\n").split("\n")
    lines += [f"        self.{one} = {class_of(one)}(calls)" for one in chapters]
    return _opening("A portal by one key, its operations by chapter.") + source(lines)


CLIENT: Final = '''
class Client:
    """A portal by one key: `client.links.make(...)`. Threads may share it."""

    def __init__(
        self,
        portal: str,
        key: str,
        *,
        timeout_seconds: float = 30.0,
        attempts: int = ATTEMPTS,
        language: str = "en",
        send: Send | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        calls = Calls(
            portal,
            key,
            timeout_seconds=timeout_seconds,
            attempts=attempts,
            language=language,
            send=send,
            wait=wait,
        )
'''


def _opening(words: str) -> str:
    return f'"""{words}"""\n\n{HEADING}\n\n'


def _imports(names: Iterable[str], origins: Mapping[str, str]) -> list[str]:
    """An import for every name that has an origin; the formatter joins and sorts them."""
    known = {**ORIGINS, **origins}
    return [f"from {known[name]} import {name}" for name in sorted(set(names) & known.keys())]


def formatted(texts: Mapping[str, str]) -> dict[str, str]:
    """The modules as the repository's formatter writes them."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        ours = 'lint.isort.known-first-party=["utfall"]'
        _ruff("check", "--quiet", "--select", "I,F401", "--fix-only", "--config", ours, folder)
        _ruff("format", "--quiet", folder)
        return {name: Path(folder, name).read_text(encoding="utf-8") for name in texts}


def _ruff(*arguments: str) -> None:
    where = ["--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    subprocess.run([sys.executable, "-m", "ruff", *arguments, *where], cwd=ROOT, check=True)
