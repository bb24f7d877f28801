"""What a publisher's orders will become, and on which day: for whoever asks when money comes."""

from datetime import date
from typing import Final, NamedTuple

from django.db import connections

from utfall.portal.access.times import from_ms
from utfall.portal.conversions.waiting import EARNED
from utfall.portal.databases import CONVERSIONS

MOST: Final = 400
_DAY: Final = "(CASE status WHEN 'pending' THEN approve_at ELSE payable_at END) / 86400000"


class Coming(NamedTuple):
    """Orders of a publisher in a program that are approved (pending ones), or payable (approved ones), on
    the same day; no day: a person decides.
    """

    program: int
    currency: str
    status: str
    day: date | None
    micros: int
    orders: int


def coming(publisher: int) -> list[Coming]:
    """What is pending or held for a publisher, the soonest first."""
    with connections[CONVERSIONS].cursor() as cursor:
        cursor.execute(
            f"SELECT coalesce(program, 0), currency, status, {_DAY} AS day,"
            f" CAST(sum(micros) AS BIGINT), count(*) FROM {EARNED}"
            f" GROUP BY 1, 2, 3, 4 ORDER BY {_DAY} IS NULL, day, 1 LIMIT %s",
            [publisher, publisher, MOST],
        )
        rows = cursor.fetchall()
    return [
        Coming(
            program, currency, status, from_ms(day * 86_400_000).date() if day is not None else None, *sums
        )
        for program, currency, status, day, *sums in rows
    ]
