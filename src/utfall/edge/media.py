"""`GET /m/{name}`: creatives, named by their content, so that caches keep them and nobody changes them.

A file is `{sha256}.{ext}`; an HTML5 creative is a folder `{sha256}/` of files. What somebody uploaded runs in
a sandbox without an origin: it can harm neither the visitor nor whoever else lives on this host.
"""

import asyncio
import re
from pathlib import Path
from typing import Final, NamedTuple

from utfall.edge.answers import NO_STORE, Headers, answer_refusal
from utfall.edge.door import Door
from utfall.edge.rows import Refused
from utfall.edge.rsgi import Request
from utfall.events import Reason

PATH: Final = "/m/"
IMMUTABLE: Final = "public, max-age=31536000, immutable"
_TEXT: Final = "; charset=utf-8"
TYPES: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "woff": "font/woff",
    "woff2": "font/woff2",
}
"""Files that may stand alone: none of them can hold a script."""
BUNDLE_TYPES: Final = TYPES | {
    "html": f"text/html{_TEXT}",
    "css": f"text/css{_TEXT}",
    "js": f"text/javascript{_TEXT}",
    "json": "application/json",
    "svg": "image/svg+xml",
    "txt": f"text/plain{_TEXT}",
}
SANDBOX: Final = (
    "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox; "
    "default-src 'self' data: blob: 'unsafe-inline'; "
    "form-action 'none'; base-uri 'none'; object-src 'none'"
)
"""A script of a creative has no cookies, no storage and no origin. It reaches nothing but this host, as a
stranger would, and may open the click's page in a new window."""
_PART: Final = r"[A-Za-z0-9_@~+-][A-Za-z0-9_@~+ .()-]{0,99}"
_NAME: Final = re.compile(
    rf"(?P<hash>[0-9a-f]{{64}})(?:\.(?P<alone>[a-z0-9]{{2,5}})"
    rf"|/(?:{_PART}/){{0,7}}{_PART}\.(?P<bundled>[A-Za-z0-9]{{2,5}}))"
)
_RANGE: Final = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_NO_CREATIVE: Final = Refused(Reason.MALFORMED, "creative")


class Creative(NamedTuple):
    """A file that may be shown, by its name: its type, and its tag for caches."""

    folder: Path
    name: str
    content_type: str
    tag: str
    is_bundled: bool

    @property
    def path(self) -> Path:
        """Where it is, if it is there."""
        return self.folder / self.name

    def headers(self) -> Headers:
        """What is said of it, however much of it is sent."""
        said: Headers = [
            ("content-type", self.content_type),
            ("cache-control", IMMUTABLE),
            ("etag", self.tag),
            ("accept-ranges", "bytes"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "cross-origin"),
            # A sandboxed page has no origin of its own: even its own fonts and scripts come from elsewhere.
            ("access-control-allow-origin", "*"),
        ]
        return [*said, ("content-security-policy", SANDBOX)] if self.is_bundled else said


async def show_creative(door: Door, request: Request) -> None:
    """Answers with a creative or a part of it (`Range`), and lets caches keep it for ever."""
    creative = creative_named(door.media_dir, request.path[len(PATH) :])
    size = await asyncio.to_thread(size_of, creative) if creative else None
    if creative is None or size is None:
        door.counts["refusals", Reason.MALFORMED.value] += 1
        return answer_refusal(request.proto, _NO_CREATIVE, 404)
    if creative.tag in request.headers.get("if-none-match", ""):
        return request.proto.response_empty(304, creative.headers())
    part = _part_asked_for(request, creative, size)
    if request.method == "HEAD" or part is None:
        return _send_whole(request, creative, size)
    if not part:
        outside = [("content-range", f"bytes */{size}"), NO_STORE]
        return request.proto.response_empty(416, outside)
    return _send_part(request, creative, part, size)


def creative_named(folder: Path | None, name: str) -> Creative | None:
    """The creative of a name, whether it is there or not; None where the name is none."""
    found = _NAME.fullmatch(name)
    if folder is None or found is None:
        return None
    alone, bundled = found["alone"], found["bundled"]
    content_type = TYPES.get(alone) if alone else BUNDLE_TYPES.get(bundled.lower())
    if content_type is None:
        return None
    return Creative(folder, name, content_type, f'"{found["hash"]}"', is_bundled=not alone)


def size_of(creative: Creative) -> int | None:
    """The bytes of a plain file; None where there is none, or where a symbolic link is on the way to it."""
    path = creative.path
    way = [path, *path.parents][: creative.name.count("/") + 1]
    try:
        if any(step.is_symlink() for step in way) or not path.is_file():
            return None
        return path.stat().st_size
    except OSError:
        return None


def _part_asked_for(request: Request, creative: Creative, size: int) -> range | None:
    asked = request.headers.get("range", "")
    if not asked or request.headers.get("if-range", creative.tag) != creative.tag:
        return None
    return part_of(asked, size)


def part_of(asked: str, size: int) -> range | None:
    """The bytes that a `Range` asks for, empty where it lies outside; None where it is none, or several.

    >>> part_of("bytes=2-", 10), part_of("bytes=-3", 10), part_of("bytes=1-99", 10)
    (range(2, 10), range(7, 10), range(1, 10))
    """
    found = _RANGE.fullmatch(asked)
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return range(max(0, size - int(found[2])), size)
    if found[2] and int(found[2]) < int(found[1]):
        return None
    return range(int(found[1]), min(int(found[2]) + 1, size) if found[2] else size)


def _send_whole(request: Request, creative: Creative, size: int) -> None:
    headers = [*creative.headers(), ("content-length", str(size))]
    if request.method == "HEAD":
        return request.proto.response_empty(200, headers)
    return request.proto.response_file(200, headers, str(creative.path))


def _send_part(request: Request, creative: Creative, part: range, size: int) -> None:
    headers = [
        *creative.headers(),
        ("content-length", str(len(part))),
        ("content-range", f"bytes {part.start}-{part.stop - 1}/{size}"),
    ]
    return request.proto.response_file_range(206, headers, str(creative.path), part.start, part.stop)
