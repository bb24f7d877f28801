"""The strings of the source: what Python and Django's templates hand to gettext, by app."""

import ast
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

ROOT = Path(__file__).parents[2]
PORTAL = ROOT / "src" / "utfall" / "portal"
# Strings of what is no app (modules above the apps, the ground below) belong to the app that lays out pages.
ABOVE = "look"
GROUND = frozenset({"access", "outside"})

# Where the words stand among a function's arguments: (context, singular, plural), counted from 0.
Places = tuple[int | None, int, int | None]
FUNCTIONS: dict[str, Places] = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
FUNCTIONS |= {f"{name}_lazy": places for name, places in FUNCTIONS.items()}
FUNCTIONS |= {"gettext_noop": FUNCTIONS["gettext"], "_": FUNCTIONS["gettext"]}


class String(NamedTuple):
    """Words for people, where they stand in a file."""

    line: int
    words: str | tuple[str, str]
    context: str | None = None


def apps() -> list[str]:
    """The apps of the portal that have anything to say."""
    found = {app_of(path) for path in sources()}
    return sorted(app for app in found if len(extract(app)))


@cache
def sources() -> tuple[Path, ...]:
    """Everything that may have strings."""
    return tuple(path for path in sorted(PORTAL.rglob("*")) if is_source(path.relative_to(PORTAL)))


def is_source(path: Path) -> bool:
    if path.suffix == ".py":
        return "migrations" not in path.parts
    return path.suffix in {".html", ".txt"} and "templates" in path.parts


def app_of(path: Path) -> str:
    first, *below = path.relative_to(PORTAL).parts
    return first if below and first not in GROUND else ABOVE


@cache
def extract(app: str) -> Catalog:
    """Every string of an app, as an empty catalogue."""
    catalogue = Catalog()
    for path in sources():
        if app_of(path) == app:
            place = path.relative_to(ROOT).as_posix()
            for string in strings(path):
                catalogue.add(string.words, None, [(place, string.line)], context=string.context)
    return catalogue


def strings(path: Path) -> Iterator[String]:
    """The strings of one file. Arguments that are no literals have none."""
    text = path.read_text(encoding="utf-8")
    calls = in_python(ast.parse(text, str(path))) if path.suffix == ".py" else in_template(text)
    for line, (context, singular, plural), arguments in calls:
        positions = [place for place in (context, singular, plural) if place is not None]
        if max(positions) >= len(arguments) or not all(arguments[place] for place in positions):
            continue
        one = arguments[singular]
        words = one if plural is None else (one, arguments[plural])
        yield String(line, words, None if context is None else arguments[context])


Call = tuple[int, Places, list[str]]
Found = str | tuple[str | None, ...]


def in_python(tree: ast.Module) -> Iterator[Call]:
    """Calls of gettext's functions, whatever this module calls them."""
    functions = FUNCTIONS | aliases(tree)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in functions:
                yield node.lineno, functions[name], [literal(each) for each in node.args]


def literal(value: ast.expr) -> str:
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def aliases(tree: ast.Module) -> dict[str, Places]:
    """As in `from django.utils.translation import pgettext as _`."""
    return {
        alias.asname: FUNCTIONS[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname and alias.name in FUNCTIONS
    }


def in_template(text: str) -> Iterator[Call]:
    """Django turns a template into something like Python; within brackets its indentation does not matter."""
    code = io.BytesIO(f"({templatize(text)})".encode())
    keywords = dict.fromkeys(FUNCTIONS)
    # Babel's own annotation says something else than what it yields.
    calls = cast("Iterator[tuple[int, str, Found, list[str]]]", extract_python(code, keywords, [], {}))
    for line, function, found, _comments in calls:
        arguments = found if isinstance(found, tuple) else (found,)
        yield line, FUNCTIONS[function], [each or "" for each in arguments]
