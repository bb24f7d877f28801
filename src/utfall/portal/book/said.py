"""What most readers want of a receipt: which event it answers, the verdict, and the reason."""

from typing import Final

import msgspec


class Said(msgspec.Struct):
    """Of which event a receipt is, and what was decided about it."""

    event: str | None = None
    verdict: str = ""
    reason: str | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether the event was taken in."""
        return self.verdict == "accepted"


_decode: Final = msgspec.json.Decoder(Said).decode


def said(body: bytes) -> Said:
    """What a receipt's body says."""
    return _decode(body)
