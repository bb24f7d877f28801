"""How the law of tenancy visits: pages as a person, operations with a key; nothing it does stays done."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from utfall.portal.access import Page
from utfall.portal.rest.facade import Operation

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|{(?:\w+:)?(\w+)}")
REFERENCE = "#/components/schemas/"


def parameters_of(route: str) -> list[str]:
    """The names of a route's parameters."""
    return [first or second for first, second in PARAMETER.findall(route)]


def address_of(route: str, objects: Mapping[str, int | str]) -> str:
    """A route with objects in the places of its parameters."""
    return PARAMETER.sub(lambda found: str(objects[found[1] or found[2]]), route)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written in here is not."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def visit(
    client: Client, page: Page, slug: str, objects: Mapping[str, int | str], method: str
) -> HttpResponse:
    """Ask for a page, and take back what that did."""
    with undone():
        return client.generic(method, f"/{slug}/{address_of(page.route, objects)}")  # type: ignore[return-value]


def call(
    client: Client, operation: Operation, objects: Mapping[str, int | str], body: Any = None
) -> HttpResponse:
    """Call an operation, and take back what that did."""
    address = f"/api/v1{address_of(operation.path, objects)}"
    with undone():
        return client.generic(  # type: ignore[return-value]
            operation.method, address, body or b"", content_type="application/json"
        )


def sample(schema: Mapping[str, Any], document: Mapping[str, Any], objects: Mapping[str, int | str]) -> Any:
    """The smallest value that fits a schema; fields that bear the name of an object hold that object."""
    if "$ref" in schema:
        name = str(schema["$ref"]).removeprefix(REFERENCE)
        return sample(document["components"]["schemas"][name], document, objects)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return sample(schema[choice][0], document, objects)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    match schema.get("type"):
        case "object":
            return _sampled_object(schema, document, objects)
        case "array":
            count = max(1, int(schema.get("minItems", 1)))
            return [sample(schema.get("items", {}), document, objects) for _ in range(count)]
        case "integer" | "number":
            return max(int(schema.get("minimum", 1)), 1)
        case "boolean":
            return True
        case "string":
            return _sampled_text(schema)
    return None


def _sampled_object(
    schema: Mapping[str, Any], document: Mapping[str, Any], objects: Mapping[str, int | str]
) -> dict[str, Any]:
    found = {}
    for name, inner in schema.get("properties", {}).items():
        if name in objects:
            found[name] = objects[name]
        elif name in schema.get("required", ()):
            found[name] = sample(inner, document, objects)
    return found


TEXTS = {
    "date-time": "2031-01-01T00:00:00Z",
    "date": "2031-01-01",
    "email": "somebody@else.test",
    "uri": "https://else.test/",
}


def _sampled_text(schema: Mapping[str, Any]) -> str:
    if "format" in schema and schema["format"] in TEXTS:
        return TEXTS[schema["format"]]
    if "[A-Z]{3}" in schema.get("pattern", ""):
        return "SEK"
    return "text".ljust(int(schema.get("minLength", 0)), "x")[: int(schema.get("maxLength", 200))]
