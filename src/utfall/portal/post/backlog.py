"""How letters fare in the whole installation, for the operator."""

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from utfall.portal.access import Caller, Permission
from utfall.portal.access.backlogs import LATELY, Backlog
from utfall.portal.post.models import Letter


def backlog(caller: Caller) -> Backlog:
    """Letters that wait to be sent, and those that were given up of late."""
    caller.require(Permission.OPERATE)
    waiting = Q(state=Letter.State.WAITING)
    found = Letter.objects.of(caller).aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        failed=Count("pk", filter=Q(state=Letter.State.FAILED, created_at__gte=timezone.now() - LATELY)),
        sent=Max("sent_at"),
    )
    return Backlog(found["waiting"], found["oldest"], found["failed"], found["sent"])
