"""The journal: what happened, in order, on disk before anybody is told that it was received.

    commits = GroupCommit(StreamWriter(root, "edge-0"))     # one writer per stream, guarded by a lock
    await commits.append(encoded_event)                     # returns when the event is durable

    with StreamReader(root, "edge-0") as reader:            # any process, while the writer goes on
        for batch in reader.read(cursor, limit_events=20_000):
            ...

It promises that an acknowledged event is never lost, altered or reordered without somebody being told:
commits are chained by checksums, and what is torn, missing or shorter than a cursor is reported with its
position. It refuses to guess: a damaged stream is neither skipped nor continued. It stores bytes and knows
nothing of what they mean.

Beside it live the secrets that must not be in it: `vault` (keys per person, destroyed by erasure), `salts`
(a new one every day, destroyed after two) and `keys` (of click tokens, and the pepper). They are imported
by name.

    JournalError                    retry
    ├── StreamBusy                  no     another writer holds the stream
    ├── AppendTooLarge              no     an event or a commit over its limit
    ├── JournalFull                 yes    too much waits for the disk; answer 503
    ├── JournalUnavailable          yes    the disk refused; nothing of this call was acknowledged
    ├── JournalClosed               no     used after close
    ├── CorruptRecord               no     stream, segment, position and why
    ├── JournalShorterThanCursor    no     events that were read before are gone
    ├── SaltDestroyed               no     that day's addresses cannot be digested any more
    ├── KeyFileInvalid              no     a file of keys is not what this package writes
    └── VaultError
        ├── Erased                  no     the subject was erased, or never was
        ├── SealBroken              no     other bytes, another subject or another context than were sealed
        └── WrongPepper             no     vault and keys do not belong together
"""

from utfall.journal.errors import (
    AppendTooLarge,
    CorruptRecord,
    JournalClosed,
    JournalError,
    JournalFull,
    JournalShorterThanCursor,
    JournalUnavailable,
    StreamBusy,
)
from utfall.journal.group import GroupCommit
from utfall.journal.names import streams
from utfall.journal.reader import Batch, StreamReader
from utfall.journal.verify import StreamReport, verify, verify_stream
from utfall.journal.writer import StreamWriter

__all__ = [
    "AppendTooLarge",
    "Batch",
    "CorruptRecord",
    "GroupCommit",
    "JournalClosed",
    "JournalError",
    "JournalFull",
    "JournalShorterThanCursor",
    "JournalUnavailable",
    "StreamBusy",
    "StreamReader",
    "StreamReport",
    "StreamWriter",
    "streams",
    "verify",
    "verify_stream",
]
