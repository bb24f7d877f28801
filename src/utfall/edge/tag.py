"""`GET /t.js`: the tag that shops put on their pages, as `sdk/tag` documents it. It sets no cookie by itself.

It is read once per worker, offered compressed, and asked for again after an hour at the most.
"""

import gzip
from hashlib import blake2b
from pathlib import Path
from typing import Final

from utfall.edge.answers import Headers
from utfall.edge.door import Door
from utfall.edge.rsgi import Request

PATH: Final = "/t.js"
FILE: Final = Path(__file__).parent / "static" / "utfall.js"
"""Written by `python -m tools.tag` from `sdk/tag/utfall.js`, without its comments."""
_PLAIN: Final = FILE.read_bytes()
_SMALL: Final = gzip.compress(_PLAIN, mtime=0)
_VERSION: Final = blake2b(_PLAIN, digest_size=8).hexdigest()
_HEADERS: Final[Headers] = [
    ("content-type", "text/javascript; charset=utf-8"),
    ("cache-control", "public, max-age=3600"),
    ("vary", "accept-encoding"),
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("x-content-type-options", "nosniff"),
]


async def serve_tag(door: Door, request: Request) -> None:
    """Answers with the JavaScript tag, which caches keep for an hour; see its own guide in `sdk/tag`."""
    compressed = "gzip" in request.headers.get("accept-encoding", "").lower()
    tag = f'"{_VERSION}-gzip"' if compressed else f'"{_VERSION}"'
    headers = [*_HEADERS, ("etag", tag)]
    if tag in request.headers.get("if-none-match", ""):
        return request.proto.response_empty(304, headers)
    body = _SMALL if compressed else _PLAIN
    if compressed:
        headers.append(("content-encoding", "gzip"))
    if request.method == "HEAD":
        headers.append(("content-length", str(len(body))))
        return request.proto.response_empty(200, headers)
    return request.proto.response_bytes(200, headers, body)
