"""The operations of one app: routes, the permission they need, the kinds of organisations they are for.

    endpoints = Endpoints("programs", _("Programs"))

    @endpoints.get("/programs/{int:program}", answers=ProgramAnswer, summary="One program")
    def program(request: ApiRequest, program: int) -> ProgramView:
        return facade.program(request.caller, program)

An app exposes them as `endpoints` in its `endpoints.py`; nothing else needs to know.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

from ninja import Router
from ninja.decorators import decorate_view

from utfall.portal.access import EVERYBODY, Kind, Permission
from utfall.portal.access.errors import Words
from utfall.portal.access.pages import BODY_BYTES
from utfall.portal.rest.conduct import SAFE, ApiRequest, Operation, conducted
from utfall.portal.rest.idempotency import HEADER
from utfall.portal.rest.problems import MEDIA_TYPE
from utfall.portal.rest.schemas import Verdicts

View = TypeVar("View", bound=Callable[..., Any])
READING: Final = (400, 401, 403, 404, 422, 429)
CHANGING: Final = (400, 401, 403, 404, 409, 413, 422, 429)


class Endpoints:
    """The operations of one app; `router` goes into the API. `words` name their chapter of the reference."""

    def __init__(self, app: str, words: Words = "") -> None:
        self.app = app
        self.words = words or app.capitalize()
        self.router = Router(tags=[app])
        self.operations: list[Operation] = []

    def get(self, path: str, **said: Any) -> Callable[[View], View]:
        """Register a reading operation; see `operation`."""
        return self.operation("GET", path, **said)

    def post(self, path: str, **said: Any) -> Callable[[View], View]:
        """Register an operation that makes something or does something; see `operation`."""
        return self.operation("POST", path, **said)

    def put(self, path: str, **said: Any) -> Callable[[View], View]:
        """Register an operation that sets something to what is sent; see `operation`."""
        return self.operation("PUT", path, **said)

    def patch(self, path: str, **said: Any) -> Callable[[View], View]:
        """Register an operation that changes the fields that are sent; see `operation`."""
        return self.operation("PATCH", path, **said)

    def delete(self, path: str, **said: Any) -> Callable[[View], View]:
        """Register an operation that ends something; see `operation`."""
        return self.operation("DELETE", path, **said)

    def operation(
        self,
        method: str,
        path: str,
        *,
        summary: str,
        answers: Any = None,
        needs: Permission = Permission.LOOK,
        kinds: frozenset[Kind] = EVERYBODY,
        status: int | None = None,
        bulk: bool = False,
        takes: int = BODY_BYTES,
        conflicts: bool = False,
    ) -> Callable[[View], View]:
        """Register a view. `answers`: the schema of what it returns; without one it answers 204.

        `bulk`: it takes `Rows[...]` and returns `bulk(rows, do)`. `takes`: the most bytes that it reads.
        `conflicts`: even reading may be refused for how things stand (409), as changing always may.
        """

        def register(view: View) -> View:
            name = f"{self.app}_{view.__name__}"
            one = Operation(self.app, name, method, path, needs, kinds, bulk, takes)
            self.operations.append(one)
            decorate_view(conducted(one))(view)
            self.router.add_api_operation(
                path,
                [method],
                view,
                auth=None,
                response={200: Verdicts, 207: Verdicts} if bulk else {status or _usual(answers): answers},
                operation_id=name,
                url_name=name,
                summary=summary,
                openapi_extra=_described(one, conflicts=conflicts),
            )
            return view

        return register


def _usual(answers: Any) -> int:
    return 204 if answers is None else 200


def _described(operation: Operation, *, conflicts: bool) -> dict[str, Any]:
    reading = sorted({*READING, 409}) if conflicts else READING
    statuses = reading if operation.method in SAFE else CHANGING
    described: dict[str, Any] = {
        "x-needs": operation.needs.value,
        "x-kinds": sorted(kind.value for kind in operation.kinds),
        "security": [{"key": []}],
        "responses": {
            status: {"$ref": f"#/components/responses/{MEDIA_NAMES[status]}"} for status in statuses
        },
    }
    if operation.method not in SAFE:
        described["parameters"] = [{"$ref": f"#/components/parameters/{HEADER}"}]
    return described


MEDIA_NAMES: Final[dict[int, str]] = {
    400: "Malformed",
    401: "KeyRefused",
    403: "Forbidden",
    404: "NotFound",
    409: "Conflict",
    413: "TooLarge",
    422: "Refused",
    429: "RateLimited",
}
"""The name of each problem's answer among the document's components."""

__all__ = ["MEDIA_NAMES", "MEDIA_TYPE", "ApiRequest", "Endpoints"]
