"""`POST /v1/events`: many rows in one call, a verdict for each."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any, Final

import msgspec

from utfall.edge.answers import accepted_verdict, answer, answer_refusal, refused_verdict, status_of
from utfall.edge.body import read_body, status_of_body
from utfall.edge.door import Door, now_ms
from utfall.edge.intake import KINDS, Received
from utfall.edge.orders import order_reference
from utfall.edge.rows import ExactNumber, Refused
from utfall.edge.rsgi import Request
from utfall.edge.sender import Sender, sender_of
from utfall.events import Reason, Refusal, Source

PATH: Final = "/v1/events"
_BEARER: Final = "bearer "
_KEY_CHARS: Final = 512
_NOBODY: Final = Sender(Source.EDGE)
_NO_ROW: Final[dict[str, object]] = {}
_decoder: Final = msgspec.json.Decoder(float_hook=ExactNumber)
Verdict = Received | Refused


async def take_batch(door: Door, request: Request) -> None:
    """Reads, keeps and answers a batch: 200 when every row is durable, 207 when some are."""
    sender = _sender(door, request)
    if isinstance(sender, Refused):
        return await _refuse(door, request, sender)
    body = await read_body(request.proto, request.headers, door.config)
    if isinstance(body, Refused):
        return await _refuse(door, request, body, status_of_body(body))
    rows = _rows(body, door.config.max_batch_events)
    if isinstance(rows, Refused):
        return await _refuse(door, request, rows)
    read = await door.read([row if isinstance(row, dict) else _NO_ROW for row in rows], sender)
    if read is None:
        return await _refuse(door, request, Refused(Reason.UNAVAILABLE), 429)
    verdicts = [
        verdict if isinstance(row, dict) else Refused(Reason.MALFORMED)
        for row, verdict in zip(rows, read, strict=True)
    ]
    kept = await _keep(door, rows, verdicts, sender)
    return _answer(request, kept)


def _sender(door: Door, request: Request) -> Sender | Refused:
    """Whom the bearer key speaks for. Its digest is looked up: a wrong key costs what a right one does."""
    snapshot = door.snapshots.current
    if snapshot is None:
        return Refused(Reason.UNAVAILABLE)
    header = request.headers.get("authorization", "")
    if not header.lower().startswith(_BEARER) or len(header) > _KEY_CHARS:
        return Refused(Reason.UNAUTHORISED)
    digest = blake2b(header[len(_BEARER) :].strip().encode(), digest_size=32).hexdigest()
    return sender_of(snapshot.keys.get(digest), now_ms())


def _rows(body: bytes, most: int) -> list[Any] | Refused:
    try:
        content = _decoder.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, ValueError):
        return Refused(Reason.MALFORMED)
    if isinstance(content, dict) and content.keys() == {"events"}:
        content = content["events"]
    if not isinstance(content, list) or not content:
        return Refused(Reason.MALFORMED, "events")
    return Refused(Reason.TOO_LARGE, "events") if len(content) > most else content


async def _keep(
    door: Door, rows: Sequence[Any], verdicts: Sequence[Verdict], sender: Sender
) -> list[Verdict]:
    """Makes what is accepted durable, and what is refused too. What the journal cannot take is refused."""
    accepted = [verdict.event for verdict in verdicts if isinstance(verdict, Received)]
    durable = iter(await door.keep_all(accepted))
    final = [
        verdict if isinstance(verdict, Refused) or next(durable) else Refused(Reason.UNAVAILABLE)
        for verdict in verdicts
    ]
    refusals = [
        _refusal(door, row, verdict, sender)
        for row, verdict in zip(rows, final, strict=True)
        if isinstance(verdict, Refused)
    ]
    await door.keep_all([refusal for refusal in refusals if refusal is not None])
    return final


def _refusal(door: Door, row: object, refused: Refused, sender: Sender) -> Refusal | None:
    values: Mapping[str, object] = row if isinstance(row, dict) else _NO_ROW
    kind = values.get("kind")
    return door.refusal(
        refused,
        sender,
        kind if isinstance(kind, str) and kind in KINDS else "row",
        advertiser=sender.advertiser,
        publisher=sender.publisher,
        reference=order_reference(dict(values)),
    )


def _answer(request: Request, verdicts: Sequence[Verdict]) -> None:
    refused = [verdict for verdict in verdicts if isinstance(verdict, Refused)]
    content = {
        "accepted": len(verdicts) - len(refused),
        "refused": len(refused),
        "verdicts": [
            refused_verdict(verdict)
            if isinstance(verdict, Refused)
            else accepted_verdict(verdict.event.id, verdict.token)
            for verdict in verdicts
        ],
    }
    answer(request.proto, _status(verdicts, refused), content)


def _status(verdicts: Sequence[Verdict], refused: Sequence[Refused]) -> int:
    if not refused:
        return 200
    if len(refused) < len(verdicts):
        return 207
    unavailable = all(each.reason is Reason.UNAVAILABLE for each in refused)
    return status_of(Reason.UNAVAILABLE) if unavailable else 422


async def _refuse(door: Door, request: Request, refused: Refused, status: int | None = None) -> None:
    await door.refuse(refused, _NOBODY, "batch")
    answer_refusal(request.proto, refused, status)
