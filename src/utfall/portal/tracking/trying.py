"""A test order, sent to the edge exactly as a shop would: it is shown, and moves no money."""

import json
import secrets
import time
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from django.utils.translation import gettext_lazy as _

from utfall.events import Outcome
from utfall.portal.access import Caller, NotFound, Permission, refuse
from utfall.portal.people import facade as people
from utfall.portal.people.contracts import OrganisationView
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView
from utfall.portal.site import site
from utfall.portal.tracking.contracts import SentOrder, Verdict
from utfall.portal.tracking.reasons_words import reason_words

TIMEOUT_S: Final = 5.0
ANSWER_BYTES: Final = 64 << 10
SECRET_CHARS: Final = 200
CLICK_CHARS: Final = 800
TOLD: Final = frozenset({Outcome.SALE, Outcome.LEAD, Outcome.ACTION, Outcome.INSTALL})
"""Outcomes that a shop tells of; the others are the visitor's own doing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """How the order is told: which address, with a body or with a query."""

    name: str
    path: str
    told: dict[str, str]

    def request(self) -> Request:
        """The call as a shop would make it."""
        address = f"{site().public_url.rstrip('/')}{self.path}"
        if self.name == "postback":
            return Request(f"{address}?{urlencode(self.told)}")
        body = json.dumps({**self.told, "test": True}).encode()
        return Request(address, body, {"Content-Type": "text/plain"})


class _NoRedirect(HTTPRedirectHandler):
    """The edge never redirects an order; whoever does is not the edge."""

    def redirect_request(self, *args: Any, **named: Any) -> None:
        """Follow nothing."""


def send_test_order(
    caller: Caller,
    *,
    advertiser: int | None = None,
    program: int | None = None,
    secret: str = "",
    click: str = "",
) -> SentOrder:
    """Send a test order by the postback, or, where that needs a secret nobody gave, as the browser would."""
    caller.require(Permission.EVENTS)
    owner = people.tracking_of(caller, advertiser)
    chosen = _program(caller, owner.number, program)
    if len(secret) > SECRET_CHARS or len(click) > CLICK_CHARS:
        refuse(
            "too_long",
            _("This is longer than any of ours."),
            "secret" if len(click) <= CLICK_CHARS else "click",
        )
    told = _told(chosen) | ({"click": click.strip()} if click.strip() else {})
    return _sent(_way(owner, told, secret.strip()))


def _program(caller: Caller, advertiser: int, wanted: int | None) -> ProgramView | None:
    """The program whose currency and outcome the order has: the wanted one, else the advertiser's newest."""
    if wanted is not None:
        found = programs.program(caller, wanted)
        if found.advertiser != advertiser:
            raise NotFound
        return found
    return next(iter(programs.programs(caller, advertiser=advertiser, count=1).items), None)


def _told(program: ProgramView | None) -> dict[str, str]:
    outcome = program.outcome if program is not None and program.outcome in TOLD else Outcome.SALE
    return {
        "order": f"TEST-{int(time.time()):x}-{secrets.token_hex(2)}",
        "outcome": outcome.value,
        "amount": "100",
        "currency": program.currency if program else "EUR",
        "test": "1",
    }


def _way(owner: OrganisationView, told: dict[str, str], secret: str) -> _Way:
    if owner.has_postback_secret and not secret and not owner.accepts_pixel:
        sentence = _("Your postbacks carry a secret that we keep no copy of. Enter it to send a test order.")
        refuse("secret_needed", sentence, "secret")
    if owner.has_postback_secret and not secret:
        return _Way(name="browser", path=f"/p/{owner.number}", told=told)
    token = {"token": secret} if secret else {}
    return _Way(name="postback", path=f"/s2s/{owner.number}", told=told | token)


def _sent(way: _Way) -> SentOrder:
    opener: OpenerDirector = build_opener(ProxyHandler({}), _NoRedirect())
    try:
        with opener.open(way.request(), timeout=TIMEOUT_S) as answer:
            status, body = answer.status, answer.read(ANSWER_BYTES)
    except HTTPError as error:
        status, body = error.code, error.read(ANSWER_BYTES)
    except (URLError, OSError, HTTPException, ValueError):
        refuse("edge_unreachable", _("The edge does not answer just now. Nothing was sent; try again."))
    return _answered(way, status, body)


def _answered(way: _Way, status: int, body: bytes) -> SentOrder:
    try:
        said = json.loads(body)
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("verdict") not in ("accepted", "refused"):
        refuse("edge_unknown", _("Something answered that is not the edge. Look at its public address."))
    verdict: Verdict = said["verdict"]
    words = reason_words(str(said.get("reason", "")), str(said.get("field", "")))
    return SentOrder(
        order=way.told["order"],
        way=way.name,
        status=status,
        verdict=verdict,
        event=str(said.get("id", "")),
        reason=str(said.get("reason", "")),
        field=str(said.get("field", "")),
        sentence=words.sentence,
        mend=words.mend,
    )
