"""Days of the books: Swedish ones, for papers, statements and the accountant alike."""

from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from utfall.portal.access.times import to_ms

ZONE: Final = ZoneInfo("Europe/Stockholm")


def today() -> date:
    """The day that it is."""
    return timezone.now().astimezone(ZONE).date()


def begins_ms(day: date) -> int:
    """When a day begins, in UTC milliseconds.

    >>> begins_ms(date(2026, 11, 1))
    1793487600000
    """
    return to_ms(datetime.combine(day, time.min, ZONE))


def day_of(at_ms: int) -> date:
    """The day of a moment in UTC milliseconds.

    >>> day_of(1793487600000 - 1), day_of(1793487600000)
    (datetime.date(2026, 10, 31), datetime.date(2026, 11, 1))
    """
    return datetime.fromtimestamp(at_ms // 1000, ZONE).date()
