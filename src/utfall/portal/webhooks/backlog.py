"""How deliveries fare in the whole installation, for the operator."""

from datetime import timedelta

from django.db.models import Count, Min
from django.utils import timezone

from utfall.portal.access import Caller, Permission
from utfall.portal.access.backlogs import LATELY, Backlog
from utfall.portal.changes import facade as changes
from utfall.portal.webhooks.models import Attempt, Delivery, Followed


def backlog(caller: Caller) -> Backlog:
    """Deliveries that wait, and those that were given up of late."""
    caller.require(Permission.OPERATE)
    rows, lately = Delivery.objects.of(caller), timezone.now() - LATELY
    waiting = rows.filter(state=Delivery.State.WAITING).aggregate(count=Count("pk"), oldest=Min("created_at"))
    # A delivery is tried for a few days: what was given up of late is not older than a week.
    young = rows.filter(created_at__gte=lately - timedelta(days=7))
    dead = young.filter(state=Delivery.State.DEAD, ended_at__gte=lately).count()
    tried = Attempt.objects.of(caller).order_by("-pk").values_list("at", flat=True).first()
    return Backlog(waiting["count"], waiting["oldest"], dead, tried)


def unfollowed(caller: Caller) -> int | None:
    """How many changes were told that webhooks have not been offered yet; None where none ever was."""
    caller.require(Permission.OPERATE)
    followed = Followed.objects.of(caller).values_list("change", flat=True).first()
    return None if followed is None else max(changes.latest() - followed, 0)
