"""`GET /c/{key}`: a visitor follows a link. Durable first, then the redirect."""

from typing import Final

import msgspec

from utfall.edge.agents import Agent
from utfall.edge.answers import NO_STORE, Headers, answer_refusal
from utfall.edge.door import Door, now_ms
from utfall.edge.landing import Landing, Split, deep_link
from utfall.edge.rows import Refused
from utfall.edge.rsgi import Request
from utfall.edge.touching import NOTHING_ASKED, Asked, Seen, read_asked, refuse_touch, see
from utfall.events import Reason
from utfall.events.codec import CURRENT_VERSION
from utfall.journal import JournalError

PATH: Final = "/c/"
_UNKNOWN: Final = Refused(Reason.UNKNOWN_LINK)
_OUTSIDE: Final = Refused(Reason.DESTINATION_NOT_ALLOWED, "url")
_UNAVAILABLE: Final = Refused(Reason.UNAVAILABLE)
_encoder: Final = msgspec.msgpack.Encoder()


async def follow_link(door: Door, request: Request) -> None:
    """Redirects to the shop, once the click can no longer be lost."""
    now = now_ms()
    key = request.path[3:]
    landing = door.snapshots.landing(key, now)
    if landing is None:
        refused = _UNKNOWN if door.snapshots.current else _UNAVAILABLE
        return await refuse_touch(door, request, refused, "click", None, key)
    asked = read_asked(request.query) if request.query else NOTHING_ASKED
    if isinstance(asked, Refused):
        return await refuse_touch(door, request, asked, "click", landing, key)
    place = _place(landing, asked) if asked.rest else landing.home
    if place is None:
        return await refuse_touch(door, request, _OUTSIDE, "click", landing, key)
    if request.looks_ahead:
        return _answer_look(door, request, place)
    text = request.agent
    agent = door.agents.known.get(text) or await door.agents.of(text)
    seen = see(door, request, asked.consent, landing, now)
    raw = door.ids.raw(now)
    try:
        await door.journal.append(encoded_click(raw, now, landing, asked, seen, agent))
    except JournalError:
        return _unavailable(door, request)
    door.counts["events", "click"] += 1
    token = door.press.mint(raw, landing.token_ids)
    added = landing.template.expand(token, asked.sub) if landing.template.moving else ""
    headers: Headers = [("location", f"{place.head}{token}{added}{place.tail}"), NO_STORE]
    if seen[3]:
        headers.append(seen[3])
    return request.proto.response_empty(302, headers)


def encoded_click(raw: bytes, now: int, landing: Landing, asked: Asked, seen: Seen, agent: Agent) -> bytes:
    """The very bytes of `encode(Click(...))`, at a fifth of its cost: the fields in their stored order."""
    link = landing.link
    visitor, address, country, _ = seen
    device, system, browser, robot = agent
    return _encoder.encode(
        (
            "click",
            raw.hex(),
            now,
            now,
            CURRENT_VERSION,
            "edge",
            landing.advertiser,
            link.program,
            link.publisher,
            link.id,
            asked.consent,
            visitor,
            address,
            device,
            system,
            browser,
            robot,
            country,
            asked.sub,
        )
    )


def _place(landing: Landing, asked: Asked) -> Split | None:
    """The link's destination, or the deep link that was asked for, if it is allowed."""
    url = asked.rest.get("url")
    return deep_link(landing, url) if url else landing.home


def _answer_look(door: Door, request: Request, place: Split) -> None:
    """Nobody has followed the link yet, so there is no click and no token.

    A browser that fetches ahead would use a redirect again when the visitor does click, and the order would
    be nobody's: it is turned away, so that it asks once more.
    """
    if request.method == "HEAD":
        door.counts["uncounted", "head"] += 1
        return request.proto.response_empty(302, [("location", place.plain), NO_STORE])
    door.counts["uncounted", "prefetch"] += 1
    return request.proto.response_empty(503, [NO_STORE])


def _unavailable(door: Door, request: Request) -> None:
    """The visitor is asked to come again: a redirect would promise a click that nobody recorded."""
    door.journal_fails = True
    door.counts["refusals", Reason.UNAVAILABLE.value] += 1
    answer_refusal(request.proto, _UNAVAILABLE)
