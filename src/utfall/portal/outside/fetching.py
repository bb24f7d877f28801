"""One guarded HTTP request, over http.client, to an address that was checked first."""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

CHUNK: Final = 64 << 10
PORTS: Final = frozenset({80, 443})
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
NAME: Final = "Utfall/1 (+link and feed check)"
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Store = Callable[[bytes], None]


class Unreachable(Exception):
    """A call that was not made or did not end well; `code` is one of a closed set.

    scheme, port, credentials, unresolved, private, refused, timeout, tls, too_large, redirects, broken
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much a call may take."""

    max_bytes: int = 1 << 20
    timeout_s: float = 10.0
    redirects: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What came back; `url` is where the last redirect led. `body` is empty where it was stored elsewhere."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    hops: tuple[str, ...] = ()


def fetch(
    url: str,
    limits: Limits,
    *,
    reachable: Sequence[str] = (),
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    store: Store | None = None,
) -> Fetched:
    """Make a call and follow its redirects, each checked. Unreachable says why it could not be.

    `store` receives the body in pieces instead of its being kept in memory.
    """
    call = _Call(
        limits=limits,
        deadline=time.monotonic() + limits.timeout_s,
        allowed=tuple(ipaddress.ip_network(network) for network in reachable),
        headers=headers or {},
        store=store,
    )
    hops: list[str] = []
    while True:
        fetched = call.make(method, url, body)
        location = fetched.headers.get("location") if fetched.status in REDIRECTS else None
        if location is None:
            return replace(fetched, hops=tuple(hops))
        hops.append(url)
        if len(hops) > limits.redirects:
            raise Unreachable("redirects", f"more than {limits.redirects}")
        url = urljoin(url, location)
        if fetched.status == 303:
            method, body = "GET", None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Call:
    """What stays the same from hop to hop."""

    limits: Limits
    deadline: float
    allowed: tuple[Network, ...]
    headers: Mapping[str, str]
    store: Store | None

    def make(self, method: str, url: str, body: bytes | None) -> Fetched:
        """One request to one address, without following where it points."""
        parts = checked(url)
        connection = connect(parts, resolve(parts, self.allowed), self.deadline)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {"User-Agent": NAME, "Host": parts.netloc, **self.headers}
        try:
            connection.request(method, target, body=body, headers=headers)
            with connection.getresponse() as answer:
                found = {name.lower(): value for name, value in answer.getheaders()}
                content = b"" if answer.status in REDIRECTS else self._read(answer)
                return Fetched(url=url, status=answer.status, headers=found, body=content)
        except TimeoutError as error:
            raise Unreachable("timeout") from error
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable("broken", str(error)) from error
        finally:
            connection.close()

    def _read(self, answer: http.client.HTTPResponse) -> bytes:
        """The body, up to the limit and before the deadline."""
        pieces: list[bytes] = []
        size = 0
        while piece := answer.read1(CHUNK):
            rest_of(self.deadline)
            size += len(piece)
            if size > self.limits.max_bytes:
                raise Unreachable("too_large", f"more than {self.limits.max_bytes} bytes")
            (self.store or pieces.append)(piece)
        return b"".join(pieces)


def checked(url: str) -> SplitResult:
    """The parts of an address that may be called at all."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Unreachable("scheme", str(error)) from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreachable("scheme", parts.scheme)
    if parts.username or parts.password:
        raise Unreachable("credentials")
    if port is not None and port not in PORTS and port < 1024:
        raise Unreachable("port", str(port))
    if any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise Unreachable("scheme", "a control character or a space")
    return parts


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


def resolve(parts: SplitResult, allowed: Sequence[Network]) -> str:
    """The address to connect to; every address of the name must be public or allowed."""
    # Names below `localhost` are this machine (RFC 6761), which not every resolver knows.
    name = "localhost" if (parts.hostname or "").endswith(".localhost") else parts.hostname
    try:
        found = socket.getaddrinfo(name, _port(parts), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("unresolved", str(error)) from error
    addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
    for address in addresses:
        if not is_public(address) and not any(address in network for network in allowed):
            raise Unreachable("private", str(address))
    return str(addresses[0])


def is_public(address: Address) -> bool:
    """Whether an address is anybody's on the internet, also when it is dressed as IPv6.

    >>> is_public(ipaddress.ip_address("8.8.8.8")), is_public(ipaddress.ip_address("::ffff:10.0.0.1"))
    (True, False)
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None or address.teredo is not None:
            return inner is not None and is_public(inner)
        if address in _NAT64:
            return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address.is_global and not address.is_multicast


_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


def connect(parts: SplitResult, address: str, deadline: float) -> http.client.HTTPConnection:
    """A connection to the checked address, under the name that was asked for."""
    rest = rest_of(deadline)
    connection = http.client.HTTPConnection(parts.hostname or "", _port(parts), timeout=rest)
    try:
        plain = socket.create_connection((address, _port(parts)), timeout=rest)
    except TimeoutError as error:
        raise Unreachable("timeout") from error
    except OSError as error:
        raise Unreachable("refused", str(error)) from error
    connection.sock = plain
    if parts.scheme == "https":
        try:
            connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname)
        except OSError as error:
            plain.close()
            raise Unreachable("tls", str(error)) from error
    return connection


def rest_of(deadline: float) -> float:
    """The seconds that are left; Unreachable where there are none."""
    rest = deadline - time.monotonic()
    if rest <= 0:
        raise Unreachable("timeout")
    return rest
