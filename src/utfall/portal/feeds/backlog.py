"""How feeds fare in the whole installation, for the operator."""

from django.db.models import OuterRef, Subquery

from utfall.portal.access import Caller, Permission
from utfall.portal.access.backlogs import Backlog
from utfall.portal.feeds.contracts import Outcome
from utfall.portal.feeds.models import Delivery, Feed


def backlog(caller: Caller) -> Backlog:
    """Feeds that are being read, and those whose last file could not be."""
    caller.require(Permission.OPERATE)
    newest = Delivery.objects.of(caller).filter(feed=OuterRef("pk")).order_by("-pk")
    rows = Feed.objects.of(caller).annotate(last=Subquery(newest.values("outcome")[:1]))
    taken = rows.order_by("-taken_at").exclude(taken_at=None).values_list("taken_at", flat=True).first()
    running = rows.filter(last=Outcome.RUNNING.value).count()
    return Backlog(running, None, rows.filter(last=Outcome.FAILED.value).count(), taken)
