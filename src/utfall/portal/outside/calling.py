"""One guarded call, told as it was: no redirect is followed, and only the head of the answer is read.

    answered = call("https://shop.example/hook", limits, method="POST", body=b"{}", headers={}, reachable=())

The whole of it ends at the deadline, however slowly an answer trickles: the time that is left is set anew
before each piece that is read.
"""

import http.client
import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from utfall.portal.outside.fetching import Limits, Unreachable, checked, connect, resolve, rest_of

NAME = "Utfall/1 (+webhooks)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What came back: `body` is its head, `address` the one that was connected to."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    address: str
    sent: Mapping[str, str]


def call(
    url: str,
    limits: Limits,
    *,
    method: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    reachable: Sequence[str] = (),
) -> Answered:
    """Call once. Unreachable says why it did not come to an answer; an answer of any status is an answer."""
    deadline = time.monotonic() + limits.timeout_s
    parts = checked(url)
    address = resolve(parts, tuple(ipaddress.ip_network(network) for network in reachable))
    connection = connect(parts, address, deadline)
    plain = connection.sock
    connection.sock = cast(Any, _Timed(plain, deadline))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"Host": parts.netloc, "User-Agent": NAME, "Connection": "close", **headers}
    try:
        connection.request(method, target, body=body, headers=sent)
        with connection.getresponse() as answer:
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answered(
                status=answer.status,
                headers=found,
                body=answer.read(limits.max_bytes),
                address=address,
                sent=sent,
            )
    except TimeoutError as error:
        raise Unreachable("timeout") from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable("broken", str(error) or type(error).__name__) from error
    finally:
        plain.close()


class _Timed:
    """A socket whose every wait ends at the same deadline."""

    def __init__(self, plain: socket.socket | ssl.SSLSocket, deadline: float) -> None:
        self._plain = plain
        self._deadline = deadline

    def sendall(self, content: bytes) -> None:
        """Send, before the deadline."""
        self._plain.settimeout(rest_of(self._deadline))
        self._plain.sendall(content)

    def makefile(self, *_: object, **__: object) -> io.BufferedReader:
        """What is received, read before the deadline."""
        return io.BufferedReader(_Reading(self._plain, self._deadline))

    def close(self) -> None:
        """Leave it open: http.client lets go of it before the answer is read; `call` closes it."""


class _Reading(io.RawIOBase):
    def __init__(self, plain: socket.socket, deadline: float) -> None:
        self._plain = plain
        self._deadline = deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._plain.settimeout(rest_of(self._deadline))
        return self._plain.recv_into(buffer)
