"""Schemas as structs and words: one module for each chapter."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final

from tools.client.document import Document, Schema, referred
from tools.client.kinds import Way, annotation, class_name, is_words, literal, python_name, union
from tools.client.words import docstring, sentence

MOST_IN_ONE: Final = 36
"""Schemas of a chapter whose words stand among the others."""


def homes_of(document: Document) -> dict[str, str]:
    """The module of each schema: that of its chapter, or another beside it for what is only ever sent; and
    for the words of a chapter that is long.
    """
    counts = Counter(document.owners.values())
    return {
        name: _home(document, name, chapter, counts[chapter]) for name, chapter in document.owners.items()
    }


def _home(document: Document, name: str, chapter: str, count: int) -> str:
    if way_of(document, name) is Way.SENT:
        return f"{chapter}_sent"
    return f"{chapter}_words" if count > MOST_IN_ONE and is_words(document.schemas[name]) else chapter


def way_of(document: Document, name: str) -> Way:
    """Which way a schema travels; words are the same both ways."""
    is_sent, is_answered = name in document.sent, name in document.answered
    if is_sent and (is_answered or is_words(document.schemas[name])):
        return Way.BOTH
    return Way.SENT if is_sent else Way.ANSWERED


def in_order(document: Document, names: Iterable[str]) -> list[str]:
    """Schemas of one module: what is made of others comes after them, as far as that goes; words first."""
    mine = sorted(names)
    ordered: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name in mine and name not in seen:
            seen.add(name)
            for other in referred(document.schemas[name]):
                visit(other)
            ordered.append(name)

    for name in mine:
        visit(name)
    return sorted(ordered, key=lambda name: not is_words(document.schemas[name]))


def definitions(document: Document, names: Iterable[str]) -> Iterator[str]:
    """The source of a chapter's schemas."""
    waiting = list(names)
    while waiting:
        name, *waiting = waiting
        later = {class_name(name), *map(class_name, waiting)}
        yield from ("", "")
        yield from Definition(document, name, later).lines()


class Definition:
    """One schema, and the names that stand only below it."""

    def __init__(self, document: Document, name: str, later: set[str]) -> None:
        self.document = document
        self.name = class_name(name)
        self.schema = document.schemas[name]
        self.later = later
        self.way = way_of(document, name)

    def lines(self) -> Iterator[str]:
        """The source."""
        words = docstring(self._words(), 4)
        if is_words(self.schema):
            yield from [f"class {self.name}(Word):", *words, "", *self._members()]
        elif "properties" in self.schema or self.schema.get("type") == "object":
            yield from [f"class {self.name}({self._bases()}):", *words, "", *self._fields()]
        else:
            yield f"{self.name} = {annotation(self.schema, self.way)}"

    def _words(self) -> str:
        """Its description; generic schemas have none of their own."""
        if set(self._properties) == {"items", "following"}:
            return "Part of a list."
        return str(self.schema.get("description") or sentence(self.schema.get("title", self.name)))

    def _members(self) -> Iterator[str]:
        for value in self.schema["enum"]:
            yield f"    {member(value)} = {literal(value)}"

    def _bases(self) -> str:
        told = ["Struct", "frozen=True", "kw_only=True"]
        if self._tag:
            told += [f'tag_field="{self._tag[0]}"', f"tag={literal(self._tag[1])}"]
        renamed = {python_name(name): name for name in self._properties if python_name(name) != name}
        if renamed:
            told.append(f"rename={renamed!r}".replace("'", '"'))
        return ", ".join(told)

    @property
    def _properties(self) -> dict[str, Schema]:
        return dict(self.schema.get("properties", {}))

    @property
    def _tag(self) -> tuple[str, Any] | None:
        """The field by which a struct is told from the others of its union."""
        found = [(name, one["const"]) for name, one in self._properties.items() if "const" in one]
        return found[0] if found else None

    def _fields(self) -> Iterator[str]:
        needed = self.schema.get("required", ())
        for name, schema in self._properties.items():
            if self._tag and name == self._tag[0]:
                continue
            yield f"    {python_name(name)}: {self._field(schema, is_needed=name in needed)}"
            yield from self._told(schema)

    def _field(self, schema: Schema, *, is_needed: bool) -> str:
        kind = annotation(schema, self.way)
        if is_needed:
            return self._quoted(kind)
        if self.way is not Way.SENT:
            if (default := self._default(schema)) is not None:
                return f"{self._quoted(kind)} = {default}"
            if kind == "Any" or kind.endswith("None"):
                return f"{self._quoted(kind)} = None"
        return f"{self._quoted(union([kind, 'UnsetType']))} = UNSET"

    def _quoted(self, kind: str) -> str:
        """An annotation that names what stands below is a string."""
        names = set(re.findall(r"\w+", kind))
        return literal(kind.replace('"', "'")) if names & self.later else kind

    def _default(self, schema: Schema) -> str | None:
        """What a field of an answer holds where it is left out."""
        value = schema.get("default")
        if "default" not in schema or value is None:
            return None
        named = [name for name in referred(schema) if is_words(self.document.schemas[name])]
        if isinstance(value, str) and named:
            return f"{class_name(named[0])}.{member(value)}"
        if isinstance(value, str | int | float):
            return literal(value)
        return {"[]": "()", "{}": "field(default_factory=dict)"}.get(str(value))

    def _told(self, schema: Schema) -> list[str]:
        left_out = ""
        if self.way is Way.SENT and schema.get("default") not in (None, "", [], {}):
            left_out = f"Left out: {literal(schema['default'])}".replace("{'", "{ '").replace("'", '"')
        words = sentence(schema.get("description", ""), left_out)
        return docstring(words, 4) if words else []


def member(value: str) -> str:
    """The name of a word."""
    plain = re.sub(r"\W", "_", value).upper()
    return plain if plain.isidentifier() else f"_{plain}"
