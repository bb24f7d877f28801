"""Pages of webhooks and postbacks."""

from typing import Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Pages, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.look.forms import blame, say_why
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import State as Partnership
from utfall.portal.programs import facade as programs
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import EndpointView, Form, NewSecret, State
from utfall.portal.webhooks.forms import EndpointForm, ReplayForm, standing
from utfall.portal.webhooks.words import REASONS, error_words

pages: Final = Pages("webhooks")
TRACK: Final = Permission.TRACK
MANY: Final = 200
MORE_SUBS: Final = frozenset(f"sub{number}" for number in range(2, 11))
"""The table has one line for all sub-ids."""


@pages.page("webhooks/", name="index", menu=Menu(gettext_lazy("Webhooks"), "webhook", 85))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Every endpoint and how it fares."""
    rows = [(one, REASONS.get(one.reason, "")) for one in facade.endpoints(caller)]
    return render(request, "webhooks/index.html", {"rows": rows, "is_publisher": _is_publisher(caller)})


@pages.page("webhooks/new/", name="new", needs=TRACK, methods=("GET", "POST"))
def new(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Make a webhook or a postback."""
    wanted = Form.POSTBACK if request.GET.get("form") == "postback" else Form.WEBHOOK
    form = _form(request, caller, wanted)
    if request.method == "POST" and form.is_valid():
        try:
            made = facade.create_endpoint(caller, form.draft(), advertiser=_advertiser(caller, form))
        except Refused as refused:
            blame(form, refused)
        else:
            return _endpoint(request, caller, made.endpoint, made)
    return _form_page(request, caller, form)


@pages.page("webhooks/preview/", name="preview")
def preview(request: HttpRequest, caller: Caller) -> HttpResponse:
    """A postback's address with a real example in it; a piece of the form."""
    program, url = whole(request.GET.get("program", "")), request.GET.get("url", "").strip()
    if not url:
        return render(request, "webhooks/preview.html", {})
    try:
        told = {"preview": facade.preview(caller, url, program)}
    except Refused as refused:
        told = {"problem": refused.problems[0].sentence}  # type: ignore[dict-item]
    return render(request, "webhooks/preview.html", told)


@pages.page("webhooks/<int:endpoint>/", name="endpoint")
def endpoint(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """One endpoint and its log."""
    return _endpoint(request, caller, facade.endpoint(caller, endpoint))


@pages.page("webhooks/<int:endpoint>/edit/", name="edit", needs=TRACK, methods=("GET", "POST"))
def edit(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """Change an endpoint."""
    view = facade.endpoint(caller, endpoint)
    form = _form(request, caller, view.form, view)
    if request.method == "POST" and form.is_valid():
        try:
            facade.change_endpoint(caller, endpoint, form.draft())
            messages.success(request, _("Saved. What waits keeps the form it had."))
            return redirect("webhooks:endpoint", caller.slug, endpoint)
        except Refused as refused:
            blame(form, refused)
    return _form_page(request, caller, form, view)


@pages.page("webhooks/<int:endpoint>/pause/", name="pause", needs=TRACK, methods=("POST",))
def pause(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """Call it no more for now."""
    try:
        facade.pause_endpoint(caller, endpoint)
        messages.success(request, _("Paused. What it misses is sent when you resume it."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("webhooks:endpoint", caller.slug, endpoint)


@pages.page("webhooks/<int:endpoint>/resume/", name="resume", needs=TRACK, methods=("POST",))
def resume(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """Call it again."""
    try:
        facade.resume_endpoint(caller, endpoint)
        messages.success(request, _("Resumed. What it missed is on its way."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("webhooks:endpoint", caller.slug, endpoint)


@pages.page("webhooks/<int:endpoint>/rotate/", name="rotate", needs=TRACK, methods=("POST",))
def rotate(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """Give it a new secret, and show that this once."""
    made = facade.rotate_secret(caller, endpoint)
    return _endpoint(request, caller, made.endpoint, made)


@pages.page("webhooks/<int:endpoint>/remove/", name="remove", needs=TRACK, methods=("POST",))
def remove(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """Take it away."""
    facade.remove_endpoint(caller, endpoint)
    messages.success(request, _("Removed. It is called no more."))
    return redirect("webhooks:index", caller.slug)


@pages.page("webhooks/<int:endpoint>/test/", name="test", needs=TRACK, methods=("POST",))
def test(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """Send a test and show what comes of it."""
    try:
        sent = facade.send_test(caller, endpoint)
    except Refused as refused:
        say_why(request, refused)
        return redirect("webhooks:endpoint", caller.slug, endpoint)
    return redirect("webhooks:sending", caller.slug, sent.id)


@pages.page("webhooks/<int:endpoint>/replay/", name="replay", needs=TRACK, methods=("POST",))
def replay(request: HttpRequest, caller: Caller, endpoint: int) -> HttpResponse:
    """Send again from a cursor or of a span of time."""
    form = ReplayForm(request.POST)
    if not form.is_valid():
        return _endpoint(request, caller, facade.endpoint(caller, endpoint), form=form)
    try:
        number = facade.replay(caller, endpoint, **form.cleaned_data)
        messages.success(request, _("%(number)s messages are looked at and sent again.") % {"number": number})
    except Refused as refused:
        say_why(request, refused)
    return redirect("webhooks:endpoint", caller.slug, endpoint)


@pages.page("webhooks/sent/<int:sending>/", name="sending")
def sending(request: HttpRequest, caller: Caller, sending: int) -> HttpResponse:
    """One delivery: exactly what was sent and what came back, try by try."""
    one = facade.sending(caller, sending)
    tries = [(each, error_words(each.status, each.error)) for each in one.attempts]
    partial = "webhooks/tries.html" if request.headers.get("HX-Request") else "webhooks/sending.html"
    return render(request, partial, {"sending": one, "tries": tries})


@pages.page("webhooks/sent/<int:sending>/again/", name="again", needs=TRACK, methods=("POST",))
def again(request: HttpRequest, caller: Caller, sending: int) -> HttpResponse:
    """Send it again."""
    try:
        facade.redeliver(caller, sending)
        messages.success(request, _("On its way again, under the same id."))
    except Refused as refused:
        say_why(request, refused)
    return redirect("webhooks:sending", caller.slug, sending)


def _endpoint(
    request: HttpRequest,
    caller: Caller,
    view: EndpointView,
    made: NewSecret | None = None,
    form: ReplayForm | None = None,
) -> HttpResponse:
    text = request.GET.get("state", "")
    state = State(text) if text in set(State) else None
    found = facade.sendings(caller, endpoint=view.id, state=state, after=whole(request.GET.get("after", "")))
    told = {
        "endpoint": view,
        "made": made,
        "reason": REASONS.get(view.reason, ""),
        "found": found,
        "words": [(one, error_words(one.status, one.error)) for one in found.items],
        "state": text,
        "replay": form or ReplayForm(),
        "program": _names(caller, view.program),
    }
    response = render(request, "webhooks/endpoint.html", told, status=422 if form else 200)
    if made is not None:
        # Neither the browser's history nor a proxy keeps the secret.
        response.headers["Cache-Control"] = "no-store"
    return response


def _form(
    request: HttpRequest, caller: Caller, wanted: Form, view: EndpointView | None = None
) -> EndpointForm:
    return EndpointForm(
        request.POST or None,
        form=wanted,
        is_publisher=_is_publisher(caller),
        programs=_programs(caller),
        initial=standing(view) if view else None,
    )


def _form_page(
    request: HttpRequest, caller: Caller, form: EndpointForm, view: EndpointView | None = None
) -> HttpResponse:
    told = {
        "form": form,
        "endpoint": view,
        "is_postback": form.form is Form.POSTBACK,
        "macros": [one for one in facade.macros() if one.name not in MORE_SUBS],
    }
    return render(request, "webhooks/form.html", told, status=422 if form.errors else 200)


def _is_publisher(caller: Caller) -> bool:
    return caller.kind is Kind.PUBLISHER


def _programs(caller: Caller) -> list[tuple[int, str]]:
    """The programs to choose from, by name."""
    numbers = None
    if caller.kind is Kind.PUBLISHER:
        found = partners.partnerships(caller, states=[Partnership.APPROVED], count=MANY).items
        numbers = frozenset(one.program for one in found)
    return programs.choices(caller, numbers)


def _names(caller: Caller, program: int | None) -> str:
    return "" if program is None else programs.names(caller, [program]).get(program, f"#{program}")


def _advertiser(caller: Caller, form: EndpointForm) -> int | None:
    """Which of its clients an agency makes it for: that of the chosen program."""
    program = form.cleaned_data["program"]
    if caller.kind is not Kind.AGENCY or program is None:
        return None
    return programs.program(caller, program).advertiser
