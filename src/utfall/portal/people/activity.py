"""When anybody of an organisation was last here, for the operator."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from utfall.portal.access import Caller, Permission
from utfall.portal.people.models import Membership


def last_seen(caller: Caller, organisations: Iterable[int]) -> dict[int, datetime]:
    """Of each organisation, to the hour; those where nobody ever was are not among them."""
    caller.require(Permission.OPERATE)
    rows = Membership.objects.of(caller).filter(organisation__in=set(organisations), visited_at__isnull=False)
    return dict(rows.values_list("organisation").annotate(Max("visited_at")).order_by())
