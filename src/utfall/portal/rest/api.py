"""The API itself: every app's endpoints under `/api/v1/`, and its OpenAPI document."""

import re
from importlib import import_module, util
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from utfall.portal.access import Forbidden, NotFound, Refused
from utfall.portal.rest import problems
from utfall.portal.rest.conduct import answering
from utfall.portal.rest.document import Document
from utfall.portal.rest.operations import Endpoints
from utfall.portal.site import site

VERSION: Final = "1.0"
ROOT: Final = "/api/v1/"


class Api(NinjaAPI):
    """Ninja's API with our problems and our components in its document."""

    def __init__(self) -> None:
        super().__init__(
            title="Utfall",
            version=VERSION,
            description="Everything a page of the portal can do. Conventions: docs/guides/api.md.",
            urls_namespace="api",
            openapi_url=None,
            docs_url=None,
        )
        self.chapters: list[Endpoints] = []
        self._places: dict[str, tuple[str, str]] = {}
        for refusal in (Refused, Forbidden, NotFound, problems.Answer):
            self.add_exception_handler(refusal, _refusal)
        self.add_exception_handler(HttpError, _unreadable)
        self.add_exception_handler(ValidationError, _unfit)

    def add(self, endpoints: Endpoints) -> None:
        """Take up an app's operations."""
        for one in endpoints.operations:
            place = (endpoints.app, one.path)
            if self._places.setdefault(re.sub(r"{[^}]*}", "{}", one.path), place) != place:
                raise ValueError(f"{one.path} stands at an address that another app or parameter name has")
        self.chapters.append(endpoints)
        self.add_router("", endpoints.router)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Document:
        """The OpenAPI document."""
        document = Document(self, path_prefix or ROOT)
        document["servers"] = [{"url": site().portal_url.rstrip("/")}]
        document["tags"] = [{"name": one.app, "description": str(one.words)} for one in self.chapters]
        return document


def _refusal(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    assert isinstance(error, Exception)
    told = problems.of_exception(error)
    assert told is not None, "only refusals are handled here"
    return told


def _unreadable(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    return problems.general("malformed")


def _unfit(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    return problems.invalid(problems.problems_of(error.errors))


def build() -> Api:
    """The API with the endpoints of every app that has any."""
    api = Api()
    for app in settings.PORTAL_APPS:
        if util.find_spec(f"{app}.endpoints") is not None:
            api.add(import_module(f"{app}.endpoints").endpoints)
    return api


def addresses(api: Api) -> list[URLPattern | URLResolver]:
    """Everything below `/api/v1/`."""
    return [
        path("", answering(root), name="root"),
        path("openapi.json", answering(openapi), {"api": api}, name="openapi"),
        path("", include((patterns(api), "api"))),
        re_path(r"^.*$", answering(unknown), name="unknown"),
    ]


@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """Where to read on."""
    return JsonResponse({"openapi": f"{ROOT}openapi.json", "reference": "/api/docs/"})


@require_safe
def openapi(request: HttpRequest, api: Api) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return JsonResponse(api.get_openapi_schema())


def unknown(request: HttpRequest) -> HttpResponse:
    """No operation stands at this address."""
    return problems.general("not_found")


def patterns(api: Api) -> list[URLPattern]:
    """The addresses of the API, each with what is done around every operation."""
    found = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in found:
        one.callback = answering(one.callback)
    return found
