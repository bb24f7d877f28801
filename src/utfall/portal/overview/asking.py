"""What an address asks for, read kindly: what cannot be read asks for what is usual."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from utfall.portal.access.paging import whole
from utfall.portal.overview.contracts import Against, Asked, Days


def asked_of(given: Mapping[str, Any]) -> Asked:
    """An address as a question.

    >>> asked_of({"days": "last_7", "program": "3"}).pairs
    [('days', 'last_7'), ('program', '3')]
    """
    first, last = _day(given.get("from")), _day(given.get("to"))
    days = str(given.get("days", ""))
    wanted = Days(days) if days in set(Days) else Days.LAST_30
    if wanted is Days.CUSTOM and not (first and last):
        wanted = Days.LAST_30
    against = str(given.get("against", ""))
    is_own = wanted is Days.CUSTOM
    return Asked(
        days=wanted,
        first=first if is_own else None,
        last=last if is_own else None,
        against=Against(against) if against in set(Against) else Against.PERIOD,
        program=whole(str(given.get("program", "")), digits=14),
        currency=str(given.get("currency", ""))[:3],
        metric=str(given.get("m", ""))[:40],
        other=str(given.get("m2", ""))[:40],
    )


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text)) if text else None
    except ValueError:
        return None
