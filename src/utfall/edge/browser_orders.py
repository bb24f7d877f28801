"""`POST /p/{advertiser}` and `GET /p/{advertiser}.gif`: orders told by a browser, by the tag or by an image.

Anybody can call these two, a publisher too, with an order that never was: `accepts_pixel` switches both off.
"""

from typing import Final

import msgspec

from utfall.edge.answers import NO_STORE, accepted_verdict, answer
from utfall.edge.body import read_body, status_of_body
from utfall.edge.door import Door, now_ms
from utfall.edge.orders import advertiser_at, read_parameters, refuse_row, take_row, unknown_advertiser
from utfall.edge.rows import ExactNumber, Refused, Unreadable
from utfall.edge.rows import Row as Fields
from utfall.edge.rsgi import Request
from utfall.edge.sender import Sender
from utfall.edge.views import GIF, PIXEL, SUFFIX
from utfall.events import Reason, Source
from utfall.terms import Advertiser

PATH: Final = "/p/"
ANY_ORIGIN: Final = ("access-control-allow-origin", "*")
"""Without credentials: no cookie comes with a call of the tag, and none is read."""
_PREFLIGHT: Final = [
    ANY_ORIGIN,
    ("access-control-allow-methods", "POST"),
    ("access-control-allow-headers", "content-type"),
    ("access-control-max-age", "86400"),
]
_JSON: Final = ("text/plain", "application/json")
_TRANSIT_MS: Final = 2000
"""A difference of less is the way from there to here, and no wrong clock."""
_SERVERS_ONLY: Final = Refused(Reason.FORBIDDEN, "accepts_pixel")
_decoder: Final = msgspec.json.Decoder(dict[str, object], float_hook=ExactNumber)
Row = dict[str, object]


async def take_pixel(door: Door, request: Request) -> None:
    """A browser tells of an order by fetching an image; never of what became of it."""
    advertiser = advertiser_at(door, request.path.removeprefix(PATH).removesuffix(SUFFIX))
    cookie = door.cookie.read(request.headers.get("cookie", ""))
    sender = _visitor(door, request, Source.PIXEL, advertiser, cookie)
    if advertiser is None:
        return await refuse_row(door, request, unknown_advertiser(door), sender, {})
    row = read_parameters(request.query)
    if isinstance(row, Refused):
        return await refuse_row(door, request, row, sender, {})
    row.pop("cb", None)  # what tags add so that no cache keeps the image
    verdict = _refused(advertiser, row) or await take_row(door, row, sender)
    if isinstance(verdict, Refused):
        return await refuse_row(door, request, verdict, sender, row)
    return request.proto.response_bytes(200, [GIF, NO_STORE, ("utfall-event", verdict.event.id)], PIXEL)


async def take_tag(door: Door, request: Request) -> None:
    """The tag tells of an order: one row as JSON, sent as `text/plain` so that no preflight is needed."""
    if request.method == "OPTIONS":
        return request.proto.response_empty(204, _PREFLIGHT)
    advertiser = advertiser_at(door, request.path.removeprefix(PATH))
    sender = _visitor(door, request, Source.TAG, advertiser, None)
    row = await _told(door, request)
    if isinstance(row, Refused):
        status = status_of_body(row) if row.field == "body" else None
        return await refuse_row(door, request, row, sender, {}, status, ANY_ORIGIN)
    refused = _refused(advertiser, row) if advertiser else unknown_advertiser(door)
    verdict = refused or await take_row(door, row, sender)
    if isinstance(verdict, Refused):
        return await refuse_row(door, request, verdict, sender, row, None, ANY_ORIGIN)
    return answer(request.proto, 202, accepted_verdict(verdict.event.id), ANY_ORIGIN)


async def _told(door: Door, request: Request) -> Row | Refused:
    """The row in a body, read like a row of a batch."""
    body = await read_body(request.proto, request.headers, door.config)
    if isinstance(body, Refused):
        return body
    content_type = request.headers.get("content-type", _JSON[0]).partition(";")[0]
    if content_type.strip().lower() not in _JSON:
        return Refused(Reason.MALFORMED, "content-type")
    try:
        return _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        return Refused(Reason.MALFORMED)


def _refused(advertiser: Advertiser, row: Row) -> Refused | None:
    """What no browser may tell; what it may is put on our clock."""
    if not advertiser.accepts_pixel:
        return _SERVERS_ONLY
    if "status" in row:
        return Refused(Reason.INVALID_FIELD, "status")
    try:
        put_on_our_clock(row, now_ms())
    except Unreadable as unreadable:
        return unreadable.refused
    return None


def put_on_our_clock(row: Row, now: int) -> None:
    """Corrects the mark of the checkout by what the browser's clock is wrong by: clicks are told by ours.

    >>> row = {"checkout_at": 5_000, "sent_at": 7_000}
    >>> put_on_our_clock(row, 10_000)
    >>> row
    {'checkout_at': 8000}
    """
    times = Fields({name: row.pop(name, None) for name in ("sent_at", "checkout_at")})
    sent_at, began_at = times.time("sent_at"), times.time("checkout_at")
    wrong_by = now - sent_at if sent_at is not None else 0
    if began_at is not None:
        row["checkout_at"] = began_at + (wrong_by if abs(wrong_by) > _TRANSIT_MS else 0)


def _visitor(
    door: Door, request: Request, source: Source, advertiser: Advertiser | None, cookie: str | None
) -> Sender:
    headers = request.headers
    return Sender(
        source,
        advertiser.id if advertiser else None,
        visitor=cookie,
        address=door.proxies.client(request.peer, headers).address,
        agent=headers.get("user-agent", ""),
    )
