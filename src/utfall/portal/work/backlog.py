"""How work and duties fare in the whole installation, for the operator."""

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from utfall.portal.access import Caller, Permission
from utfall.portal.access.backlogs import LATELY, Backlog
from utfall.portal.work.models import Duty, Work


def backlog(caller: Caller) -> Backlog:
    """Tasks that wait to be begun, and those that failed of late."""
    caller.require(Permission.OPERATE)
    waiting = Q(state=Work.State.WAITING)
    found = Work.objects.of(caller).aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("created_at", filter=waiting),
        failed=Count("pk", filter=Q(state=Work.State.FAILED, ended_at__gte=timezone.now() - LATELY)),
        ended=Max("ended_at"),
    )
    return Backlog(found["waiting"], found["oldest"], found["failed"], found["ended"])


def duties_seen_to(caller: Caller) -> Backlog:
    """Periodic duties: how many failed when they were last seen to, and when any was."""
    caller.require(Permission.OPERATE)
    found = Duty.objects.of(caller).aggregate(failed=Count("pk", filter=~Q(error="")), last=Max("ran_at"))
    return Backlog(0, None, found["failed"], found["last"])
