"""The OpenAPI document: Ninja's, with a name of its own for every schema, and what all operations share."""

from typing import Any, Final, cast

from ninja import NinjaAPI
from ninja.openapi.schema import REF_TEMPLATE, OpenAPISchema
from ninja.operation import Operation

from utfall.portal.rest.idempotency import HEADER
from utfall.portal.rest.operations import MEDIA_NAMES
from utfall.portal.rest.problems import GENERAL, MEDIA_TYPE

RATE_HEADERS: Final = {
    "RateLimit-Limit": "How many requests may be sent at once.",
    "RateLimit-Remaining": "How many are left.",
    "RateLimit-Reset": "Seconds until all of them are back.",
}


class Document(OpenAPISchema):
    """Two apps may both have a `State`: the second becomes `LinksState`, so that neither hides the other."""

    def __init__(self, api: NinjaAPI, path_prefix: str) -> None:
        super().__init__(api, path_prefix)
        self["paths"], self["components"] = _modern(self["paths"]), _modern(self["components"])
        components = self["components"]
        components["schemas"]["Problem"] = PROBLEM
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
        """An operation, its schemas under names that nobody else uses for something else."""
        known, self.schemas = self.schemas, {}
        try:
            details = super().operation_details(operation)
            app = (operation.tags or [""])[0].capitalize()
            renamed = {
                name: f"{app}{name}"
                for name, schema in self.schemas.items()
                if name in known and known[name] != schema
            }
            details = _renamed(details, renamed)
            known |= {renamed.get(name, name): _renamed(one, renamed) for name, one in self.schemas.items()}
        finally:
            self.schemas = known
        return cast(dict[str, Any], details)


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
    if not names:
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
