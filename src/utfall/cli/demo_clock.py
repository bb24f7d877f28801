"""A clock that is moved: within it this process lives at another time, and nothing else changes.

    with Clock(datetime(2026, 5, 4, 8, tzinfo=UTC)) as clock:
        clock.until(datetime(2026, 5, 5, 8, tzinfo=UTC))

The demo's year is lived by the portal's own people, each on their day; whole years are tested so, too.
Nothing that serves anybody is ever run in it. All of ours ask `time.time`, `time.time_ns` or Django's
`timezone.now` for the time of day; pauses and deadlines use the monotonic clock, which goes on as ever. A
look at the clock takes it a millisecond.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any


class Clock:
    """The time, in UTC milliseconds, until it is moved."""

    def __init__(self, start: datetime) -> None:
        self.ms = round(start.timestamp() * 1000)
        self._within = self._moved()

    def look(self) -> int:
        """What it says now."""
        self.ms += 1
        return self.ms

    def now(self) -> datetime:
        """The same as Django has it."""
        return datetime.fromtimestamp(self.look() / 1000, UTC)

    def until(self, moment: datetime) -> None:
        """Let time pass until a moment; it never goes back."""
        wanted = round(moment.timestamp() * 1000)
        assert wanted >= self.ms, f"{moment} has passed"
        self.ms = wanted

    def pass_time(self, **spans: float) -> None:
        """Let so much time pass: `days=3, hours=1`."""
        self.ms += round(timedelta(**spans).total_seconds() * 1000)

    def __enter__(self) -> "Clock":
        self._within.__enter__()
        return self

    def __exit__(self, *what: Any) -> None:
        self._within.__exit__(*what)

    @contextmanager
    def _moved(self) -> Iterator[None]:
        from django.utils import timezone

        before: tuple[Callable[..., Any], ...] = (time.time, time.time_ns, timezone.now)
        _put(lambda: self.look() / 1000, lambda: self.look() * 1_000_000, self.now)
        try:
            yield
        finally:
            _put(*before)


def _put(seconds: Callable[..., Any], nanoseconds: Callable[..., Any], now: Callable[..., Any]) -> None:
    """Let everybody read these: also the columns that begin with the time of their row."""
    from django.apps import apps
    from django.utils import timezone

    known = timezone.now
    time.time, time.time_ns, timezone.now = seconds, nanoseconds, now
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.default is known:
                field.default = now
                field.__dict__.pop("_get_default", None)
