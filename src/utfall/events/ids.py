"""Event ids: UUID version 7 (RFC 9562) as 32 lower-case hex characters, made from a given time and given
chance.
"""


def event_id(at_ms: int, chance: bytes) -> str:
    """Mint an id from a time in milliseconds and ten bytes of randomness.

    >>> event_id(1_645_557_742_000, bytes(10))
    '017f22e279b070008000000000000000'
    """
    if len(chance) != 10:
        raise ValueError("an event id takes ten bytes of chance")
    if not 0 <= at_ms < 1 << 48:
        raise ValueError("an event id holds a time between 1970 and the year 10889")
    random = int.from_bytes(chance, "big")
    high = 0x7000 | (random >> 64) & 0x0FFF
    low = 0x8000000000000000 | random & 0x3FFFFFFFFFFFFFFF
    return f"{at_ms:012x}{high:04x}{low:016x}"


def event_time(identifier: str) -> int:
    """The time in milliseconds an id was minted.

    >>> event_time("017f22e279b070008000000000000000")
    1645557742000
    """
    return int(identifier[:12], 16)


def is_event_id(text: str) -> bool:
    """Whether a text is an id of ours: 32 lower-case hex characters."""
    return len(text) == 32 and text.isascii() and all(character in "0123456789abcdef" for character in text)
