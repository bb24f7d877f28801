"""The OpenAPI document: Ninja's, with a name of its own for every schema, and what all operations share."""

from typing import Any, Final

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from utfall.portal.rest.idempotency import HEADER
from utfall.portal.rest.naming import public_name
from utfall.portal.rest.operations import MEDIA_NAMES
from utfall.portal.rest.problems import GENERAL, MEDIA_TYPE

RATE_HEADERS: Final = {
    "RateLimit-Limit": "How many requests may be sent at once.",
    "RateLimit-Remaining": "How many are left.",
    "RateLimit-Reset": "Seconds until all of them are back.",
}


class Document(OpenAPISchema):
    """Two apps may both have a `State`: `naming` calls each by what it is the state of.

    Were two still called the same, the second would become `LinksState`, so that neither hides the other.
    """

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        super().__init__(api, path_prefix)
        self["paths"], self["components"] = _modern(self["paths"]), _modern(self["components"])
        components = self["components"]
        components["schemas"] = {**_needed(self["paths"], components["schemas"]), "Problem": PROBLEM}
        components["securitySchemes"] = {"key": {"type": "http", "scheme": "bearer"}}
        components["parameters"] = {HEADER: IDEMPOTENCY_KEY}
        components["headers"] = {name: _header(words) for name, words in RATE_HEADERS.items()}
        components["responses"] = {name: _response(status) for status, name in MEDIA_NAMES.items()}

    def operation_parameters(self, operation: Operation) -> list[dict[str, Any]]:
        """An operation's parameters. Their examples stay in the schema: beside it they would be a mapping."""
        found = super().operation_parameters(operation)
        for parameter in found:
            parameter.pop("examples", None)
        return found

    def operation_details(self, operation: Operation) -> dict[str, Any]:
        """An operation, its schemas under names that say of what they are, and that nobody else uses."""
        known, self.schemas = self.schemas, {}
        try:
            details = super().operation_details(operation)
            app = (operation.tags or [""])[0]
            said = {name: public_name(app, name) for name in self.schemas}
            schemas = {said[name]: _renamed(one, said) for name, one in self.schemas.items()}
            taken = {
                name: f"{app.capitalize()}{name}"
                for name, schema in schemas.items()
                if name in known and known[name] != schema
            }
            details = _renamed(_renamed(details, said), taken)
            known |= {taken.get(name, name): _renamed(one, taken) for name, one in schemas.items()}
        finally:
            self.schemas = known
        return _with_files(_with_file_answers(details))


def _with_file_answers(details: dict[str, Any]) -> dict[str, Any]:
    """An answer that is a file is of its own media type, whichever that is; Ninja would call it JSON."""
    for answer in details["responses"].values():
        content = answer.get("content", {})
        if any(_is_file(one.get("schema", {})) for one in content.values()):
            answer["content"] = {"*/*": next(iter(content.values()))}
    return details


def _with_files(details: dict[str, Any]) -> dict[str, Any]:
    """Every file among the parts of the form: Ninja puts one that may be left out into the query."""
    parameters = details.get("parameters", [])
    files = {one["name"]: one["schema"] for one in parameters if _is_file(one.get("schema", {}))}
    if not files:
        return details
    content = details["requestBody"]["content"]
    (form,) = content.values()
    form["schema"] = {**form["schema"], "properties": {**form["schema"]["properties"], **files}}
    details["requestBody"]["content"] = {"multipart/form-data": form}
    details["parameters"] = [one for one in parameters if one.get("name") not in files]
    return details


def _is_file(schema: dict[str, Any]) -> bool:
    return any(one.get("format") == "binary" for one in (schema, *schema.get("anyOf", ())))


def _needed(paths: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    """The schemas that an operation refers to, directly or by another; a query's parts stand beside it."""
    prefix = REF_TEMPLATE.format(model="")
    found: dict[str, Any] = {}
    waiting: list[Any] = [paths]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            name = str(part.get("$ref", "")).removeprefix(prefix)
            if name in schemas and name not in found:
                found[name] = schemas[name]
                waiting.append(schemas[name])
    return dict(sorted(found.items()))


def _modern(part: Any) -> Any:
    """Tuples as JSON Schema 2020-12 writes them, which is what OpenAPI 3.1 is built on."""
    if isinstance(part, list):
        return [_modern(one) for one in part]
    if not isinstance(part, dict):
        return part
    return {
        "prefixItems" if key == "items" and isinstance(one, list) else key: _modern(one)
        for key, one in part.items()
    }


def _renamed(part: Any, names: dict[str, str]) -> Any:
    """The same part of a document with its references following the new names."""
    if all(name == new for name, new in names.items()):
        return part
    if isinstance(part, list):
        return [_renamed(one, names) for one in part]
    if not isinstance(part, dict):
        return part
    prefix = REF_TEMPLATE.format(model="")
    found = {key: _renamed(one, names) for key, one in part.items()}
    reference = found.get("$ref")
    if isinstance(reference, str) and reference.removeprefix(prefix) in names:
        found["$ref"] = prefix + names[reference.removeprefix(prefix)]
    return found


IDEMPOTENCY_KEY: Final[dict[str, Any]] = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "A request sent again with the same key takes effect once. Kept for 24 hours.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
}
_ERROR: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["code", "detail", "field"],
    "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "field": {"type": "string"}},
}
PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "title": "Problem",
    "description": "Why what was asked for was not done (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code", "field", "errors"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "A sentence, in the language of Accept-Language."},
        "code": {"type": "string", "description": "The reason, for machines. Codes are never renamed."},
        "field": {"type": "string", "description": "The field to blame, or empty."},
        "mend": {"type": "string", "description": "What to do about it."},
        "errors": {"type": "array", "items": _ERROR},
    },
}


def _header(words: str) -> dict[str, Any]:
    return {"description": words, "schema": {"type": "integer"}}


def _response(status: int) -> dict[str, Any]:
    codes = [code for code, general in GENERAL.items() if general.status == status]
    words = " ".join(f"`{code}`: {GENERAL[code].sentence}" for code in codes)
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_HEADERS}
    return {
        "description": words or "The rules do not allow it now.",
        "headers": headers,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
