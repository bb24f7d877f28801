"""A chapter as a class, with a method for each of its operations."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from tools.client.document import ROOT, Document, Operation
from tools.client.kinds import Way, annotation, python_name
from tools.client.words import docstring, sentence

READING: Final = frozenset({"GET", "HEAD"})
MOST_IN_ONE: Final = 24
"""Operations that one module holds, before it is too long to be read."""
LONG: Final = re.compile(r"\b(\w+): (?:Sequence\[)?(Literal\[[^]]{60,}])")
"""Words of a parameter that have a name of their own, so that a signature is a line for each."""
BEGINNING: Final = ("", "    def __init__(self, calls: Calls) -> None:", "        self._calls = calls")


class Argument(NamedTuple):
    """An argument of a method."""

    name: str
    sent_as: str
    kind: str
    is_needed: bool

    def declared(self) -> str:
        """As the signature says it."""
        if self.is_needed:
            return f"{self.name}: {self.kind}"
        optional = self.kind if self.kind.endswith("None") else f"{self.kind} | None"
        return f"{self.name}: {optional} = None"


def parts_of(document: Document, chapter: str) -> Iterator[tuple[str, list[str]]]:
    """A chapter's modules with their sources: a long one is read before it is changed, in two."""
    own, words = class_of(chapter), sentence(document.chapters[chapter])
    found = document.of_chapter(chapter)
    if len(found) <= MOST_IN_ONE:
        yield chapter, named([f"class {own}:", *docstring(words, 4), *BEGINNING, *_methods(document, found)])
        return
    looking = [one for one in found if one.method in READING]
    changing = [one for one in found if one.method not in READING]
    told = docstring(sentence(words, "What only looks"), 4)
    reading = [f"class {own}Reading:", *told, *BEGINNING, *_methods(document, looking)]
    yield f"{chapter}_reading", named(reading)
    yield chapter, named([f"class {own}({own}Reading):", *docstring(words, 4), *_methods(document, changing)])


def named(lines: list[str]) -> list[str]:
    """A module's lines, with the many words of a parameter said once before them."""
    text = "\n".join(lines)
    words = {literal: f"{class_of(name)}Word" for name, literal in LONG.findall(text)}
    assert len(set(words.values())) == len(words), f"one name for different words: {words}"
    for literal, name in words.items():
        text = text.replace(literal, name)
    return [*(f"{name} = {literal}" for literal, name in words.items()), *text.split("\n")]


def _methods(document: Document, operations: list[Operation]) -> Iterator[str]:
    names = [operation.name for operation in operations]
    assert len(set(names)) == len(names), f"two operations have one name: {names}"
    for operation in operations:
        method = Method(document, operation)
        yield from ("", *method.lines())
        if method.item:
            yield from ("", *method.each())


def class_of(chapter: str) -> str:
    """The name of a chapter's class."""
    return "".join(part.capitalize() for part in chapter.split("_"))


class Method:
    """An operation as a method."""

    def __init__(self, document: Document, operation: Operation) -> None:
        self.document = document
        self.operation = operation
        self.name = python_name(operation.name.removeprefix(f"{operation.chapter}_"))
        answers = operation.answers
        self.answers = "None" if answers is None else annotation(answers, Way.ANSWERED)
        parameters = operation.parameters
        self.path = [_argument(one) for one in parameters if one["in"] == "path"]
        query = [one for one in parameters if one["in"] == "query"]
        # Ninja writes a file that may be left out as a parameter of the query; it is read from the form.
        self.query = [_argument(one) for one in query if "File" not in annotation(one["schema"], Way.SENT)]
        self.form = [_argument(one) for one in query if "File" in annotation(one["schema"], Way.SENT)]
        if operation.form is not None:
            form = document.resolved(operation.form)
            needed = form.get("required", ())
            fields = [
                Argument(python_name(name), name, annotation(one, Way.SENT), name in needed)
                for name, one in form["properties"].items()
            ]
            self.form = sorted([*fields, *self.form], key=lambda field: not field.is_needed)

        names = [one.name for one in (*self.path, *self.query, *self.form)]
        assert len(set(names)) == len(names), f"{operation.name} has two arguments of one name"

    @property
    def item(self) -> str | None:
        """What a list is a list of, where this operation lists by number."""
        found = self.document.resolved(self.operation.answers or {}).get("properties", {})
        is_counted = any(one.sent_as == "after" and "int" in one.kind for one in self.query)
        if set(found) == {"items", "following"} and is_counted:
            return annotation(found["items"]["items"], Way.ANSWERED)
        return None

    def lines(self) -> Iterator[str]:
        """The method."""
        yield f"    def {self.name}({', '.join(self._signature())}) -> {self.answers}:"
        yield from docstring(self._words(), 8)
        told = [f'"{self.operation.method}"', self._address(), self._type(), *self._sent()]
        give = "" if self.answers == "None" else "return "
        yield f"        {give}self._calls.call({', '.join(told)})"

    def each(self) -> Iterator[str]:
        """The iterator over all parts of a list."""
        told = [one for one in self.query if one.sent_as != "after"]
        arguments = ["self", *(one.declared() for one in self.path)]
        arguments += ["*", *(one.declared() for one in told)] if told else []
        call = [one.name for one in self.path]
        call += ["after=after", *(f"{one.name}={one.name}" for one in told)]
        yield f"    def each_{self.name}({', '.join(arguments)}) -> Iterator[{self.item}]:"
        yield from docstring(sentence(self._summary(), "All of them, part by part"), 8)
        yield f"        return each(lambda after: self.{self.name}({', '.join(call)}))"

    def _signature(self) -> Iterator[str]:
        yield "self"
        yield from (one.declared() for one in self.path)
        body = self.operation.body
        rows = self.document.rows(body)
        if rows is not None:
            yield f"rows: Sequence[{annotation(rows, Way.SENT)}]"
        elif body is not None:
            yield f"body: {annotation(body, Way.SENT)}"
        named = [*sorted(self.query, key=lambda one: not one.is_needed), *self.form]
        if named or self._is_changing:
            yield "*"
        yield from (one.declared() for one in named)
        if self._is_changing:
            yield "idempotency_key: str | None = None"

    @property
    def _is_changing(self) -> bool:
        return self.operation.method not in READING

    def _address(self) -> str:
        path = self.operation.path.removeprefix(ROOT)
        for one in self.path:
            value = f"segment({one.name})" if one.kind == "str" else one.name
            path = path.replace(f"{{{one.sent_as}}}", f"{{{value}}}")
        return f'{"f" if "{" in path else ""}"{path}"'

    def _type(self) -> str:
        return "type(None)" if self.answers == "None" else self.answers

    def _sent(self) -> Iterator[str]:
        if self.query:
            yield f"query={_mapping(self.query)}"
        if self.document.rows(self.operation.body) is not None:
            yield 'body={"rows": rows}'
        elif self.operation.body is not None:
            yield "body=body"
        if self.form:
            yield f"form={_mapping(self.form)}"
        if self._is_changing:
            yield "key=idempotency_key"

    def _summary(self) -> str:
        return str(self.operation.details["summary"])

    def _words(self) -> str:
        return sentence(self._summary(), self.operation.details.get("description", ""))


def _argument(parameter: Mapping[str, Any]) -> Argument:
    schema, name = parameter["schema"], str(parameter["name"])
    return Argument(python_name(name), name, annotation(schema, Way.SENT), bool(parameter.get("required")))


def _mapping(arguments: list[Argument]) -> str:
    return "{" + ", ".join(f'"{one.sent_as}": {one.name}' for one in arguments) + "}"


def names_in(lines: list[str]) -> set[str]:
    """All words of a source, among which are the names it needs."""
    return set(re.findall(r"\w+", "\n".join(lines)))
