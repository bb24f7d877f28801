"""One try of one delivery: who is due, the call, and what is written down of it. Without a caller.

for call in due(busy, room): outcome = make(call)      # in a thread; touches no table
write_down(outcomes)                                   # in one transaction
"""

import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from utfall.portal.outside import Limits, Unreachable, call
from utfall.portal.site import site
from utfall.portal.webhooks.letters import tell_of_failures
from utfall.portal.webhooks.models import Attempt, Delivery, Endpoint
from utfall.portal.webhooks.retrying import (
    DISABLED_AFTER,
    GONE,
    NOTICES,
    TRIES,
    asked_pause,
    pause,
    rest,
)
from utfall.portal.webhooks.shown import masked_headers, secret
from utfall.portal.webhooks.signing import headers_of

KEPT_BYTES: Final = 8192
SLOW_MS: Final = 2000
TIMEOUT_S: Final = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A delivery that is due, with all that a thread needs to make the call."""

    delivery: int
    endpoint: int
    is_slow: bool
    message: str
    method: str
    url: str
    body: str
    secrets: tuple[str, ...]
    content_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a call."""

    call: Call
    at: datetime
    duration_ms: int
    sent: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    address: str = ""
    error: str = ""
    detail: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the receiver has it."""
        return self.status is not None and 200 <= self.status < 300


def due(busy: Mapping[int, int], taken: frozenset[int], room: int) -> list[Call]:
    """The deliveries to send now. `busy`: how many calls each endpoint has under way; `taken`: which."""
    now = timezone.now()
    waiting = Delivery.objects.system().filter(state=Delivery.State.WAITING, next_try__lte=now)
    numbers = waiting.values_list("endpoint", flat=True).distinct()
    rows = Endpoint.objects.system().filter(pk__in=list(numbers), state=Endpoint.State.ACTIVE)
    calls: list[Call] = []
    for row in rows.exclude(rests_until__gt=now).order_by("is_slow", "pk"):
        free = (1 if row.failures else row.at_once) - busy.get(row.pk, 0)
        if free > 0 and len(calls) < room:
            own = waiting.filter(endpoint=row).exclude(pk__in=taken)
            # First what was never tried, then what failed, each in its order: one message that cannot be
            # taken keeps no other from being sent.
            calls += [_call(row, one, now) for one in own.order_by("tries", "pk")[:free]]
    return calls[:room]


def _call(row: Endpoint, one: Delivery, now: datetime) -> Call:
    secrets = [secret(row)]
    if row.old_salt and row.old_until is not None and row.old_until > now:
        secrets.append(secret(row, row.old_salt))
    is_hook = row.form == Endpoint.Form.WEBHOOK
    return Call(
        delivery=one.pk,
        endpoint=row.pk,
        is_slow=row.is_slow or row.failures > 0,
        message=one.message,
        method=row.method,
        url=one.url,
        body=one.body,
        secrets=tuple(secrets),
        content_type="application/json" if is_hook else "application/x-www-form-urlencoded",
    )


def make(one: Call) -> Outcome:
    """Call the receiver. Never raises for what a receiver does."""
    at, begun = timezone.now(), time.monotonic()
    headers = headers_of(one.secrets, one.message, int(at.timestamp()), one.body)
    content = one.body.encode() if one.method == "POST" else None
    if content is not None:
        headers["Content-Type"] = one.content_type
    try:
        answered = call(
            one.url,
            Limits(max_bytes=KEPT_BYTES, timeout_s=TIMEOUT_S),
            method=one.method,
            headers=headers,
            body=content,
            reachable=site().reachable,
        )
    except Unreachable as error:
        return Outcome(
            call=one,
            at=at,
            duration_ms=_since(begun),
            sent=headers,
            error=error.code,
            detail=error.detail[:300],
        )
    return Outcome(
        call=one,
        at=at,
        duration_ms=_since(begun),
        sent=answered.sent,
        status=answered.status,
        headers=answered.headers,
        body=answered.body,
        address=answered.address,
        error="" if 200 <= answered.status < 300 else "status",
    )


def _since(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)


@transaction.atomic
def write_down(outcomes: Sequence[Outcome], first: timedelta) -> None:
    """Keep what came of calls, and decide what is tried again and when."""
    for outcome in outcomes:
        row = Delivery.objects.system().filter(pk=outcome.call.delivery).select_related("endpoint").first()
        if row is not None:
            _write_down(row, outcome, first)


def _write_down(row: Delivery, outcome: Outcome, first: timedelta) -> None:
    Attempt.objects.system().create(
        delivery=row,
        at=outcome.at,
        duration_ms=outcome.duration_ms,
        address=outcome.address,
        status=outcome.status,
        error=outcome.error,
        detail=outcome.detail,
        request_headers=masked_headers(outcome.sent),
        answer_headers=masked_headers(outcome.headers),
        answer_body=outcome.body.decode(errors="replace").replace("\x00", "\N{REPLACEMENT CHARACTER}"),
    )
    row.tries += 1
    row.status, row.error, row.duration_ms = outcome.status, outcome.error, outcome.duration_ms
    if outcome.is_good:
        row.state, row.ended_at = Delivery.State.DELIVERED, timezone.now()
    elif row.tries >= TRIES or row.change is None:
        row.state, row.ended_at = Delivery.State.DEAD, timezone.now()
    else:
        row.next_try = timezone.now() + _wait(row.tries, outcome, first)
    row.save()
    if row.change is not None:
        _judge(row.endpoint, outcome, first)


def _wait(failed: int, outcome: Outcome, first: timedelta) -> timedelta:
    """The step of the table, or longer where the receiver asks for it."""
    return max(pause(failed, first, random.random()), asked_pause(outcome.headers, timezone.now()))


def _judge(row: Endpoint, outcome: Outcome, first: timedelta) -> None:
    """What a try says of the endpoint: well, resting for a while, or switched off. A test says nothing."""
    row.is_slow = outcome.duration_ms > SLOW_MS
    if outcome.is_good:
        row.failures, row.rests_until = 0, None
        row.save(update_fields=["is_slow", "failures", "rests_until"])
        return
    row.failures += 1
    asked = asked_pause(outcome.headers, timezone.now())
    row.rests_until = timezone.now() + max(rest(row.failures, first, random.random()), asked)
    if row.state == Endpoint.State.ACTIVE and (row.failures >= DISABLED_AFTER or outcome.status == GONE):
        row.state = Endpoint.State.DISABLED
        row.reason = "gone" if outcome.status == GONE else "failures"
    row.save(update_fields=["is_slow", "failures", "rests_until", "state", "reason"])
    if row.failures in NOTICES or row.state == Endpoint.State.DISABLED:
        tell_of_failures(row, outcome.status, outcome.error)
