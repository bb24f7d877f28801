"""What a file is, by its first bytes and never by its name."""

from collections.abc import Callable, Mapping
from typing import Final

from utfall.portal.creatives.contracts import Kind

HEAD: Final = 4096
"""As many bytes as are needed to tell."""
Look = Callable[[bytes], bool]


def _starts(*wanted: bytes) -> Look:
    return lambda data: data.startswith(wanted)


def _riff(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _brands(data: bytes) -> frozenset[bytes]:
    """The brands that the first box of an ISO media file names."""
    if data[4:8] != b"ftyp":
        return frozenset()
    end = min(int.from_bytes(data[:4], "big"), len(data), 256)
    return frozenset({data[8:12], *(data[place : place + 4] for place in range(16, end - 3, 4))})


def _is_avif(data: bytes) -> bool:
    return bool(_brands(data) & {b"avif", b"avis"})


def _is_mp4(data: bytes) -> bool:
    return bool(_brands(data)) and not _is_avif(data)


def _is_mp3(data: bytes) -> bool:
    return data[:3] == b"ID3" or (len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0)


MAGIC: Final[Mapping[str, Look]] = {
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "jpg": _starts(b"\xff\xd8\xff"),
    "jpeg": _starts(b"\xff\xd8\xff"),
    "gif": _starts(b"GIF87a", b"GIF89a"),
    "webp": _riff,
    "avif": _is_avif,
    "mp4": _is_mp4,
    "webm": _starts(b"\x1aE\xdf\xa3"),
    "mp3": _is_mp3,
    "m4a": _is_mp4,
    "ogg": _starts(b"OggS"),
    "woff": _starts(b"wOFF"),
    "woff2": _starts(b"wOF2"),
}
"""How each type that is not text begins."""

IMAGES: Final = ("png", "jpg", "gif", "webp", "avif")


def kind_of(head: bytes) -> tuple[Kind, str] | None:
    """What a file is and how its name ends, by its beginning; None where it is nothing that is shown."""
    for extension in IMAGES:
        if MAGIC[extension](head):
            return Kind.IMAGE, extension
    if head.startswith(b"PK\x03\x04"):
        return Kind.HTML5, "html"
    for extension in ("mp4", "webm"):
        if MAGIC[extension](head):
            return Kind.VIDEO, extension
    return None
