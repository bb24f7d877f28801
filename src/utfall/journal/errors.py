"""What can go wrong in the journal, the vault and the keys: facts as attributes, and whether to try again."""

from typing import ClassVar


class JournalError(Exception):
    """Root of the tree; `retry` says whether the very same call can succeed later without anybody's help."""

    retry: ClassVar[bool] = False


class StreamBusy(JournalError):
    """Another process (or another writer in this one) holds the stream."""

    def __init__(self, stream: str, holder: str) -> None:
        super().__init__(f"stream {stream} is being written by {holder or 'another process'}")
        self.stream = stream
        self.holder = holder


class AppendTooLarge(JournalError):
    """One event or one commit is beyond the limit; nothing of it was written."""

    def __init__(self, what: str, size_bytes: int, limit_bytes: int) -> None:
        super().__init__(f"{what} of {size_bytes} bytes is over the limit of {limit_bytes}")
        self.size_bytes = size_bytes
        self.limit_bytes = limit_bytes


class JournalFull(JournalError):
    """So many events wait for the disk that one more would be a promise too many."""

    retry = True

    def __init__(self, stream: str, waiting_events: int, waiting_bytes: int) -> None:
        super().__init__(f"stream {stream}: {waiting_events} events ({waiting_bytes} bytes) already wait")
        self.stream = stream
        self.waiting_events = waiting_events
        self.waiting_bytes = waiting_bytes


class JournalClosed(JournalError):
    """The journal was closed by its owner."""

    def __init__(self, stream: str) -> None:
        super().__init__(f"stream {stream} is closed")
        self.stream = stream


class JournalUnavailable(JournalError):
    """The disk refused (full, failing, locked): nothing of this call was acknowledged."""

    retry = True

    def __init__(self, stream: str, why: str) -> None:
        super().__init__(f"stream {stream} is unavailable: {why}")
        self.stream = stream
        self.why = why


class CorruptRecord(JournalError):
    """A record is torn, altered, missing or out of sequence. `position` is the first event that is not to
    be had."""

    def __init__(self, stream: str, segment: str, position: int, why: str) -> None:
        super().__init__(f"stream {stream}, segment {segment}, position {position}: {why}")
        self.stream = stream
        self.segment = segment
        self.position = position
        self.why = why


class JournalShorterThanCursor(JournalError):
    """The stream ends before a place somebody has already read to: acknowledged events have vanished."""

    def __init__(self, stream: str, cursor: int, end: int) -> None:
        super().__init__(f"stream {stream} ends at {end}, before the cursor {cursor}")
        self.stream = stream
        self.cursor = cursor
        self.end = end


class VaultError(JournalError):
    """Root of what the vault refuses."""


class Erased(VaultError):
    """Nobody by this pseudonym is in the vault: erased, or never there. The two cannot be told apart."""

    def __init__(self, pseudonym: str) -> None:
        super().__init__(f"subject {pseudonym} is erased or unknown")
        self.pseudonym = pseudonym


class SealBroken(VaultError):
    """The sealed bytes are not what this subject sealed under this context."""

    def __init__(self, pseudonym: str, why: str) -> None:
        super().__init__(f"sealed bytes of subject {pseudonym}: {why}")
        self.pseudonym = pseudonym
        self.why = why


class WrongPepper(VaultError):
    """The vault was made under another pepper: every customer would look new."""

    def __init__(self, path: str) -> None:
        super().__init__(f"vault {path} belongs to another pepper; restore keys/ and vault together")
        self.path = path


class SaltDestroyed(JournalError):
    """The salt of that day was destroyed, as promised; an address of that day cannot be digested any more."""

    def __init__(self, day: int, newest: int) -> None:
        super().__init__(f"the salt of day {day} is destroyed; the newest salt is of day {newest}")
        self.day = day
        self.newest = newest


class KeyFileInvalid(JournalError):
    """A file of keys is not what this package writes."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"key file {path}: {why}")
        self.path = path
        self.why = why
