"""The generator on a small document with everything that is awkward in one."""

from typing import Any

import pytest

from tools.client.document import Document
from tools.client.files import formatted, modules
from tools.client.kinds import Way, annotation, union

NUMBER = {"type": "integer"}
NULL = {"type": "null"}
NODE = {"$ref": "#/components/schemas/Node"}
COLOUR = {"$ref": "#/components/schemas/Colour"}
STATUS = {"200": {"content": {"application/json": {"schema": NODE}}}}
CSV: dict[str, Any] = {"200": {"content": {"text/csv": {}}}}


def operation(name: str, responses: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "operationId": f"trees_{name}",
        "tags": ["trees"],
        "summary": name.capitalize(),
        "responses": responses or {"204": {}},
        **more,
    }


def document(*operations: dict[str, Any]) -> Document:
    schemas = {
        "Node": {
            "description": 'A node that says "this"',
            "type": "object",
            "properties": {
                "class": {"type": "string"},
                "below": {"type": "array", "items": NODE},
                "colour": {"anyOf": [COLOUR, NULL]},
                "size": {"enum": ["s", "l"], "type": "string"},
            },
            "required": ["class", "below"],
        },
        "Colour": {"type": "string", "enum": ["red", "2nd", "dark blue"]},
        "Change": {
            "type": "object",
            "properties": {"colour": COLOUR, "size": {"enum": ["s", "l"], "default": "s"}},
        },
        "Rows_Change_": {
            "type": "object",
            "properties": {"rows": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}}},
        },
    }
    paths = {f"/api/v1/trees/{{tree}}/{number}": {"post": one} for number, one in enumerate(operations)}
    tags = [{"name": "trees", "description": "Trees"}]
    return Document({"components": {"schemas": schemas}, "paths": paths, "tags": tags})


def body(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"content": {"application/json": {"schema": schema}}}


TREE = {"in": "path", "name": "tree", "schema": {"type": "string"}, "required": True}


def test_a_document_becomes_modules_that_are_formatted_and_stay_the_same() -> None:
    whole = document(
        operation("grow", STATUS, parameters=[TREE], requestBody=body("Rows_Change_")),
        operation("import", CSV, parameters=[TREE]),
    )
    written = formatted(dict(modules(whole)))
    assert written == formatted(dict(modules(whole)))
    assert set(written) >= {"models/trees.py", "models/trees_sent.py", "operations/trees.py", "portal.py"}
    answered, sent, methods = (
        written[name] for name in ("models/trees.py", "models/trees_sent.py", "operations/trees.py")
    )
    assert '_2ND = "2nd"' in answered
    assert 'DARK_BLUE = "dark blue"' in answered
    assert 'rename={"class_": "class"}' in answered
    assert 'below: "tuple[Node, ...]"' in answered
    assert "colour: Colour | None = None" in answered
    assert "size: str | UnsetType = UNSET" in answered
    assert 'size: Literal["s", "l"] | UnsetType = UNSET' in sent
    assert "RowsChange" not in sent
    assert "def grow(self, tree: str, rows: Sequence[Change], *, idempotency_key" in methods
    assert 'f"/trees/{segment(tree)}/0"' in methods
    assert "def import_(self, tree: str, *, idempotency_key: str | None = None) -> bytes:" in methods


def test_a_long_chapter_is_in_two_modules() -> None:
    written = dict(modules(document(*(operation(f"do{number}") for number in range(30)))))
    assert "class Trees(TreesReading):" in written["operations/trees.py"]
    assert "class TreesReading:" in written["operations/trees_reading.py"]


def test_two_operations_of_one_name_are_refused() -> None:
    with pytest.raises(AssertionError, match="one name"):
        dict(modules(document(operation("grow"), operation("grow"))))


@pytest.mark.parametrize(
    ("schema", "way", "expected"),
    [
        ({}, Way.SENT, "Any"),
        ({"type": "string", "format": "date-time"}, Way.SENT, "datetime"),
        ({"type": "string", "format": "binary"}, Way.SENT, "File"),
        ({"type": "array", "prefixItems": [NUMBER, {"type": "string"}]}, Way.SENT, "tuple[int, str]"),
        ({"anyOf": [{"type": "array", "items": NUMBER}, NULL]}, Way.SENT, "Sequence[int] | None"),
        ({"anyOf": [NULL, NUMBER, NUMBER]}, Way.ANSWERED, "int | None"),
        ({"type": "object", "additionalProperties": NUMBER}, Way.ANSWERED, "dict[str, int]"),
        ({"const": "all", "type": "string"}, Way.BOTH, 'Literal["all"]'),
    ],
)
def test_a_schema_is_an_annotation(schema: dict[str, Any], way: Way, expected: str) -> None:
    assert annotation(schema, way) == expected


def test_none_stands_at_the_end_of_a_union_once() -> None:
    assert (
        union(["tuple[int, ...] | str | None", "None", "UnsetType"])
        == "tuple[int, ...] | str | UnsetType | None"
    )
