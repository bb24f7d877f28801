"""The reference of the API as a page of ours: read from the OpenAPI document, with calls to copy."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from utfall.portal.rest.api import ROOT, Api
from utfall.portal.rest.problems import GENERAL
from utfall.portal.site import site

SCHEMAS: Final = "#/components/schemas/"
DEEPEST: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    kind: str
    is_needed: bool
    words: str
    limits: str
    depth: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An operation as the reference shows it."""

    name: str
    method: str
    path: str
    summary: str
    words: str
    needs: str
    kinds: list[str]
    parameters: list[Field]
    body: list[Field]
    answers: list[Field]
    status: str
    statuses: list[str]
    call: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """The operations of one app."""

    name: str
    words: str
    operations: list[Described]


@require_safe
def reference(request: HttpRequest, api: Api) -> HttpResponse:
    """The reference, in the reader's language."""
    told = {"chapters": chapters(api), "problems": GENERAL.items(), "root": ROOT, "base": base()}
    return render(request, "rest/reference.html", told)


def chapters(api: Api) -> list[Chapter]:
    """Every app's operations, as the document says them."""
    document = json.loads(json.dumps(api.get_openapi_schema()))
    by_name = {
        details["operationId"]: (method, path, details)
        for path, methods in document["paths"].items()
        for method, details in methods.items()
    }
    return [
        Chapter(
            name=one.app,
            words=str(one.words),
            operations=[described(*by_name[operation.name], document) for operation in one.operations],
        )
        for one in api.chapters
    ]


def described(method: str, path: str, details: Mapping[str, Any], document: Mapping[str, Any]) -> Described:
    """One operation of the document."""
    answers = details["responses"]
    status = next(code for code in answers if code.startswith("2"))
    body = _content(details.get("requestBody", {}))
    return Described(
        name=details["operationId"],
        method=method.upper(),
        path=path,
        summary=details["summary"],
        words=details.get("description", ""),
        needs=details["x-needs"],
        kinds=details["x-kinds"],
        parameters=[_parameter(one, document) for one in details.get("parameters", ()) if "$ref" not in one],
        body=list(_fields(body, document)),
        answers=list(_fields(_content(answers[status]), document)),
        status=status,
        statuses=[code for code in answers if code != status],
        call=_call(method, path, _sample(body, document) if body else None),
    )


def base() -> str:
    """Where the installation's API stands."""
    return site().portal_url.rstrip("/")


def _content(part: Mapping[str, Any]) -> Mapping[str, Any]:
    contents = list(part.get("content", {}).values())
    return contents[0]["schema"] if contents else {}


def _parameter(one: Mapping[str, Any], document: Mapping[str, Any]) -> Field:
    schema = _resolved(one["schema"], document)
    return Field(
        name=one["name"],
        kind=_kind(one["schema"], document),
        is_needed=one.get("required", False),
        words=one.get("description", ""),
        limits=_limits(schema),
        depth=0,
    )


def _fields(schema: Mapping[str, Any], document: Mapping[str, Any], depth: int = 0) -> Iterator[Field]:
    """The fields of an object, each followed by its own; of a list, those of its items."""
    found = _resolved(schema, document)
    if found.get("type") == "array":
        yield from _fields(found.get("items", {}), document, depth)
        return
    needed = found.get("required", ())
    for name, inner in found.get("properties", {}).items():
        plain = _resolved(inner, document)
        yield Field(
            name=name,
            kind=_kind(inner, document),
            is_needed=name in needed,
            words=inner.get("description", ""),
            limits=_limits(plain),
            depth=depth,
        )
        if depth < DEEPEST:
            yield from _fields(inner, document, depth + 1)


def _resolved(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A schema behind its reference, and without the possibility of null."""
    if "$ref" in schema:
        return _resolved(document["components"]["schemas"][schema["$ref"].removeprefix(SCHEMAS)], document)
    if "anyOf" in schema:
        return _resolved(schema["anyOf"][0], document)
    return schema


def _kind(schema: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """What a value is, in a word or two."""
    if "anyOf" in schema:
        return " | ".join(_kind(one, document) for one in schema["anyOf"])
    found = _resolved(schema, document)
    if "enum" in found:
        return " | ".join(str(one) for one in found["enum"])
    if found.get("type") == "array":
        return f"[{_kind(found.get('items', {}), document)}]"
    return str(found.get("format") or found.get("type") or "any")


LIMITS: Final = (
    ("minimum", "≥ {}"),
    ("maximum", "≤ {}"),
    ("minLength", "length ≥ {}"),
    ("maxLength", "length ≤ {}"),
    ("minItems", "≥ {} items"),
    ("maxItems", "≤ {} items"),
    ("pattern", "{}"),
    ("default", "= {}"),
)


def _limits(schema: Mapping[str, Any]) -> str:
    told = (words.format(schema[name]) for name, words in LIMITS if schema.get(name) not in (None, ""))
    return ", ".join(one for one in told if "9223372036854775807" not in one)


def _sample(schema: Mapping[str, Any], document: Mapping[str, Any], depth: int = 0) -> Any:
    """A value of the kind a schema describes, for the call to copy."""
    found = _resolved(schema, document)
    if "enum" in found:
        return found["enum"][0]
    if "examples" in found:
        return found["examples"][0]
    match found.get("type"):
        case "object":
            needed = found.get("required", ())
            inner = found.get("properties", {}).items()
            return {name: _sample(one, document, depth + 1) for name, one in inner if name in needed}
        case "array":
            return [_sample(found.get("items", {}), document, depth + 1)] if depth < DEEPEST else []
        case "integer" | "number":
            return max(1, int(found.get("minimum", 1)))
        case "boolean":
            return True
    return {"date-time": "2027-01-01T00:00:00Z", "date": "2027-01-01"}.get(str(found.get("format")), "…")


def _call(method: str, path: str, body: Any) -> str:
    lines = [f"curl {base()}{path}"]
    if method != "get":
        lines[0] = f"curl -X {method.upper()} {base()}{path}"
        lines.append("-H 'Idempotency-Key: 6f1c7a52-4f0e-4c39-9f0e-2b8f6f0c1d11'")
    lines.append('-H "Authorization: Bearer $UTFALL_KEY"')
    if body is not None:
        lines.append("-H 'Content-Type: application/json'")
        lines.append(f"-d '{json.dumps(body, ensure_ascii=False)}'")
    return " \\\n  ".join(lines)
