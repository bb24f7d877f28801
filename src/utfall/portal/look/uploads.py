"""Files that are sent to pages: nothing of one is read before its sender may send it here, and as much of it.

Django looks for the token of a form in the body, so it would read and store a file of any size, from anybody,
before a page could refuse it. This middleware stands before that and asks the page first. Other bodies are
held to a few megabytes by Django itself, and the API reads none before it knows the key.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from utfall.portal.access import Forbidden, NotFound, Page, Refused
from utfall.portal.access.pages import BODY_BYTES, admitted, refuse_too_large
from utfall.portal.look.refusals import page_of


class UploadMiddleware:
    """Refuses early what would be refused late."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """The answer to whoever may not send this; None where the page is to read it."""
        if request.content_type != "multipart/form-data" or getattr(view, "csrf_exempt", False):
            return None
        page: Page | None = getattr(view, "page", None)
        try:
            if page is not None:
                return admitted(page, request, kwargs["org"])
            refuse_too_large(request, BODY_BYTES)
        except (NotFound, Forbidden, Refused) as error:
            return page_of(request, error)
        return None
