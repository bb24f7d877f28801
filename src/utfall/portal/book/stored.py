"""How engine values are stored: event ids as their sixteen bytes, states as msgpack."""

from typing import Final

import msgspec

from utfall.engine import Bond, OrderState, Pool, StoredTouch

_OTHER: Final = b"\xff" * 17
_encoder: Final = msgspec.msgpack.Encoder(order="deterministic")
encode = _encoder.encode
decode_order: Final = msgspec.msgpack.Decoder(OrderState).decode
decode_pool: Final = msgspec.msgpack.Decoder(Pool).decode
decode_bond: Final = msgspec.msgpack.Decoder(Bond).decode
_Rest = tuple[bool, int, int, int, str | None, str | None, str | None, tuple[str, ...]]
_decode_rest: Final = msgspec.msgpack.Decoder(_Rest).decode


def key_of(identifier: str) -> bytes:
    """An id of 32 lower-case hex characters as sixteen bytes; any other keeps its text behind a mark.

    >>> key_of("017f22e279b070008000000000000000").hex()
    '017f22e279b070008000000000000000'
    """
    if len(identifier) == 32:
        try:
            key = bytes.fromhex(identifier)
        except ValueError:
            key = b""
        if key.hex() == identifier:
            return key
    return _OTHER + identifier.encode()


def id_of(key: bytes) -> str:
    """The id that `key_of` stored.

    >>> id_of(key_of("not of ours")), id_of(bytes(16))
    ('not of ours', '00000000000000000000000000000000')
    """
    return key.hex() if len(key) == 16 else key.removeprefix(_OTHER).decode()


def encode_touch(touch: StoredTouch) -> bytes:
    """A touch without its id and time, which stand in its key."""
    return encode(
        (
            touch.is_click,
            touch.link,
            touch.program,
            touch.publisher,
            touch.identity,
            touch.device,
            touch.country,
            touch.sub,
        )
    )


def decode_touch(key: bytes, at: int, state: bytes) -> StoredTouch:
    """Read what `encode_touch` wrote, with its key."""
    return StoredTouch(id_of(key), at, *_decode_rest(state))
