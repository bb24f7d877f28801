"""What every request passes before Django: whose word about the visitor counts, and `/healthz`, `/readyz`.

    application = Door(get_wsgi_application(), ("10.0.0.0/8",))

Headers by which a proxy speaks for a visitor are believed from trusted networks alone; from anybody else they
are taken away, so that nothing behind this door can be told a false address, scheme or host.
"""

from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Any, Final

Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

SPOKEN_FOR: Final = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
)


class Door:
    """A WSGI application before another."""

    def __init__(self, inside: Application, trusted_proxies: Iterable[str]) -> None:
        self._inside = inside
        self._trusted = [ip_network(network) for network in trusted_proxies]

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer for our health, or let Django answer."""
        match environ["PATH_INFO"]:
            case "/healthz":
                return _told(start, "200 OK", b"ok\n")
            case "/readyz":
                return _readiness(start)
        believe(environ, self._trusted)
        return self._inside(environ, start)


def believe(environ: Environ, trusted: list[IPv4Network | IPv6Network]) -> None:
    """Put what a trusted proxy says of the visitor in its place, and take away what was said in its name."""
    said = {name: environ.pop(name, "") for name in SPOKEN_FOR}
    nearest = _address(environ.get("REMOTE_ADDR", ""))
    if nearest is None or not _within(nearest, trusted):
        return
    if said["HTTP_X_FORWARDED_PROTO"] in ("http", "https"):
        environ["wsgi.url_scheme"] = said["HTTP_X_FORWARDED_PROTO"]
    if said["HTTP_X_FORWARDED_HOST"]:
        environ["HTTP_HOST"] = said["HTTP_X_FORWARDED_HOST"]
    environ["REMOTE_ADDR"] = _visitor(said["HTTP_X_FORWARDED_FOR"], str(nearest), trusted)


def _visitor(forwarded: str, nearest: str, trusted: list[IPv4Network | IPv6Network]) -> str:
    """The nearest address that is no proxy of ours; each proxy appends whom it heard."""
    for part in reversed(forwarded.split(",")):
        address = _address(part.strip())
        if address is None:
            break
        nearest = str(address)
        if not _within(address, trusted):
            break
    return nearest


def _within(address: IPv4Address | IPv6Address, networks: list[IPv4Network | IPv6Network]) -> bool:
    return any(address.version == network.version and address in network for network in networks)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """
    >>> _address("192.0.2.7:5000"), _address("unknown")
    (IPv4Address('192.0.2.7'), None)
    """
    bare = text.partition("]")[0].lstrip("[") if text.startswith("[") else text
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        return ip_address(bare)
    except ValueError:
        return None


def _readiness(start: Start) -> Iterable[bytes]:
    """Ready is who reaches the portal's tables."""
    from django.db import DatabaseError, connection

    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except DatabaseError:
        return _told(start, "503 Service Unavailable", b"the portal's database does not answer\n")
    return _told(start, "200 OK", b"ready\n")


def _told(start: Start, status: str, body: bytes) -> list[bytes]:
    start(status, [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
