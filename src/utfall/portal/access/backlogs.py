"""What each app's queue holds, as the operator's health page asks it: counts and moments, nothing more."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple

LATELY: Final = timedelta(days=1)
"""Within how long a failure counts as one that somebody should know of."""


class Backlog(NamedTuple):
    """How much waits, since when the oldest does, how much failed of late, when something was done last."""

    waiting: int
    oldest_at: datetime | None
    failed: int
    progress_at: datetime | None
