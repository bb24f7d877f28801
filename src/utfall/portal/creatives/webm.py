"""What a WebM says of itself: a walk through its EBML elements (RFC 8794) up to where the pictures begin."""

import struct
from collections.abc import Iterator
from typing import IO, Final, NamedTuple

from utfall.portal.creatives.films import Broken, Film

HEADER, DOC_TYPE = 0x1A45DFA3, 0x4282
SEGMENT, INFO, TRACKS, CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
SCALE, DURATION = 0x2AD7B1, 0x4489
TRACK, TRACK_TYPE, CODEC, VIDEO, WIDTH, HEIGHT = 0xAE, 0x83, 0x86, 0xE0, 0xB0, 0xBA
LARGEST_PART: Final = 4 << 20
MOST: Final = 10_000
NANOSECONDS: Final = 1_000_000


class Element(NamedTuple):
    """An element within some bytes: its id, and where its content begins and ends."""

    id: int
    start: int
    end: int


def film(file: IO[bytes], size: int) -> Film:
    """The film in a file, or Broken."""
    header = _at(file, 0, size)
    if header.id != HEADER or _fields(_content(file, header)).get(DOC_TYPE, b"").rstrip(b"\0") != b"webm":
        raise Broken("not a WebM")
    segment = _at(file, header.end, size)
    if segment.id != SEGMENT:
        raise Broken("no segment")
    info = tracks = b""
    for element in _children(file, segment):
        if element.id == CLUSTER:
            return _film(_fields(info), tracks)
        if element.id == INFO:
            info = _content(file, element)
        elif element.id == TRACKS:
            tracks = _content(file, element)
    raise Broken("no pictures")


def _film(info: dict[int, bytes], tracks: bytes) -> Film:
    scale = int.from_bytes(info.get(SCALE, NANOSECONDS.to_bytes(3, "big")), "big")
    duration = _number(info.get(DURATION, b"")) * scale / NANOSECONDS
    for element in _inner(tracks):
        if element.id != TRACK:
            continue
        track = _fields(tracks[element.start : element.end])
        if int.from_bytes(track.get(TRACK_TYPE, b""), "big") == 1:
            shown = _fields(track.get(VIDEO, b""))
            width, height = (int.from_bytes(shown.get(side, b""), "big") for side in (WIDTH, HEIGHT))
            codec = track.get(CODEC, b"").rstrip(b"\0").decode("latin-1")
            return Film(width, height, int(duration), codec)
    raise Broken("no picture")


def _number(data: bytes) -> float:
    """A float of four or eight bytes, and not one of those that are no number."""
    if len(data) not in (4, 8):
        return 0.0
    found = float(struct.unpack(">f" if len(data) == 4 else ">d", data)[0])
    return found if 0 <= found < 1e15 else 0.0


def _children(file: IO[bytes], parent: Element) -> Iterator[Element]:
    place = parent.start
    for _turn in range(MOST):
        if place >= parent.end:
            return
        element = _at(file, place, parent.end)
        yield element
        place = element.end
    raise Broken("too many elements")


def _at(file: IO[bytes], place: int, end: int) -> Element:
    file.seek(place)
    found = _element(file.read(12), 0, end - place)
    return Element(found.id, place + found.start, place + found.end)


def _content(file: IO[bytes], element: Element) -> bytes:
    if element.end - element.start > LARGEST_PART:
        raise Broken("too large")
    file.seek(element.start)
    return file.read(element.end - element.start)


def _fields(data: bytes) -> dict[int, bytes]:
    """The content of each element by its id."""
    return {one.id: data[one.start : one.end] for one in _inner(data)}


def _inner(data: bytes) -> Iterator[Element]:
    place = 0
    for _turn in range(MOST):
        if place >= len(data):
            return
        element = _element(data, place, len(data))
        yield element
        place = element.end
    raise Broken("too many elements")


def _element(data: bytes, place: int, end: int) -> Element:
    """The element at a place: its id keeps its marker bit, its length does not; all ones is until the end."""
    name, length_at = _vint(data, place, longest=4)
    length, start = _vint(data, length_at, longest=8)
    wide = start - length_at
    length &= (1 << (7 * wide)) - 1
    stop = end if length == (1 << (7 * wide)) - 1 else start + length
    if stop > end:
        raise Broken("an element overruns")
    return Element(name, start, stop)


def _vint(data: bytes, place: int, *, longest: int) -> tuple[int, int]:
    """A number with its marker, and where it ends."""
    if place >= len(data) or not data[place]:
        raise Broken("no number")
    wide = 9 - data[place].bit_length()
    if wide > longest or place + wide > len(data):
        raise Broken("no number")
    return int.from_bytes(data[place : place + wide], "big"), place + wide
