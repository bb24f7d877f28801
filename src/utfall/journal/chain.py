"""How a commit is written and proved: a msgpack array of events, and a checksum over the previous one and
the body."""

import hashlib
from collections.abc import Sequence
from typing import Final

CHECKSUM_BYTES: Final = 16
EVENT_BYTES_MAX: Final = 1 << 20
COMMIT_BYTES_MAX: Final = 64 << 20

_FIXED, _SHORT, _LONG = 0x90, 0xDC, 0xDD  # the three array headers of msgpack


def genesis(stream: str) -> bytes:
    """The checksum before the first commit: it names the stream, so that streams cannot be exchanged.

    >>> genesis("edge-0").hex()
    'a8dc267be2e601aba3d7055ad5ea3bdc'
    """
    return hashlib.blake2b(stream.encode(), digest_size=CHECKSUM_BYTES, person=b"utfall.journal").digest()


def link(previous: bytes, body: bytes) -> bytes:
    """The checksum of a commit. First and count need no place in it: they follow from the bodies before."""
    digest = hashlib.blake2b(previous, digest_size=CHECKSUM_BYTES)
    digest.update(body)
    return digest.digest()


def encode(events: Sequence[bytes]) -> bytes:
    """The body of a commit: an array header and the events as they are.

    >>> encode([b"\\x01", b"\\x02"])
    b'\\x92\\x01\\x02'
    """
    return _header(len(events)) + b"".join(events)


def counted(body: bytes) -> int | None:
    """How many events a body declares; None when it is no array.

    >>> counted(b"\\x92\\x01\\x02"), counted(b"")
    (2, None)
    """
    match body[:1]:
        case b"\xdc":
            return int.from_bytes(body[1:3])
        case b"\xdd":
            return int.from_bytes(body[1:5])
        case head if head and head[0] & 0xF0 == _FIXED:
            return head[0] & 0x0F
        case _:
            return None


def _header(count: int) -> bytes:
    if count < 16:
        return bytes((_FIXED | count,))
    if count < 1 << 16:
        return bytes((_SHORT,)) + count.to_bytes(2)
    return bytes((_LONG,)) + count.to_bytes(4)
