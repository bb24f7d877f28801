"""What an MP4 says of itself: a walk through its boxes (ISO/IEC 14496-12), none of which may overrun."""

from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from utfall.portal.creatives.films import Broken, Film

MOST_BOXES: Final = 20_000
LARGEST_MOOV: Final = 16 << 20
TOP: Final = frozenset(
    {
        b"ftyp",
        b"moov",
        b"mdat",
        b"free",
        b"skip",
        b"wide",
        b"uuid",
        b"moof",
        b"mfra",
        b"sidx",
        b"styp",
        b"meta",
    }
    | {b"pdin", b"prft", b"emsg", b"udta", b"ssix"}
)
"""Boxes that may stand at the top of a film."""


class Box(NamedTuple):
    """A box within some bytes: its name, and where its content begins and ends."""

    name: bytes
    start: int
    end: int


def film(file: IO[bytes], size: int) -> Film:
    """The film in a file, or Broken."""
    names = set()
    moov = b""
    for box in _top(file, size):
        if box.name not in TOP:
            raise Broken(box.name)
        names.add(box.name)
        if box.name == b"moov":
            if moov or box.end - box.start > LARGEST_MOOV:
                raise Broken("moov")
            file.seek(box.start)
            moov = file.read(box.end - box.start)
    if not {b"ftyp", b"moov", b"mdat"} <= names:
        raise Broken("a part is missing")
    return _film(moov)


def _top(file: IO[bytes], size: int) -> Iterator[Box]:
    place = 0
    for _turn in range(MOST_BOXES):
        if place == size:
            return
        file.seek(place)
        box = _box(file.read(16), place, size)
        yield box
        place = box.end
    raise Broken("too many boxes")


def _box(head: bytes, place: int, end: int) -> Box:
    """The box that begins at a place, by its first sixteen bytes."""
    if len(head) < 8:
        raise Broken("cut off")
    length, start = int.from_bytes(head[:4], "big"), place + 8
    if length == 1:
        if len(head) < 16:
            raise Broken("cut off")
        length, start = int.from_bytes(head[8:16], "big"), place + 16
    stop = end if length == 0 else place + length
    if not start <= stop <= end:
        raise Broken("a box overruns")
    return Box(head[4:8], start, stop)


def _inside(data: bytes, start: int, end: int) -> Iterator[Box]:
    place = start
    for _turn in range(MOST_BOXES):
        if end - place < 8:
            return
        box = _box(data[place : min(place + 16, end)], place, end)
        yield box
        place = box.end
    raise Broken("too many boxes")


def _find(data: bytes, within: Box, *path: bytes) -> Box | None:
    """The first box along a path of names."""
    for box in _inside(data, within.start, within.end):
        if box.name == path[0]:
            return box if len(path) == 1 else _find(data, box, *path[1:])
    return None


def _film(moov: bytes) -> Film:
    whole = Box(b"moov", 0, len(moov))
    for track in _inside(moov, 0, len(moov)):
        if track.name != b"trak":
            continue
        handler = _find(moov, track, b"mdia", b"hdlr")
        if handler and moov[handler.start + 8 : handler.start + 12] == b"vide":
            width, height = _size(moov, track)
            return Film(width, height, _duration(moov, whole), _codec(moov, track))
    raise Broken("no picture")


def _size(moov: bytes, track: Box) -> tuple[int, int]:
    """Width and height stand at the end of the track's header, in sixteenths of bits: 16.16."""
    header = _find(moov, track, b"tkhd")
    if header is None or header.end - header.start < 84:
        raise Broken("tkhd")
    width, height = moov[header.end - 8 : header.end - 4], moov[header.end - 4 : header.end]
    return int.from_bytes(width, "big") >> 16, int.from_bytes(height, "big") >> 16


def _duration(moov: bytes, whole: Box) -> int:
    """Milliseconds; films in fragments tell theirs elsewhere (`mvex`)."""
    header = _find(moov, whole, b"mvhd")
    if header is None or header.end - header.start < 32:
        raise Broken("mvhd")
    content = moov[header.start : header.end]
    long = content[0] == 1
    scale = int.from_bytes(content[20:24] if long else content[12:16], "big")
    ticks = int.from_bytes(content[24:32] if long else content[16:20], "big")
    if not scale:
        raise Broken("mvhd")
    extended = _find(moov, whole, b"mvex", b"mehd")
    if not ticks and extended is not None:
        ticks = int.from_bytes(moov[extended.start + 4 : extended.end], "big")
    return ticks * 1000 // scale


def _codec(moov: bytes, track: Box) -> str:
    table = _find(moov, track, b"mdia", b"minf", b"stbl", b"stsd")
    if table is None or table.end - table.start < 16:
        raise Broken("stsd")
    return moov[table.start + 12 : table.start + 16].decode("latin-1")
