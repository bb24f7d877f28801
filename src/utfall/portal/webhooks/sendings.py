"""The delivery log: looked at, sent again one by one or in ranges, and tried with a test."""

from datetime import datetime
from secrets import token_hex
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Problem, Refused, Slice, refuse
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.audit.facade import record
from utfall.portal.changes import facade as changes
from utfall.portal.webhooks.contracts import SendingView, State
from utfall.portal.webhooks.following import send_again
from utfall.portal.webhooks.models import Attempt, Delivery, Endpoint, Replay
from utfall.portal.webhooks.previewing import example_of
from utfall.portal.webhooks.shown import sending_view
from utfall.portal.webhooks.writing import ping_of

TESTS_WAITING: Final = 5


def sendings(
    caller: Caller,
    *,
    endpoint: int | None = None,
    state: State | None = None,
    kind: str = "",
    after: int | None = None,
    limit: int = USUAL,
) -> Slice[SendingView]:
    """Deliveries, newest first."""
    caller.require(Permission.LOOK)
    rows = Delivery.objects.of(caller).select_related("endpoint")
    wanted = {"endpoint": endpoint, "state": state.value if state else None, "kind": kind or None}
    rows = rows.filter(**{name: value for name, value in wanted.items() if value is not None})
    return newest(rows, sending_view, after=after, limit=limit)


def sending(caller: Caller, number: int) -> SendingView:
    """One delivery with every try of it, newest first."""
    caller.require(Permission.LOOK)
    row = _one(caller, number)
    return sending_view(row, tuple(Attempt.objects.of(caller).filter(delivery=row).order_by("-pk")[:50]))


def redeliver(caller: Caller, number: int) -> SendingView:
    """Send one delivery again, at once, under its own id."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _one(caller, number)
        if row.endpoint.removed_at is not None:
            refuse("endpoint_removed", _("Its endpoint has been removed."), status=409)
        if row.endpoint.state != Endpoint.State.ACTIVE:
            refuse("endpoint_not_active", _("Resume the endpoint first."), status=409)
        send_again(Delivery.objects.of(caller).filter(pk=number))
        Endpoint.objects.of(caller).filter(pk=row.endpoint_id).update(rests_until=None)
    return sending(caller, number)


def send_test(caller: Caller, endpoint: int) -> SendingView:
    """Send a signed test now; it is tried once and changes nothing."""
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _active(caller, endpoint)
        tests = Delivery.objects.of(caller).filter(endpoint=row, change=None, state=Delivery.State.WAITING)
        if tests.count() >= TESTS_WAITING:
            refuse("tests_waiting", _("Some tests are on their way already. Wait for them."), status=409)
        _kind, example, _is_real = example_of(caller, row.program)
        one = ping_of(row, f"msg_test_{token_hex(8)}", timezone.now(), example)
        one.save(force_insert=True)
        Endpoint.objects.of(caller).filter(pk=row.pk).update(rests_until=None)
    return sending(caller, one.pk)


def replay(
    caller: Caller,
    endpoint: int,
    *,
    cursor: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> int:
    """Send again: everything after a cursor of the change feed, or what was made in a span of time.

    After a cursor also what was never made a delivery is sent. How many are sent again at once is answered;
    a replay from a cursor goes on in the background, and is answered with how many changes it looks at.
    """
    caller.require(Permission.TRACK)
    with transaction.atomic():
        row = _active(caller, endpoint)
        if (cursor is None) == (since is None):
            problem = _("Say from where: a cursor of the change feed, or a time.")
            raise Refused([Problem("replay_from_missing", problem, "cursor")])
        if cursor is not None:
            number = _replay_after(caller, row, cursor)
        else:
            ended = Delivery.objects.of(caller).filter(endpoint=row, change__isnull=False)
            ended = ended.exclude(state=Delivery.State.WAITING).filter(created_at__gte=since)
            number = send_again(ended.filter(created_at__lt=until) if until else ended)
        told = {"cursor": cursor, "since": since and since.isoformat(), "until": until and until.isoformat()}
        record(
            caller,
            action="webhook.replayed",
            subject=f"webhook:{row.pk}",
            before=None,
            after=told,
            advertiser=row.advertiser,
            publisher=row.publisher,
        )
    return number


def _replay_after(caller: Caller, row: Endpoint, cursor: int) -> int:
    newest_change = changes.latest()
    if not 0 <= cursor <= newest_change:
        sentence = _("The change feed ends at %(newest)s.") % {"newest": newest_change}
        refuse("cursor_out_of_range", sentence, "cursor")
    if Replay.objects.of(caller).filter(endpoint=row).exists():
        refuse("replay_running", _("A replay is under way already. Wait until it is done."), status=409)
    Replay.objects.system().create(endpoint=row, after=cursor, until=newest_change, asked_by=caller.actor)
    return newest_change - cursor


def _active(caller: Caller, number: int) -> Endpoint:
    row = Endpoint.objects.one(caller, pk=number, removed_at=None)
    if row.state != Endpoint.State.ACTIVE:
        refuse("endpoint_not_active", _("Resume the endpoint first."), status=409)
    return row


def _one(caller: Caller, number: int) -> Delivery:
    rows = Delivery.objects.of(caller).select_related("endpoint")
    found = rows.filter(pk=number).first()
    return found if found is not None else Delivery.objects.one(caller, pk=number)
