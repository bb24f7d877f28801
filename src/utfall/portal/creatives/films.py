"""What a video says of itself, whatever its container."""

from typing import NamedTuple


class Broken(Exception):
    """The file is not what it claims to be."""


class Film(NamedTuple):
    """Size, length (0 where it does not say) and codec."""

    width: int
    height: int
    duration_ms: int
    codec: str
