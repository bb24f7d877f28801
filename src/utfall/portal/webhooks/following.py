"""From the feed to deliveries: each change, once, for each endpoint that wants it. Without a caller."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from utfall.portal.changes import facade as changes
from utfall.portal.changes.contracts import FOR_PARTNERS, Kept
from utfall.portal.partners import facade as partners
from utfall.portal.webhooks.models import Delivery, Endpoint, Followed, Replay
from utfall.portal.webhooks.writing import delivery_of

PIECE: Final = 200
"""How many changes are read at once."""
QUEUE_MOST: Final = 50_000
"""How many deliveries may wait for one endpoint before it is switched off and misses the rest."""


def follow() -> bool:
    """Take the next piece of the feed and of every replay; whether there may be more at once."""
    return _follow_feed() | _follow_replays()


def begin() -> None:
    """Start at the feed's end where nothing was ever followed: what was before is there to be replayed."""
    Followed.objects.system().get_or_create(pk=1, defaults={"change": changes.latest()})


def _follow_feed() -> bool:
    followed = Followed.objects.system().filter(pk=1).values_list("change", flat=True).first() or 0
    found = changes.kept(followed, PIECE)
    if not found:
        return False
    with transaction.atomic():
        for row in Endpoint.objects.system().filter(removed_at=None):
            _switch_off_where_full(row)
            wanted = [change for change in found if wants(row, change)]
            if row.state == Endpoint.State.ACTIVE:
                _deliver(row, wanted)
            elif wanted and row.missed_after is None:
                Endpoint.objects.system().filter(pk=row.pk).update(missed_after=wanted[0].id - 1)
        Followed.objects.system().update_or_create(pk=1, defaults={"change": found[-1].id})
    return len(found) == PIECE


def _follow_replays() -> bool:
    more = False
    active = Replay.objects.system().filter(endpoint__state=Endpoint.State.ACTIVE)
    for replay in active.select_related("endpoint").order_by("pk")[:20]:
        found = [one for one in changes.kept(replay.after, PIECE) if one.id <= replay.until]
        with transaction.atomic():
            _deliver(replay.endpoint, [change for change in found if wants(replay.endpoint, change)])
            if len(found) < PIECE:
                replay.delete()
            else:
                Replay.objects.system().filter(pk=replay.pk).update(after=found[-1].id)
                more = True
    return more


def _deliver(row: Endpoint, wanted: Sequence[Kept]) -> None:
    """Make deliveries; those that exist are sent again under their own ids."""
    made = [delivery_of(row, change) for change in wanted]
    again = [one.message for one in made]
    ended = Delivery.objects.system().filter(message__in=again).exclude(state=Delivery.State.WAITING)
    send_again(ended)
    Delivery.objects.system().bulk_create(made, batch_size=200, ignore_conflicts=True)


def send_again(rows: QuerySet[Delivery]) -> int:
    """Put deliveries that ended back among those that wait; how many it were."""
    return rows.update(state=Delivery.State.WAITING, tries=0, next_try=timezone.now(), ended_at=None)


def wants(row: Endpoint, change: Kept) -> bool:
    """Whether an endpoint's owner may read a change and wants to be told of it."""
    if row.kinds and change.kind.value not in row.kinds:
        return False
    if row.form == Endpoint.Form.POSTBACK and not row.kinds and not is_of_order(change):
        return False
    if row.program is not None and change.program != row.program:
        return False
    if row.advertiser is not None:
        return change.advertiser == row.advertiser
    if row.publisher is None or change.publisher == row.publisher:
        return True
    is_for_all = change.kind in FOR_PARTNERS and change.program is not None
    return is_for_all and partners.is_enrolled(change.program or 0, row.publisher)


def is_of_order(change: Kept) -> bool:
    """Whether it is about an order that was won, or shared: what a postback tells unless kinds are chosen."""
    return change.kind.value.startswith(("conversion.", "commission."))


def _switch_off_where_full(row: Endpoint) -> None:
    """An endpoint for which too much waits misses what comes from now on, until it is resumed."""
    if row.state != Endpoint.State.ACTIVE:
        return
    waiting = Delivery.objects.system().filter(endpoint=row, state=Delivery.State.WAITING)
    if waiting.count() >= QUEUE_MOST:
        row.state, row.reason = Endpoint.State.DISABLED, "queue_full"
        row.save(update_fields=["state", "reason"])
