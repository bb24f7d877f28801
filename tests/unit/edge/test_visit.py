"""Whose word is taken for where a visitor comes from, and how a browser is known again."""

import pytest

from utfall.edge.visit import (
    Client,
    Networks,
    Proxies,
    VisitorCookie,
    VisitorDigests,
    new_visitor,
    peer_address,
)


class Lines:
    """Header lines as a server hands them over, repeated names included."""

    def __init__(self, *lines: tuple[str, str]) -> None:
        self._lines = list(lines)

    def get(self, key: str, default: str = "") -> str:
        return next((value for name, value in self._lines if name == key), default)

    def items(self) -> list[tuple[str, str]]:
        return self._lines

    def __contains__(self, key: str) -> bool:
        return any(name == key for name, _ in self._lines)


def forwarded(*values: str) -> Lines:
    return Lines(*(("x-forwarded-for", value) for value in values))


@pytest.mark.parametrize(
    ("peer", "lines", "address"),
    [
        ("198.51.100.1", forwarded("192.0.2.7"), "198.51.100.1"),
        ("10.0.0.1", forwarded("192.0.2.7"), "192.0.2.7"),
        ("10.0.0.1", forwarded("203.0.113.9, 192.0.2.7, 10.0.0.2"), "192.0.2.7"),
        ("10.0.0.1", forwarded("203.0.113.9", "192.0.2.7"), "192.0.2.7"),
        ("::ffff:10.0.0.1", forwarded("2001:db8::1"), "2001:db8::1"),
        ("10.0.0.1", forwarded("10.0.0.2"), "10.0.0.1"),
        ("10.0.0.1", forwarded(""), "10.0.0.1"),
    ],
)
def test_the_address_is_the_last_hop_that_is_no_proxy_of_ours(peer: str, lines: Lines, address: str) -> None:
    assert Proxies(("10.0.0.0/8",), "").client(peer, lines).address == address


def test_the_country_is_believed_of_a_trusted_proxy_only() -> None:
    proxies = Proxies(("10.0.0.0/8",), "CF-IPCountry")
    lines = Lines(("cf-ipcountry", "se"), ("x-forwarded-for", "192.0.2.7"))
    assert proxies.client("10.0.0.1", lines) == Client("192.0.2.7", "SE")
    assert proxies.client("192.0.2.1", lines) == Client("192.0.2.1", None)
    assert proxies.client("10.0.0.1", Lines(("cf-ipcountry", "S<"))).country is None


def test_an_address_is_in_a_network_in_each_of_its_forms() -> None:
    loopback = Networks(("127.0.0.0/8", "::1/128"))
    assert all(address in loopback for address in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"))
    assert not any(address in loopback for address in ("192.0.2.7", "::2", "", "localhost", "127.0.0.1, ::1"))
    assert "127.0.0.1" not in Networks(())


def test_the_peer_is_read_with_its_port_cut_off() -> None:
    assert peer_address("192.0.2.7:1") == "192.0.2.7"
    assert peer_address("[2001:db8::1]:65535") == "2001:db8::1"


def test_a_cookie_is_read_back_as_it_was_set() -> None:
    cookie = VisitorCookie("utfall", days=1, secure=True)
    visitor = new_visitor()
    name, value = cookie.keep(visitor)
    assert name == "set-cookie"
    assert value.endswith("; Max-Age=86400; Path=/; HttpOnly; SameSite=Lax; Secure")
    assert cookie.read(f"a=b; {value.partition(';')[0]}; c=d") == visitor


@pytest.mark.parametrize(
    "header", ["", "utfall=", "utfall=short", "utfall=" + "x" * 23, "xutfall=" + "x" * 22]
)
def test_a_cookie_that_is_not_ours_is_nobodys(header: str) -> None:
    assert VisitorCookie("utfall", days=1, secure=False).read(header) is None


def test_a_visitor_has_another_digest_in_another_house() -> None:
    visitor = new_visitor()
    here, there = VisitorDigests(b"a" * 32), VisitorDigests(b"b" * 32)
    assert here.digest(visitor) == here.digest(visitor) != there.digest(visitor)
    assert visitor not in here.digest(visitor)
