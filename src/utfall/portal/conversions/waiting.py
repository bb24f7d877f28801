"""What a publisher waits for, by when it was decided: for whoever asks what of it is paid for."""

from typing import Final, NamedTuple

from django.db import connections

from utfall.portal.conversions.models import Conversion, Part
from utfall.portal.databases import CONVERSIONS

_OWN, _PART = Conversion._meta.db_table, Part._meta.db_table
_COLUMNS: Final = (
    "own.advertiser, own.program, own.currency, own.status, own.decided_at, own.approve_at, own.payable_at"
)
_STATUSES: Final = "own.status IN ('pending', 'approved')"
EARNED: Final = f"""(
    SELECT {_COLUMNS}, own.commission_micros AS micros
    FROM {_OWN} AS own WHERE own.publisher = %s AND {_STATUSES}
        AND NOT EXISTS (SELECT 1 FROM {_PART} WHERE conversion = own.id)
    UNION ALL
    SELECT {_COLUMNS}, part.commission_micros
    FROM {_PART} AS part JOIN {_OWN} AS own ON own.id = part.conversion
    WHERE part.publisher = %s AND {_STATUSES}
) AS earned"""
"""What a publisher, who is named twice, earns with each order that is not payable yet: all of its own, or its
part where several share.
"""
_WAITING: Final = (
    "SELECT advertiser, coalesce(program, 0), currency, status, decided_at, sum(micros)"
    f" FROM {EARNED} GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"
)


class Waiting(NamedTuple):
    """What a publisher earned with orders of a program that are pending, or approved and on hold."""

    advertiser: int
    program: int
    currency: str
    status: str
    decided_at: int | None
    micros: int


def waiting(publisher: int) -> list[Waiting]:
    """Every order that is not payable yet, those decided at the same time together."""
    with connections[CONVERSIONS].cursor() as cursor:
        cursor.execute(_WAITING, [publisher, publisher])
        return [Waiting._make((*row[:5], int(row[5]))) for row in cursor.fetchall()]
