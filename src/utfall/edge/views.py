"""`GET /i/{key}.gif`: an ad or link was shown, was in view, or its video reached a mark."""

from collections.abc import Mapping
from typing import Any, Final

from utfall.edge.answers import NO_STORE, answer_refusal
from utfall.edge.door import Door, now_ms
from utfall.edge.landing import Landing
from utfall.edge.rows import Refused, Row, Unreadable
from utfall.edge.rsgi import Request
from utfall.edge.touch_rows import MARKS, impression_of
from utfall.edge.touching import NOTHING_ASKED, Asked, read_asked, refuse_touch, see
from utfall.events import Impression, Reason, Touch, VideoProgress, Viewable

PATH: Final = "/i/"
SUFFIX: Final = ".gif"
PIXEL: Final = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    b"!\xf9\x04\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)
GIF: Final = ("content-type", "image/gif")


async def show_pixel(door: Door, request: Request) -> None:
    """Answers with the pixel, once the view can no longer be lost."""
    now = now_ms()
    key = request.path[len(PATH) :].removesuffix(SUFFIX)
    landing = door.snapshots.landing(key, now)
    if landing is None:
        reason = Reason.UNKNOWN_LINK if door.snapshots.current else Reason.UNAVAILABLE
        return await refuse_touch(door, request, Refused(reason), "impression", None, key)
    asked = read_asked(request.query) if request.query else NOTHING_ASKED
    if not isinstance(asked, Refused):
        asked = _checked(asked)
    if isinstance(asked, Refused):
        return await refuse_touch(door, request, asked, "impression", landing, key)
    if request.method == "HEAD":
        door.counts["uncounted", "head"] += 1
        return request.proto.response_empty(200, [GIF, NO_STORE])
    return await _count(door, request, landing, asked, now)


def _checked(asked: Asked) -> Asked | Refused:
    """The event that is told must be one we know, and the impression it refers to must be an id."""
    if asked.rest.get("event", "impression") not in ("impression", "viewable", *MARKS):
        return Refused(Reason.INVALID_FIELD, "event")
    try:
        impression = impression_of(Row({"impression": asked.rest.get("impression")}))
    except Unreadable:
        return Refused(Reason.INVALID_FIELD, "impression")
    return asked if impression is None else asked._replace(rest={**asked.rest, "impression": impression})


async def _count(door: Door, request: Request, landing: Landing, asked: Asked, now: int) -> None:
    text = request.agent
    agent = door.agents.known.get(text) or await door.agents.of(text)
    visitor, address, country, cookie = see(door, request, asked.consent, landing, now)
    link = landing.link
    touch = _touch(
        asked.rest,
        id=door.ids.text(now),
        occurred_at=now,
        received_at=now,
        advertiser=landing.advertiser,
        program=link.program,
        publisher=link.publisher,
        link=link.id,
        consent=asked.consent,
        visitor=visitor,
        address=address,
        device=agent.device,
        os=agent.os,
        browser=agent.browser,
        robot=agent.robot,
        country=country,
        sub=asked.sub,
    )
    if not await door.keep(touch):
        door.counts["refusals", "unavailable"] += 1
        return answer_refusal(request.proto, Refused(Reason.UNAVAILABLE))
    cookies = [cookie] if cookie else []
    return request.proto.response_bytes(200, [GIF, NO_STORE, ("utfall-event", touch.id), *cookies], PIXEL)


def _touch(rest: Mapping[str, str], **common: Any) -> Touch:
    match rest.get("event", "impression"):
        case "impression":
            return Impression(**common)
        case "viewable":
            return Viewable(**common, impression=rest.get("impression") or None)
        case mark:
            return VideoProgress(**common, mark=mark, impression=rest.get("impression") or None)  # type: ignore[arg-type]
