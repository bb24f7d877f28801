"""Pages for what was refused: not found, not allowed, not now, not like this; and for what broke.

An HTMX request is answered with the sentence alone, which the page it came from shows as a note; where a
session has ended, that page goes to sign in.
"""

import json
from collections.abc import Callable
from typing import Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Forbidden, NotFound, Refused
from utfall.portal.access.errors import Words


class Mishap(NamedTuple):
    """What a page of refusal says: what happened and what can be done."""

    heading: Words
    text: Words
    icon: str


MISHAPS: Final[dict[int, Mishap]] = {
    400: Mishap(
        _("The portal did not understand that"),
        _("The address or the form is damaged. Go back and try again."),
        icon="help-circle",
    ),
    403: Mishap(
        _("Your role does not allow this"),
        _("An owner of your organisation can give you another role, or do it for you."),
        icon="lock",
    ),
    404: Mishap(
        _("There is nothing here"),
        _("It may have been removed, or it belongs to somebody else. Check the address."),
        icon="compass-off",
    ),
    409: Mishap(
        _("That cannot be done now"),
        _("Things are not, or no longer, as it needs them. This is what stands in the way:"),
        icon="arrows-exchange",
    ),
    422: Mishap(
        _("That cannot be done like this"),
        _("Nothing was changed. This is what stands in the way:"),
        icon="alert-circle",
    ),
    429: Mishap(
        _("Too often in a short time"),
        _("To protect accounts, this may be tried only now and then. Wait a few minutes."),
        icon="clock-hour-4",
    ),
    500: Mishap(
        _("Something broke on our side"),
        _("It was not your doing, and what was saved is safe. If it happens again, tell the operator."),
        icon="alert-triangle",
    ),
    503: Mishap(
        _("The portal is resting for a moment"),
        _("Clicks and orders are taken and settled meanwhile. Try again in a minute."),
        icon="clock-pause",
    ),
}
ONLOOKING: Final = Mishap(
    _("You only look on"),
    _("You see this portal as one of its people does. End it to act under your own name."),
    icon="eye",
)
STALE_FORM: Final = Mishap(
    _("This form had grown old"),
    _("For your safety a form holds for one session. Go back, load the page again, and send it once more."),
    icon="shield-x",
)


class RefusalMiddleware:
    """Turns what facades raise into pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        to_sign_in = response.status_code == 302 and response["Location"].startswith(settings.LOGIN_URL)
        if to_sign_in and request.headers.get("HX-Request"):
            # Swapped into a part of a page, the form to sign in would be a riddle.
            return HttpResponse(status=401, headers={"HX-Redirect": settings.LOGIN_URL})
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for a refusal; anything else is a bug and goes its way."""
        return page_of(request, error)


def page_of(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """The page for a refusal; None for a bug."""
    match error:
        case NotFound():
            return not_found(request)
        case Forbidden():
            return forbidden(request)
        case Refused():
            return refused(request, error)
    return None


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """The rules do not allow it: every reason at once, under the refusal's own heading or its status's."""
    caller: Caller | None = getattr(request, "caller", None)
    words = Mishap(error.heading, "", icon="alert-triangle") if error.heading else None
    if error.status == 403 and caller is not None and caller.onlooker:
        words = ONLOOKING
    return mishap(request, error.status, error, words=words)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """It could not be read."""
    return mishap(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The role does not allow it."""
    return mishap(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing such here, or it is not yours: the same page."""
    return mishap(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """A bug. What may itself be broken (database, session) is not asked: the page stands by itself."""
    return _bare(500)


def resting(request: HttpRequest) -> HttpResponse:
    """The portal cannot answer now."""
    response = _bare(503)
    response["Retry-After"] = "60"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: usually one that was left open for too long."""
    return mishap(request, 403, words=STALE_FORM)


def mishap(
    request: HttpRequest, status: int, error: Refused | None = None, *, words: Mishap | None = None
) -> HttpResponse:
    """The page of a refusal, or, for HTMX, its sentence."""
    said = words or MISHAPS.get(status, MISHAPS[422])
    problems = error.problems if error else ()
    if request.headers.get("HX-Request"):
        sentence = " ".join(str(one.sentence) for one in problems) or str(said.heading)
        said_there = json.dumps({"say": {"words": sentence, "level": "error"}})
        return HttpResponse(status=status, headers={"HX-Trigger": said_there, "HX-Reswap": "none"})
    told = {"status": status, "mishap": said, "problems": problems}
    return render(request, "look/mishap.html", told, status=status)


def _bare(status: int) -> HttpResponse:
    told = {"status": status, "mishap": MISHAPS[status]}
    return HttpResponse(render_to_string("look/bare.html", told), status=status)
