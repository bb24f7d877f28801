"""Numbers of the sealed terms: the next advertiser, the next publisher."""

from django.db import transaction
from django.db.models import Max

from utfall.portal.access import Kind
from utfall.portal.people.models import Organisation

NUMBERED = frozenset({Kind.ADVERTISER, Kind.PUBLISHER})


def next_number(kind: Kind) -> int:
    """One more than the greatest of its kind; within the transaction that takes it, which holds the lock."""
    assert transaction.get_connection().in_atomic_block, "two would get the same number"
    if kind not in NUMBERED:
        return 0
    greatest = Organisation.objects.system().filter(kind=kind.value).aggregate(last=Max("number"))["last"]
    return (greatest or 0) + 1
