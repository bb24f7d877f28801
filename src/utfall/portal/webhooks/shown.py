"""From rows to what others may see: secrets masked, figures counted."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from utfall.portal.site import site
from utfall.portal.webhooks.contracts import (
    AttemptView,
    EndpointView,
    Form,
    SendingView,
    Standing,
    State,
)
from utfall.portal.webhooks.models import Attempt, Delivery, Endpoint
from utfall.portal.webhooks.retrying import TRIES
from utfall.portal.webhooks.signing import secret_of

MASK: Final = "••••"
TELLTALE: Final = re.compile(r"(?i)(token|secret|passw|auth|apikey|api_key|security|^key$|^sig$|^pwd$)")
SECRET_HEADERS: Final = frozenset({"set-cookie", "cookie", "authorization", "proxy-authorization"})


def secret(row: Endpoint, salt: str | None = None) -> str:
    """The secret that an endpoint is signed with."""
    return secret_of(site().secret, row.pk, row.salt if salt is None else salt)


def endpoint_view(row: Endpoint, counts: Mapping[str, int] | None = None) -> EndpointView:
    """A row as its owner sees it; `counts`: deliveries by state."""
    counted = counts or {}
    return EndpointView(
        id=row.pk,
        form=Form(row.form),
        advertiser=row.advertiser,
        publisher=row.publisher,
        url=row.url,
        description=row.description,
        kinds=tuple(row.kinds),
        method=row.method,
        program=row.program,
        at_once=row.at_once,
        state=Standing(row.state),
        reason=row.reason,
        failures=row.failures,
        rests_until=row.rests_until,
        created_at=row.created_at,
        created_by=row.created_by,
        secret_hint="…" + secret(row)[-5:],
        old_secret_until=row.old_until,
        missed=row.missed_after is not None,
        delivered=counted.get(State.DELIVERED, 0),
        waiting=counted.get(State.WAITING, 0),
        dead=counted.get(State.DEAD, 0),
    )


def sending_view(row: Delivery, attempts: tuple[Attempt, ...] = ()) -> SendingView:
    """A delivery as its owner sees it."""
    return SendingView(
        id=row.pk,
        endpoint=row.endpoint_id,
        endpoint_name=row.endpoint.description or row.endpoint.url.split("/")[2],
        message=row.message,
        change=row.change,
        kind=row.kind,
        subject=row.subject,
        state=State(row.state),
        method=row.endpoint.method,
        url=masked(row.url),
        body=row.body,
        tries=row.tries,
        tries_most=TRIES,
        next_try=row.next_try if row.state == Delivery.State.WAITING else None,
        status=row.status,
        error=row.error,
        duration_ms=row.duration_ms,
        created_at=row.created_at,
        delivered_at=row.ended_at if row.state == Delivery.State.DELIVERED else None,
        attempts=tuple(_attempt_view(one) for one in attempts),
    )


def _attempt_view(row: Attempt) -> AttemptView:
    return AttemptView(
        id=row.pk,
        at=row.at,
        duration_ms=row.duration_ms,
        address=row.address,
        status=row.status,
        error=row.error,
        detail=row.detail,
        request_headers=row.request_headers,
        answer_headers=row.answer_headers,
        answer_body=row.answer_body,
    )


def masked(url: str) -> str:
    """An address without what looks like a password in it.

    >>> masked("https://a.example/cb?id=7&token=abc")
    'https://a.example/cb?id=7&token=••••'
    """
    parts = urlsplit(url)
    hidden = [
        f"{part.partition('=')[0]}={MASK}" if TELLTALE.search(part.partition("=")[0]) else part
        for part in parts.query.split("&")
    ]
    return urlunsplit(parts._replace(query="&".join(hidden))) if parts.query else url


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers without those that carry somebody's session."""
    return {name: MASK if name.lower() in SECRET_HEADERS else value[:1000] for name, value in headers.items()}
