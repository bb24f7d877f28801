"""When a delivery that failed is tried again: docs/algorithms/delivery.md has the table."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

STEPS: Final = (1, 6, 30, 180, 720, 2160, 4320)
"""Pauses after the first, second, ... failed try, as multiples of the first: 10 s, 1 min, 5 min, 30 min,
2 h, 6 h, 12 h. A try more than there are steps is the last."""
TRIES: Final = len(STEPS) + 1
JITTER: Final = 0.15
"""A pause is longer by up to this share, by chance, so that receivers are not hit by everybody at once."""
LONGEST_ASKED: Final = timedelta(days=1)
"""How long a receiver may ask us to wait."""
REST_STEPS: Final = 360
"""An endpoint that fails rests for as long as the step says, but at most this (an hour)."""
NOTICES: Final = (5, 10, 15)
DISABLED_AFTER: Final = 20
GONE: Final = 410


def pause(failed: int, first: timedelta, chance: float) -> timedelta:
    """The pause after that many failed tries; `chance` in [0, 1).

    >>> [str(pause(failed, timedelta(seconds=10), 0)) for failed in (1, 2, 4, 7, 9)]
    ['0:00:10', '0:01:00', '0:30:00', '12:00:00', '12:00:00']
    """
    return first * STEPS[min(failed, len(STEPS)) - 1] * (1 + JITTER * chance)


def rest(failures: int, first: timedelta, chance: float) -> timedelta:
    """How long an endpoint is left alone after so many failures in a row, whatever waits for it."""
    return min(pause(failures, first, chance), first * REST_STEPS)


def asked_pause(headers: Mapping[str, str], now: datetime) -> timedelta:
    """How long the receiver asks us to wait (`Retry-After`, seconds or a date); nothing where it does not.

    >>> now = datetime(2026, 1, 1)
    >>> [asked_pause({"retry-after": told}, now).seconds for told in ("120", "soon")]
    [120, 0]
    """
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal():
        return min(timedelta(seconds=int(told[:9])), LONGEST_ASKED)
    try:
        until = parsedate_to_datetime(told)
    except (ValueError, TypeError):
        return timedelta(0)
    if until.tzinfo is None:
        return timedelta(0)
    return max(timedelta(0), min(until - now, LONGEST_ASKED))
