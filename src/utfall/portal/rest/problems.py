"""Problems: what an operation answers when it does not do what was asked (RFC 9457)."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Forbidden, NotFound, Problem, Refused
from utfall.portal.access.errors import Words

MEDIA_TYPE: Final = "application/problem+json"
REFERENCE: Final = "/api/docs/#problem-"


class General(NamedTuple):
    """A problem any operation may answer: its status, its sentence, and how it is mended."""

    status: int
    sentence: Words
    mend: Words


GENERAL: Final[dict[str, General]] = {
    "malformed": General(
        400, _("The body is not JSON."), _("Send one JSON object with Content-Type: application/json.")
    ),
    "key_missing": General(
        401, _("No API key was sent."), _("Send the header Authorization: Bearer, followed by your key.")
    ),
    "key_invalid": General(
        401,
        _("This API key is unknown, has expired or has been revoked."),
        _("Create a key under API keys, and send that one."),
    ),
    "forbidden": General(
        403, _("This key may not do that."), _("Use a key whose scopes include the one that is named.")
    ),
    "not_found": General(
        404, _("There is nothing such that this key may see."), _("Check the address and whose key this is.")
    ),
    "method_not_allowed": General(
        405, _("This address does not take that method."), _("See the header Allow.")
    ),
    "in_progress": General(
        409,
        _("A request with this Idempotency-Key is still being answered."),
        _("Wait a moment and send the same request again."),
    ),
    "too_large": General(
        413, _("The body is too large."), _("Send less at once; lists take up to 1000 rows.")
    ),
    "invalid": General(
        422, _("Some of what was sent is not as it must be."), _("See errors for each field.")
    ),
    "idempotency_mismatch": General(
        422,
        _("This Idempotency-Key was used for another request."),
        _("Use a new key for every new request; repeat a key only with the very same request."),
    ),
    "idempotency_key_invalid": General(
        422, _("An Idempotency-Key has 1 to 255 printable characters."), _("Send a UUID, for example.")
    ),
    "rate_limited": General(
        429, _("Too many requests."), _("Wait for as many seconds as the header Retry-After says.")
    ),
    "internal": General(
        500, _("Something went wrong on our side. It has been logged."), _("Try again; nothing was changed.")
    ),
}
"""Every problem that does not come from one operation alone, by code."""


class Answer(Exception):
    """A general problem, raised while a request is admitted; `headers` go with it."""

    def __init__(self, code: str, headers: Mapping[str, str] | None = None, detail: Words = "") -> None:
        super().__init__(code)
        self.code = code
        self.headers = headers or {}
        self.detail = detail


def general(
    code: str, *, detail: Words = "", field: str = "", headers: Mapping[str, str] | None = None
) -> HttpResponse:
    """The answer for a general problem."""
    words = GENERAL[code]
    errors = [_error(Problem(code, detail or words.sentence, field))]
    return _response(
        words.status, code, detail or words.sentence, field, errors, mend=words.mend, headers=headers
    )


def refused(error: Refused) -> HttpResponse:
    """The answer where the rules do not allow it now: the first reason in the open, all in `errors`."""
    first = error.problems[0]
    errors = [_error(problem) for problem in error.problems]
    return _response(error.status, first.code, first.sentence, first.field, errors, mend=first.mend)


def of_exception(error: Exception) -> HttpResponse | None:
    """The answer for what a facade raises; None for a bug."""
    match error:
        case Answer(code=code, headers=headers, detail=detail):
            return general(code, detail=detail, headers=headers)
        case NotFound():
            return general("not_found")
        case Forbidden(needed=needed):
            return general("forbidden", detail=_("This needs the scope %(scope)s.") % {"scope": needed})
        case Refused():
            return refused(error)
    return None


def invalid(errors: Sequence[Problem]) -> HttpResponse:
    """The answer where what was sent does not fit the schema."""
    shown = [_error(problem) for problem in errors]
    words = GENERAL["invalid"]
    first = errors[0]
    detail = f"{first.field}: {first.sentence}" if first.field else str(first.sentence)
    return _response(422, "invalid", detail, first.field, shown, mend=words.mend)


def unknown(names: Sequence[str]) -> HttpResponse:
    """The answer where a query names what the operation does not know."""
    return invalid([Problem("unknown_field", _SENTENCES["extra_forbidden"], name) for name in names])


def problems_of(errors: Sequence[Mapping[str, Any]]) -> list[Problem]:
    """What pydantic found, as problems: the field as a path without its source, a code, and a sentence."""
    return [Problem(_code(error), _sentence(error), _field(error)) for error in errors]


def _field(error: Mapping[str, Any]) -> str:
    path = [str(part) for part in error["loc"]]
    if path and path[0] in {"body", "query", "path", "header"}:
        path = path[1:]
    return ".".join(part for part in path if part not in {"payload", "paging", "filters"} or len(path) == 1)


_SENTENCES: Final[dict[str, Words]] = {
    "missing": _("This is needed."),
    "extra_forbidden": _("There is no such field."),
    "string_too_long": _("At most %(max_length)s characters."),
    "string_too_short": _("At least %(min_length)s characters."),
    "string_type": _("A text is expected."),
    "string_pattern_mismatch": _("This is not written as it must be."),
    "int_type": _("A whole number is expected."),
    "int_parsing": _("A whole number is expected."),
    "int_from_float": _("A whole number is expected."),
    "bool_type": _("true or false is expected."),
    "bool_parsing": _("true or false is expected."),
    "list_type": _("A list is expected."),
    "dict_type": _("An object is expected."),
    "model_type": _("An object is expected."),
    "model_attributes_type": _("An object is expected."),
    "enum": _("One of %(expected)s is expected."),
    "literal_error": _("One of %(expected)s is expected."),
    "greater_than": _("More than %(gt)s is expected."),
    "greater_than_equal": _("At least %(ge)s is expected."),
    "less_than": _("Less than %(lt)s is expected."),
    "less_than_equal": _("At most %(le)s is expected."),
    "too_long": _("At most %(max_length)s entries."),
    "too_short": _("At least %(min_length)s entries."),
    "datetime_parsing": _("A time as RFC 3339 is expected, such as 2026-11-21T10:00:00Z."),
    "datetime_from_date_parsing": _("A time as RFC 3339 is expected, such as 2026-11-21T10:00:00Z."),
    "datetime_type": _("A time as RFC 3339 is expected, such as 2026-11-21T10:00:00Z."),
    "timezone_aware": _("A time needs its offset from UTC, such as Z."),
    "date_parsing": _("A date is expected, such as 2026-11-21."),
    "date_from_datetime_parsing": _("A date is expected, such as 2026-11-21."),
    "date_type": _("A date is expected, such as 2026-11-21."),
}


def _code(error: Mapping[str, Any]) -> str:
    kind = str(error["type"])
    return {"missing": "needed", "extra_forbidden": "unknown_field"}.get(kind, kind)


def _sentence(error: Mapping[str, Any]) -> str:
    words = _SENTENCES.get(str(error["type"]))
    if words is None:
        return str(error["msg"])
    return str(str(words) % error.get("ctx", {}))


def _error(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "detail": str(problem.sentence), "field": problem.field}


def _response(
    status: int,
    code: str,
    detail: Words,
    field: str,
    errors: list[dict[str, str]],
    *,
    mend: Words = "",
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    body: dict[str, Any] = {
        "type": REFERENCE + code if code in GENERAL else "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": str(detail),
        "code": code,
        "field": field,
        "errors": errors,
    }
    if mend:
        body["mend"] = str(mend)
    text = json.dumps(body, ensure_ascii=False)
    return HttpResponse(text, status=status, content_type=MEDIA_TYPE, headers=dict(headers or {}))


__all__ = [
    "GENERAL",
    "MEDIA_TYPE",
    "Answer",
    "general",
    "invalid",
    "of_exception",
    "problems_of",
    "refused",
    "unknown",
]
