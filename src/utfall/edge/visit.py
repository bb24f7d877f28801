"""What a request shows of its visitor: address, country, consent, cookie. Read once, at the door."""

import ipaddress
import re
import secrets
from hashlib import blake2b
from typing import Final, NamedTuple, Protocol

from utfall.edge.touch_rows import CONSENT_WORDS, is_country
from utfall.events import Consent

VISITOR_CHARS: Final = 22
_VISITOR: Final = re.compile(rf"[A-Za-z0-9_-]{{{VISITOR_CHARS}}}")
_FORWARDED_CHARS: Final = 1024


class HeadersRead(Protocol):
    """The headers of an RSGI scope."""

    def get(self, key: str, default: str = "") -> str:
        """The first value of a header, by its lower-case name."""

    def items(self) -> list[tuple[str, str]]:
        """Every header line."""

    def __contains__(self, key: str) -> bool:
        """Whether a header was sent."""


class Client(NamedTuple):
    """Where a request came from, as far as it can be believed."""

    address: str
    country: str | None = None


class Networks:
    """Networks in CIDR notation, and whether an address is in one of them."""

    def __init__(self, networks: tuple[str, ...]) -> None:
        self._networks = tuple(ipaddress.ip_network(network) for network in networks)

    def __contains__(self, address: str) -> bool:
        try:
            host = ipaddress.ip_address(address)
        except ValueError:
            return False
        mapped = host.ipv4_mapped if isinstance(host, ipaddress.IPv6Address) else None
        return any((mapped or host) in network for network in self._networks)


class Proxies:
    """The proxies whose word is taken for the visitor's address and country."""

    def __init__(self, networks: tuple[str, ...], country_header: str) -> None:
        self._trusted = Networks(networks)
        self._country_header = country_header.lower()
        self.any = bool(networks)

    def trusts(self, peer: str) -> bool:
        """Whether this is one of them."""
        return peer in self._trusted

    def client(self, peer: str, headers: HeadersRead) -> Client:
        """The nearest address that is no proxy of ours, and the country a proxy of ours names."""
        if peer not in self._trusted:
            return Client(peer)
        lines = [value for name, value in headers.items() if name == "x-forwarded-for"]
        hops = [hop.strip() for hop in ",".join(lines)[-_FORWARDED_CHARS:].split(",") if hop.strip()]
        address = next((hop for hop in reversed(hops) if hop not in self._trusted), peer)
        country = headers.get(self._country_header, "") if self._country_header else ""
        return Client(address, country.upper() if is_country(country) else None)


def peer_address(client: str) -> str:
    """The address in `address:port`.

    >>> peer_address("192.0.2.7:4711"), peer_address("[2001:db8::1]:4711")
    ('192.0.2.7', '2001:db8::1')
    """
    address = client[: client.rfind(":")]
    return address[1:-1] if address.startswith("[") else address


def consent_signal(word: str | None) -> Consent | None:
    """The consent a parameter signals; None where the word is none of ours."""
    return CONSENT_WORDS.get(word.lower()) if word else Consent.UNKNOWN


class VisitorCookie:
    """The first-party cookie: a random id that is good for nothing but knowing the same browser again."""

    def __init__(self, name: str, *, days: int, secure: bool) -> None:
        self._name = name
        self._kept = (
            f"; Max-Age={days * 86_400}; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"
        )
        self._forgotten = f"; Max-Age=0; Path=/; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}"

    def read(self, header: str) -> str | None:
        """The visitor id in a Cookie header, if it is one of ours."""
        for pair in header.split(";"):
            name, _, value = pair.strip().partition("=")
            if name == self._name and _VISITOR.fullmatch(value):
                return value
        return None

    def keep(self, visitor: str) -> tuple[str, str]:
        """The header that sets the cookie, or lets it live on."""
        return ("set-cookie", f"{self._name}={visitor}{self._kept}")

    def forget(self) -> tuple[str, str]:
        """The header that takes the cookie back."""
        return ("set-cookie", f"{self._name}={self._forgotten}")


def new_visitor() -> str:
    """A random visitor id of 128 bits."""
    return secrets.token_urlsafe(16)


class VisitorDigests:
    """Visitor ids as the journal may hold them: hashed under a secret of this installation."""

    def __init__(self, secret: bytes) -> None:
        self._state = blake2b(key=secret, digest_size=16, person=b"utfall.visitor")

    def digest(self, visitor: str) -> str:
        """The same visitor always has the same digest here, and another one everywhere else."""
        state = self._state.copy()
        state.update(visitor.encode())
        return state.hexdigest()
