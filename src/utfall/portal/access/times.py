"""Moments as the portal holds them (aware datetimes) and as the sealed terms do (UTC milliseconds)."""

from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MS: Final = timedelta(milliseconds=1)


def to_ms(when: datetime) -> int:
    """Milliseconds since 1970, rounded down.

    >>> to_ms(datetime(1970, 1, 1, 0, 0, 1, 123_999, tzinfo=UTC))
    1123
    """
    return (when - _EPOCH) // _MS


def from_ms(at_ms: int) -> datetime:
    """The moment that many milliseconds after 1970.

    >>> from_ms(1123).isoformat()
    '1970-01-01T00:00:01.123000+00:00'
    """
    return _EPOCH + at_ms * _MS
