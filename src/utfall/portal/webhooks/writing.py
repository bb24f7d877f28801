"""What is sent of a change: the JSON of a webhook, or the filled address of a postback."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from utfall.portal.access import Kind, NotFound
from utfall.portal.access.acting import acting
from utfall.portal.changes.contracts import Kept
from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.conversions import facade as conversions
from utfall.portal.programs import facade as programs
from utfall.portal.webhooks.macros import filled, values_of
from utfall.portal.webhooks.models import Delivery, Endpoint
from utfall.portal.webhooks.shown import secret
from utfall.portal.webhooks.signing import address_signature

PING: Final = "webhook.ping"
EVERYBODYS: Final = acting(Kind.OPERATOR, actor="utfall deliver")
"""Who asks for a program's name: the process, for whomever the change concerns."""


def delivery_of(row: Endpoint, change: Kept) -> Delivery:
    """The delivery of a change for an endpoint, not saved yet."""
    message = f"msg_{row.pk}_{change.id}"
    body = {**_order(row, change), **side_of(row, change)}
    told = {
        "id": change.id,
        "subject": change.subject,
        "advertiser": change.advertiser,
        "publisher": change.publisher,
        "program": change.program,
        **body,
    }
    return _delivery(row, message, change.kind.value, change.at, told, change)


def ping_of(row: Endpoint, message: str, at: datetime, example: Mapping[str, Any]) -> Delivery:
    """A test: a webhook gets a ping, a postback an example."""
    kind = PING if row.form == Endpoint.Form.WEBHOOK else Change.CONVERSION_RECORDED.value
    told = {"words": "This is a test."} if row.form == Endpoint.Form.WEBHOOK else dict(example)
    return _delivery(row, message, kind, at, told, None)


def side_of(row: Endpoint, change: Kept) -> Mapping[str, Any]:
    """A change as the endpoint's owner may read it: a publisher reads its own side."""
    if row.publisher is not None and change.publisher_body is not None:
        return change.publisher_body
    return change.body


def _delivery(
    row: Endpoint, message: str, kind: str, at: datetime, told: Mapping[str, Any], change: Kept | None
) -> Delivery:
    program = change.program if change else row.program
    url, body = row.url, ""
    if row.form == Endpoint.Form.WEBHOOK:
        moment = at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        body = msgspec.json.encode({"type": kind, "timestamp": moment, "data": told}).decode()
    else:
        values = values_of(kind, message, at, told, program, program_name(program))
        url = filled(row.url, values, lambda before: address_signature(secret(row), before))
        if row.method == "POST":
            url, _, body = url.partition("?")
    return Delivery(
        endpoint=row,
        message=message,
        change=change.id if change else None,
        kind=kind,
        subject=change.subject[:200] if change else "",
        url=url[:4000],
        body=body,
    )


def _order(row: Endpoint, change: Kept) -> Mapping[str, Any]:
    """What a postback needs of the order where the change is of a time when it did not say so itself."""
    subject, _colon, number = change.subject.partition(":")
    if row.form != Endpoint.Form.POSTBACK or row.publisher is None or subject != "conversion":
        return {}
    if "subs" in side_of(row, change) or change.kind.value.startswith("commission."):
        return {}  # who has a part in an order that another won knows nothing of the click
    reader = replace(EVERYBODYS, kind=Kind.PUBLISHER, publishers=frozenset({row.publisher}))
    try:
        order = conversions.order(reader, int(number))
    except (NotFound, ValueError):
        return {}
    return {"subs": list(order.subs), "code": order.code}


def program_name(number: int | None) -> str:
    """What a program is called; nothing where there is none."""
    return "" if number is None else programs.names(EVERYBODYS, [number]).get(number, "")
