"""Pages of claims for both sides: the list, and one with its conversation and its files."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission
from utfall.portal.access.paging import whole
from utfall.portal.claims import facade
from utfall.portal.claims.chapter import BUYING, SELLING, pages
from utfall.portal.claims.contracts import LIVE, ClaimView, State
from utfall.portal.claims.forms import ApproveForm, AskForm, DenyForm, MessageForm
from utfall.portal.claims.words import STATES

DAY: Final = timedelta(days=1)
CLAIMS = Menu(gettext_lazy("Claims"), "message-question", 24)


@pages.page("claims/", name="index", menu=CLAIMS)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Claims, newest first."""
    wanted = request.GET.get("state", "")
    states = [State(wanted)] if wanted in set(State) else list(LIVE) if wanted == "live" else []
    search = request.GET.get("q", "").strip()[:50]
    program, due_to = whole(request.GET.get("program", ""), 14), _day(request.GET.get("due_to", ""))
    found = facade.claims(
        caller,
        states=states,
        program=program,
        search=search,
        due_until=timezone.make_aware(datetime.combine(due_to, time())) + DAY if due_to else None,
        after=whole(request.GET.get("after", "")),
    )
    context = {
        "found": found,
        "states": [(state, words) for state, (words, _tone, _icon) in STATES.items()],
        "state": wanted,
        "program": program,
        "due_to": due_to,
        "is_narrowed": bool(wanted or search or program or due_to),
        "is_publisher": caller.kind is Kind.PUBLISHER,
        "may_file": caller.kind in SELLING and caller.may(Permission.MANAGE),
        "records": facade.records({one.program for one in found.items}),
    }
    return render(request, "claims/index.html", context)


def _day(text: str) -> date | None:
    """A day as an address carries it, if it can be read."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@pages.page("claims/<int:claim>/", name="claim")
def claim(request: HttpRequest, caller: Caller, claim: int) -> HttpResponse:
    """One claim: what the receipts say, what was said, and what can be done."""
    return shown(request, caller, facade.claim(caller, claim))


def shown(
    request: HttpRequest, caller: Caller, view: ClaimView, status: int = 200, **wrong: Any
) -> HttpResponse:
    """A claim's page, with a form that was refused where one was."""
    is_publisher = caller.kind is Kind.PUBLISHER
    context: dict[str, Any] = {
        "claim": view,
        "messages_said": facade.messages(caller, view.id),
        "record": facade.records([view.program]).get(view.program),
        "is_publisher": is_publisher,
        "may_answer": view.is_live and is_publisher and caller.may(Permission.MANAGE),
        "may_decide": view.is_live and caller.kind in BUYING and caller.may(Permission.MONEY),
        "message": MessageForm(),
        "ask": AskForm(),
        "approve": ApproveForm(auto_id="approve_%s"),
        "deny": DenyForm(auto_id="deny_%s"),
        **wrong,
    }
    return render(request, "claims/claim.html", context, status=status)


@pages.page("claims/<int:claim>/proofs/<int:proof>/", name="proof")
def proof(request: HttpRequest, caller: Caller, claim: int, proof: int) -> HttpResponse:
    """A file, as a download only: nothing of it is shown in the portal's own place."""
    name, content = facade.proof(caller, claim, proof)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = (
        f"attachment; filename=\"{_ascii(name)}\"; filename*=UTF-8''{_quoted(name)}"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _ascii(name: str) -> str:
    return "".join(one if one.isascii() and one.isprintable() and one not in '"\\' else "_" for one in name)


def _quoted(name: str) -> str:
    return quote(name, safe="")
