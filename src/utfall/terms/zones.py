"""Time zones as data: their changes of offset are sealed into the snapshot, so that the same event falls on
the same day for ever, whatever tz database a machine has.
"""

from bisect import bisect_right
from datetime import date

from msgspec import Struct

DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal()


class Zone(Struct, frozen=True, gc=False):
    """A zone's offsets from UTC in seconds, each from the second in `starts` on; before the first, the
    first.
    """

    name: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]

    def offset_at(self, at_ms: int) -> int:
        """Seconds to add to UTC for local time."""
        return self.offsets[max(bisect_right(self.starts, at_ms // 1000) - 1, 0)]

    def day(self, at_ms: int) -> date:
        """The local calendar day; beyond the calendar's ends, its first or last one.

        A day is asked for before a time is judged, and a time no calendar has must not stop settlement.
        """
        ordinal = (at_ms + self.offset_at(at_ms) * 1000) // DAY_MS + _EPOCH
        return date.fromordinal(min(max(ordinal, 1), _LAST_DAY))

    def to_utc_ms(self, local_ms: int) -> int:
        """UTC of a local wall-clock time in milliseconds; the earlier instant where the clock shows it twice.

        A time the clock skips is read with the offset from before the skip.
        """
        candidates = {self.offset_at(local_ms - DAY_MS), self.offset_at(local_ms + DAY_MS)}
        for offset in sorted(candidates, reverse=True):
            at = local_ms - offset * 1000
            if self.offset_at(at) == offset:
                return at
        return local_ms - self.offset_at(local_ms - DAY_MS) * 1000
