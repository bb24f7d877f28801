"""One guarded call, to real servers on this machine: no redirect, an end, a name that changes its mind."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.portal.outside.test_fetching import HERE, shop
from utfall.portal.outside import Answered, Limits, Unreachable, call


def called(url: str, limits: Limits | None = None, reachable: tuple[str, ...] = HERE) -> Answered:
    return call(
        url, limits or Limits(max_bytes=8192), method="GET", headers={"X-A": "b"}, reachable=reachable
    )


def test_an_answer_tells_its_head_and_where_it_came_from() -> None:
    with shop() as url:
        answered = called(f"{url}/hello")
        large = called(f"{url}/big")
    assert (answered.status, answered.body, answered.address) == (200, b"you asked /hello", "127.0.0.1")
    assert answered.sent["X-A"] == "b"
    assert len(large.body) == 8192


def test_a_redirect_is_an_answer_and_not_followed() -> None:
    with shop() as url:
        answered = called(f"{url}/to/{url}/there")
    assert (answered.status, answered.headers["location"]) == (302, f"{url}/there")


def test_a_private_address_is_not_called() -> None:
    with shop() as url, pytest.raises(Unreachable) as refused:
        called(url, reachable=())
    assert refused.value.code == "private"


@contextmanager
def trickling() -> Iterator[str]:
    """A server that sends a letter of its answer now and then, for ever."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            with listening.accept()[0] as connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
                while not over.wait(0.05):
                    try:
                        connection.sendall(b"x")
                    except OSError:
                        return

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            over.set()
            thread.join()


def test_an_answer_that_trickles_ends_at_the_deadline() -> None:
    with trickling() as url, pytest.raises(Unreachable) as refused:
        called(url, Limits(timeout_s=0.4))
    assert refused.value.code == "timeout"


def test_a_name_that_changes_its_mind_is_asked_once_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first answer is what was checked and what is connected to; the second is never asked for."""
    asked: list[str] = []
    resolve = socket.getaddrinfo

    def turncoat(host: Any, port: Any, *more: Any, **named: Any) -> Any:
        if host != "turncoat.example":
            return resolve(host, port, *more, **named)
        asked.append(host)
        return resolve("127.0.0.1" if len(asked) == 1 else "10.0.0.1", port, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", turncoat)
    with shop() as url:
        port = url.rpartition(":")[2]
        answered = called(f"http://turncoat.example:{port}/hello")
        assert (answered.address, asked) == ("127.0.0.1", ["turncoat.example"])
        with pytest.raises(Unreachable) as refused:
            called(f"http://turncoat.example:{port}/hello")
    assert refused.value.code == "private"
