"""Files in a request: `multipart/form-data`, byte for byte the same for the same content.

The boundary is made of the content, so that a request sent again equals the first one, which is what an
idempotency key asks for.
"""

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from msgspec import UNSET, Struct

from utfall.client.query import text_of


class File(Struct, frozen=True, kw_only=True):
    """A file to send."""

    content: bytes
    name: str = "file"
    media_type: str = "application/octet-stream"


def encoded(fields: Mapping[str, Any]) -> tuple[str, bytes]:
    """The content type and the body of a form; what is None or UNSET is left out."""
    parts = [_part(name, value) for name, value in fields.items() if value is not None and value is not UNSET]
    told = blake2b(digest_size=16)
    for part in parts:
        told.update(part)
    boundary = f"utfall-{told.hexdigest()}"
    return f"multipart/form-data; boundary={boundary}", b"".join(_joined(parts, boundary.encode()))


def _joined(parts: list[bytes], boundary: bytes) -> Iterator[bytes]:
    for part in parts:
        yield b"--" + boundary + b"\r\n" + part + b"\r\n"
    yield b"--" + boundary + b"--\r\n"


def _part(name: str, value: Any) -> bytes:
    head = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    if not isinstance(value, File):
        return f"{head}\r\n\r\n{text_of(value)}".encode()
    head += f'; filename="{_quoted(value.name)}"\r\nContent-Type: {_quoted(value.media_type)}'
    return f"{head}\r\n\r\n".encode() + value.content


def _quoted(text: str) -> str:
    """As HTML writes names of fields and files: nothing in them ends the quotes or the line."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
