"""The shapes of an RSGI request, as far as the edge uses them, read once."""

from collections.abc import AsyncIterator
from typing import Protocol

from utfall.edge.answers import Answering
from utfall.edge.visit import HeadersRead, peer_address


class Scope(Protocol):
    """One request."""

    method: str
    path: str
    query_string: str
    client: str
    headers: HeadersRead


class HTTPProtocol(Answering, Protocol):
    """Its body and its answer."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The body, piece by piece."""


class Request:
    """One request. Every look into the scope crosses into the server, so each thing is fetched once."""

    __slots__ = ("_scope", "headers", "method", "path", "proto", "query")

    def __init__(self, scope: Scope, proto: HTTPProtocol) -> None:
        self._scope = scope
        self.proto = proto
        self.method = scope.method
        self.path = scope.path
        self.query = scope.query_string
        self.headers = scope.headers

    @property
    def peer(self) -> str:
        """The address at the other end of the connection."""
        return peer_address(self._scope.client)

    @property
    def looks_ahead(self) -> bool:
        """Whether this is no visitor's: a look at the headers only, or a browser that fetches ahead."""
        headers = self.headers
        if self.method != "HEAD" and "sec-purpose" not in headers and "purpose" not in headers:
            return False
        purpose = headers.get("sec-purpose", "") + headers.get("purpose", "")
        return self.method == "HEAD" or "prefetch" in purpose.lower()

    @property
    def agent(self) -> str:
        """The user agent, empty when none was sent."""
        return self.headers.get("user-agent", "")
