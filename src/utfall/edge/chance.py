"""Chance and identity on the hot path: pooled random bytes, and ids and click tokens made of them."""

import os
from binascii import b2a_base64
from hashlib import blake2b
from typing import Final

_POOLED: Final = 1000
_TAKE: Final = 10
_URL_SAFE: Final = bytes.maketrans(b"+/", b"-_")
_MARKS: Final = 0x7 << 76 | 0b10 << 62
_CHANCE: Final = (1 << 80) - 1 ^ 0xF << 76 ^ 0b11 << 62
"""The 74 bits of an id's last ten bytes that are left to chance; the others say UUID version 7."""


class Ids:
    """New event ids, with the randomness of a thousand drawn at once. Each thread needs one of its own."""

    __slots__ = ("_pool",)

    def __init__(self) -> None:
        self._pool: list[int] = []

    def raw(self, at_ms: int) -> bytes:
        """The sixteen bytes of the id that `utfall.events.event_id` would write in hex."""
        pool = self._pool or self._drawn()
        return (at_ms << 80 | pool.pop()).to_bytes(16)

    def text(self, at_ms: int) -> str:
        """An id as events carry it."""
        return self.raw(at_ms).hex()

    def _drawn(self) -> list[int]:
        block = os.urandom(_POOLED * _TAKE)
        pieces = (block[at : at + _TAKE] for at in range(0, len(block), _TAKE))
        self._pool = [marked(piece) for piece in pieces]
        return self._pool


def marked(chance: bytes) -> int:
    """Ten bytes of chance with the bits set that say UUID version 7."""
    return int.from_bytes(chance) & _CHANCE | _MARKS


class TokenPress:
    """Mints the very tokens of `utfall.events.mint`, with the key's hash state prepared once."""

    __slots__ = ("_key", "_state")

    def __init__(self, key_id: int, secret: bytes) -> None:
        self._key = bytes((key_id,))
        self._state = blake2b(key=secret, digest_size=16)

    def mint(self, click: bytes, token_ids: bytes) -> str:
        """The token of a click id (16 bytes) and the packed ids of its link, program and publisher."""
        body = self._key + click + token_ids
        state = self._state.copy()
        state.update(body)
        return b2a_base64(body + state.digest(), newline=False)[:62].translate(_URL_SAFE).decode()
