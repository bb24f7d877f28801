"""The door before Django: health, and whose word about a visitor is believed."""

from collections.abc import Iterable
from typing import Any

import pytest

from utfall.portal.door import Door
from utfall.portal.site import SiteConfig

TRUSTED = ("10.0.0.0/8", "fd00::/8")
SAID = {
    "HTTP_HOST": "inner:8600",
    "HTTP_X_FORWARDED_FOR": "203.0.113.9, 198.51.100.7, 10.0.0.2",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "portal.example",
}


def through(door_trusts: Iterable[str], **environ: str) -> dict[str, Any]:
    """What Django sees of a request."""
    seen: dict[str, Any] = {}

    def inside(environ: dict[str, Any], start: Any) -> list[bytes]:
        seen.update(environ)
        return []

    Door(inside, door_trusts)({"PATH_INFO": "/", "wsgi.url_scheme": "http", **environ}, None)  # type: ignore[arg-type]
    return seen


def told(path: str) -> tuple[str, bytes]:
    """What the door answers by itself."""
    statuses: list[str] = []

    def inside(environ: dict[str, Any], start: Any) -> list[bytes]:
        raise AssertionError("Django was asked")

    def start(status: str, headers: list[tuple[str, str]]) -> None:
        statuses.append(status)

    body = b"".join(Door(inside, ())({"PATH_INFO": path}, start))
    return statuses[0], body


@pytest.mark.parametrize("proxy", ["10.0.0.1", "10.0.0.1:41000", "fd00::1"])
def test_a_trusted_proxy_speaks_for_its_visitor(proxy: str) -> None:
    seen = through(TRUSTED, REMOTE_ADDR=proxy, **SAID)
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("198.51.100.7", "https")
    assert seen["HTTP_HOST"] == "portal.example"


def test_a_stranger_speaks_for_nobody() -> None:
    seen = through(TRUSTED, REMOTE_ADDR="203.0.113.66", **SAID)
    assert (seen["REMOTE_ADDR"], seen["wsgi.url_scheme"]) == ("203.0.113.66", "http")
    assert seen["HTTP_HOST"] == "inner:8600"
    assert not any(name.startswith("HTTP_X_") for name in seen)


@pytest.mark.parametrize(
    ("forwarded", "address"),
    [
        ("", "10.0.0.1"),
        ("unknown", "10.0.0.1"),
        ("10.0.0.3", "10.0.0.3"),
        ("[2001:db8::7]:80", "2001:db8::7"),
    ],
)
def test_what_cannot_be_read_as_an_address_is_not_one(forwarded: str, address: str) -> None:
    assert through(TRUSTED, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)["REMOTE_ADDR"] == address


def test_a_scheme_is_one_of_two() -> None:
    assert (
        through(TRUSTED, REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_PROTO="gopher")["wsgi.url_scheme"] == "http"
    )


def test_health_is_told_without_asking_django(portal: SiteConfig) -> None:
    assert told("/healthz") == ("200 OK", b"ok\n")
    assert told("/readyz") == ("200 OK", b"ready\n")
