"""What clicks and views have in common: sub-ids, consent, the visitor, the classes of the agent."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from utfall.edge.answers import answer_refusal
from utfall.edge.door import Door
from utfall.edge.landing import Landing
from utfall.edge.query import MalformedQuery, TooManyParameters, read_query
from utfall.edge.reading import DAY_MS
from utfall.edge.rows import Refused
from utfall.edge.rsgi import Request
from utfall.edge.sender import Sender
from utfall.edge.touch_rows import trimmed
from utfall.edge.visit import consent_signal, new_visitor
from utfall.events import Consent, Reason, Source
from utfall.events.limits import SUB_IDS, TEXT_CHARS

STRANGER = Sender(Source.EDGE)
_SUBS = tuple(f"sub{number}" for number in range(1, SUB_IDS + 1))


class Asked(NamedTuple):
    """The parameters of a click or a view."""

    consent: Consent = Consent.UNKNOWN
    sub: tuple[str, ...] = ()
    rest: Mapping[str, str] = MappingProxyType({})


NOTHING_ASKED = Asked()


Seen = tuple[str | None, str | None, str | None, tuple[str, str] | None]
"""The digests of a visitor and its address, its country, and the cookie that goes back."""


def read_asked(query: str) -> Asked | Refused:
    """The parameters of a click or a view. Ones we do not know are somebody else's, and are let pass."""
    try:
        found = read_query(query)
    except MalformedQuery:
        return Refused(Reason.MALFORMED)
    except TooManyParameters:
        return Refused(Reason.TOO_LARGE)
    consent = consent_signal(found.get("consent"))
    if consent is None:
        return Refused(Reason.INVALID_FIELD, "consent")
    subs = [found.get(name, "") for name in _SUBS] if "sub" in query else []
    too_long = next((name for name, sub in zip(_SUBS, subs, strict=False) if len(sub) > TEXT_CHARS), None)
    if too_long:
        return Refused(Reason.INVALID_FIELD, too_long)
    return Asked(consent, trimmed(subs), found)


def see(door: Door, request: Request, consent: Consent, landing: Landing, now: int) -> Seen:
    """Reads the visitor."""
    country = visitor = cookie = None
    address = request.peer
    if door.proxies.any:
        address, country = door.proxies.client(address, request.headers)
    if consent is not Consent.UNKNOWN or not landing.consent_required:
        visitor, cookie = _identify(door, request, consent)
    return visitor, door.address(address, now // DAY_MS), country, cookie


def _identify(door: Door, request: Request, consent: Consent) -> tuple[str | None, tuple[str, str] | None]:
    """The visitor's digest and cookie where both are allowed, else the header that takes the cookie back."""
    known = door.cookie.read(request.headers.get("cookie", ""))
    if consent is Consent.DENIED:
        return None, door.cookie.forget() if known else None
    known = known or new_visitor()
    return door.visitors.digest(known), door.cookie.keep(known)


async def refuse_touch(
    door: Door, request: Request, refused: Refused, about: str, landing: Landing | None, key: str
) -> None:
    """Keeps a refused click or view, and answers it; a key only where it looks like one of ours."""
    if landing is not None:
        link = landing.link
        known = {
            "advertiser": landing.advertiser,
            "program": link.program,
            "publisher": link.publisher,
            "link": link.id,
        }
        await door.refuse(refused, STRANGER, about, **known)
    else:
        await door.refuse(refused, STRANGER, about, reference=key if looks_like_key(key) else None)
    answer_refusal(request.proto, refused)


def looks_like_key(text: str) -> bool:
    """Whether a text could be a link's key, so that no address or name is written down."""
    return 0 < len(text) <= 32 and text.isascii() and text.replace("-", "").replace("_", "").isalnum()
