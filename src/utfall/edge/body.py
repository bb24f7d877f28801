"""Request bodies: read piece by piece, given up at the limit or when they come too slowly."""

import asyncio

from utfall.edge.config import EdgeConfig
from utfall.edge.rows import Refused
from utfall.edge.rsgi import HTTPProtocol
from utfall.edge.visit import HeadersRead
from utfall.events import Reason

TOO_LARGE = Refused(Reason.TOO_LARGE, "body")
TOO_SLOW = Refused(Reason.MALFORMED, "body")
"""Answered 408: the request was never whole."""


async def read_body(proto: HTTPProtocol, headers: HeadersRead, config: EdgeConfig) -> bytes | Refused:
    """The whole body, or why it is not read."""
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > config.max_body_bytes:
        return TOO_LARGE
    pieces: list[bytes] = []
    size_bytes = 0
    try:
        async with asyncio.timeout(config.body_timeout_ms / 1000):
            async for piece in proto:
                size_bytes += len(piece)
                if size_bytes > config.max_body_bytes:
                    return TOO_LARGE
                pieces.append(bytes(piece))
    except TimeoutError:
        return TOO_SLOW
    return b"".join(pieces)


def status_of_body(refused: Refused) -> int:
    """The status of a body that was given up."""
    return 408 if refused is TOO_SLOW else 413
