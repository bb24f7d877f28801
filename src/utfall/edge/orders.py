"""`GET|POST /s2s/{advertiser}`: orders told by a server. What is shared with browsers is here, too."""

from hashlib import blake2b
from hmac import compare_digest
from typing import Final

from utfall.edge.answers import accepted_verdict, answer, answer_refusal
from utfall.edge.body import read_body, status_of_body
from utfall.edge.door import Door
from utfall.edge.intake import Received
from utfall.edge.query import MalformedQuery, RepeatedParameter, TooManyParameters, read_query
from utfall.edge.rows import Refused
from utfall.edge.rsgi import Request
from utfall.edge.sender import Sender
from utfall.events import Reason, Source
from utfall.events.limits import ORDER_CHARS
from utfall.terms import Advertiser

POSTBACK_PATH: Final = "/s2s/"
FORM: Final = "application/x-www-form-urlencoded"
_DIGITS_MAX: Final = 10
_STATUSES: Final = frozenset({"approve", "decline", "amend", "refund"})


async def take_postback(door: Door, request: Request) -> None:
    """A server tells of an order, or of what became of it."""
    advertiser = advertiser_at(door, request.path.removeprefix(POSTBACK_PATH))
    sender = Sender(Source.POSTBACK, advertiser.id if advertiser else None)
    text = await _text(door, request)
    if isinstance(text, Refused):
        status = status_of_body(text) if text.field == "body" else None
        return await refuse_row(door, request, text, sender, {}, status)
    if advertiser is None:
        return await refuse_row(door, request, unknown_advertiser(door), sender, {})
    row = read_parameters(text)
    if isinstance(row, Refused):
        return await refuse_row(door, request, row, sender, {})
    secret = str(row.pop("token", ""))
    if not _is_authentic(advertiser, secret, row):
        return await refuse_row(door, request, Refused(Reason.UNAUTHORISED, "token"), sender, row)
    verdict = await take_row(door, row, sender)
    if isinstance(verdict, Refused):
        return await refuse_row(door, request, verdict, sender, row)
    return answer(request.proto, 202, accepted_verdict(verdict.event.id))


def advertiser_at(door: Door, text: str) -> Advertiser | None:
    """The advertiser whose id stands in an address."""
    snapshot = door.snapshots.current
    if snapshot is None or not (text.isascii() and text.isdecimal()) or len(text) > _DIGITS_MAX:
        return None
    return snapshot.advertisers.get(int(text))


def unknown_advertiser(door: Door) -> Refused:
    """Why there is no such advertiser: perhaps there are no terms yet."""
    return Refused(Reason.UNKNOWN_ADVERTISER if door.snapshots.current else Reason.UNAVAILABLE)


async def _text(door: Door, request: Request) -> str | Refused:
    """The query, and the form that came with it."""
    query = request.query
    if request.method != "POST":
        return query
    body = await read_body(request.proto, request.headers, door.config)
    if isinstance(body, Refused) or not body:
        return body if isinstance(body, Refused) else query
    if not request.headers.get("content-type", FORM).lower().startswith(FORM):
        return Refused(Reason.MALFORMED, "content-type")
    try:
        form = body.decode()
    except UnicodeDecodeError:
        return Refused(Reason.MALFORMED)
    return f"{query}&{form}" if query else form


def read_parameters(text: str) -> dict[str, object] | Refused:
    """The row that a query or a form tells, each parameter once."""
    try:
        return dict(read_query(text, unique=True))
    except MalformedQuery:
        return Refused(Reason.MALFORMED)
    except TooManyParameters:
        return Refused(Reason.TOO_LARGE)
    except RepeatedParameter as repeated:
        return Refused(Reason.INVALID_FIELD, repeated.name[:ORDER_CHARS])


def _is_authentic(advertiser: Advertiser, secret: str, row: dict[str, object]) -> bool:
    """Whether the advertiser sent this. Without a secret anybody tells of orders, and nobody judges them."""
    if advertiser.postback_digest is None:
        return not row.get("status")
    digest = blake2b(secret.encode(), digest_size=32).hexdigest()
    return compare_digest(digest.encode(), advertiser.postback_digest.encode())


async def take_row(door: Door, row: dict[str, object], sender: Sender) -> Received | Refused:
    """Reads the one row and makes its event durable."""
    if "kind" in row:
        return Refused(Reason.INVALID_FIELD, "kind")
    if row.get("status") and row["status"] not in _STATUSES:
        return Refused(Reason.INVALID_FIELD, "status")
    kind = "amendment" if row.get("status") else "conversion"
    verdicts = await door.read([{**row, "kind": kind}], sender)
    if verdicts is None:
        return Refused(Reason.UNAVAILABLE)
    verdict = verdicts[0]
    if isinstance(verdict, Received) and not await door.keep(verdict.event):
        return Refused(Reason.UNAVAILABLE)
    return verdict


async def refuse_row(
    door: Door,
    request: Request,
    refused: Refused,
    sender: Sender,
    row: dict[str, object],
    status: int | None = None,
    *also: tuple[str, str],
) -> None:
    """Keeps a refused row, and answers it."""
    about = "amendment" if row.get("status") else "conversion"
    await door.refuse(refused, sender, about, advertiser=sender.advertiser, reference=order_reference(row))
    answer_refusal(request.proto, refused, status, *also)


def order_reference(row: dict[str, object]) -> str | None:
    """The order that a refused row was about, if it can be told."""
    order = row.get("order")
    return order if isinstance(order, str) and len(order) <= ORDER_CHARS and order.isprintable() else None
