"""The OpenAPI document as the generator reads it."""

import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import msgspec

Schema = Mapping[str, Any]
REFERENCE: Final = "#/components/schemas/"
JSON: Final = "application/json"
FORM: Final = "multipart/form-data"
ROOT: Final = "/api/v1"
PLACES: Final = (
    *("database_path", "book_path", "media_dir"),
    *("journal_dir", "snapshots_dir", "keys_dir", "lake_dir"),
)


def installed() -> Mapping[str, Any]:
    """The document of the portal as its source now is, in English."""
    from utfall.portal.site import SiteConfig, setup_site

    folder = Path(tempfile.gettempdir()) / "utfall-client"  # named, never opened
    config = {place: str(folder / place) for place in PLACES} | {
        "secret": "a secret that guards nothing",
        "portal_url": "https://portal.example",
        "public_url": "https://clicks.example",
    }
    setup_site(msgspec.convert(config, SiteConfig))
    from django.utils import translation

    from utfall.portal.rest.api import build

    with translation.override("en"):
        found: Mapping[str, Any] = json.loads(json.dumps(build().get_openapi_schema(), default=str))
    return found


@dataclass(frozen=True)
class Operation:
    """One operation of the document."""

    chapter: str
    name: str
    method: str
    path: str
    details: Mapping[str, Any]

    @property
    def parameters(self) -> list[Mapping[str, Any]]:
        """Those of the path and the query; the idempotency key is no part of these."""
        return [one for one in self.details.get("parameters", ()) if "$ref" not in one]

    @property
    def answers(self) -> Schema | None:
        """The schema of what it answers when all is well; None where there is no body."""
        good = (one for status, one in sorted(self.details["responses"].items()) if status.startswith("2"))
        content = next(good).get("content", {})
        if content and JSON not in content:
            return {"type": "string", "format": "binary"}
        return content.get(JSON, {}).get("schema") if content else None

    @property
    def body(self) -> Schema | None:
        """The schema of its JSON body."""
        return self._content(JSON)

    @property
    def form(self) -> Schema | None:
        """The schema of its form, where it takes files."""
        return self._content(FORM)

    def _content(self, kind: str) -> Schema | None:
        contents = self.details.get("requestBody", {}).get("content", {})
        found: Schema | None = contents.get(kind, {}).get("schema")
        return found


class Document:
    """A whole document: chapters in their order, operations in theirs."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.schemas: Mapping[str, Schema] = document["components"]["schemas"]
        self.chapters = {tag["name"]: str(tag.get("description", "")) for tag in document["tags"]}
        self.operations = [
            Operation(details["tags"][0], details["operationId"], method.upper(), path, details)
            for path, methods in document["paths"].items()
            for method, details in methods.items()
        ]

    def of_chapter(self, chapter: str) -> list[Operation]:
        """A chapter's operations."""
        return [one for one in self.operations if one.chapter == chapter]

    def resolved(self, schema: Schema) -> Schema:
        """A schema behind its reference."""
        return self.schemas[schema["$ref"].removeprefix(REFERENCE)] if "$ref" in schema else schema

    def rows(self, body: Schema | None) -> Schema | None:
        """What a body of many at once holds one of per row; None where the body is of another kind."""
        if body is None or set(self.resolved(body).get("properties", ())) != {"rows"}:
            return None
        found: Schema = self.resolved(body)["properties"]["rows"]["items"]
        return found

    @cached_property
    def owners(self) -> Mapping[str, str]:
        """The chapter of each schema: the first that uses it, so that chapters lean on earlier ones only."""
        found: dict[str, str] = {}
        for chapter in self.chapters:
            for operation in self.of_chapter(chapter):
                for name in [*self._sent(operation), *self._answered(operation)]:
                    found.setdefault(name, chapter)
        return found

    @cached_property
    def sent(self) -> frozenset[str]:
        """Schemas that requests are made of."""
        return frozenset(name for one in self.operations for name in self._sent(one))

    @cached_property
    def answered(self) -> frozenset[str]:
        """Schemas that answers are made of."""
        return frozenset(name for one in self.operations for name in self._answered(one))

    def _sent(self, operation: Operation) -> Iterator[str]:
        body = self.rows(operation.body) or operation.body
        for part in (body, operation.form, *(one["schema"] for one in operation.parameters)):
            yield from self.reached(part, set())

    def _answered(self, operation: Operation) -> Iterator[str]:
        yield from self.reached(operation.answers, set())

    def reached(self, part: Any, seen: set[str]) -> Iterator[str]:
        """The names of all schemas that a part of the document is made of."""
        for name in referred(part):
            if name not in seen:
                seen.add(name)
                yield name
                yield from self.reached(self.schemas[name], seen)


def referred(part: Any) -> Iterator[str]:
    """The names a part refers to itself, in their order."""
    if isinstance(part, list):
        for one in part:
            yield from referred(one)
    elif isinstance(part, dict):
        if isinstance(reference := part.get("$ref"), str):
            yield reference.removeprefix(REFERENCE)
        for name, one in part.items():
            if name != "discriminator":
                yield from referred(one)
