"""What the edge does for the tag and for links of their own: `/t.js`, `POST /p/`, any host, templates."""

import gzip
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec
import pytest

from tests.ports import free_port
from tests.scenarios.running_edge import Answer, Edge, config_in, running, small_market, start
from utfall.edge.tag import FILE
from utfall.edge.views import PIXEL
from utfall.events import Click, Consent, Conversion, Reason, Refusal, Source
from utfall.terms import Link

HOUR_MS = 3_600_000
TEMPLATED = Link(
    id=400,
    key="templated",
    program=10,
    publisher=5,
    destination="https://shop.example/?utm_source=other&x=1#top",
    domains=("other.example",),
    template=(("utm_source", "utfall"), ("utm_content", "{publisher}-{sub1}"), ("cid", "{click}")),
)


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    market = small_market(extra_links=(TEMPLATED,))
    with running(tmp_path_factory.mktemp("edge"), free_port(), market=market) as edge:
        yield edge


def last(edge: Edge, kind: type[Any]) -> Any:
    return next(event for event in reversed(edge.events()) if isinstance(event, kind))


def query_of(answer: Answer) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query, keep_blank_values=True))


def tell(edge: Edge, row: object, *, path: str = "/p/1", **headers: str) -> Answer:
    body = row if isinstance(row, bytes) else msgspec.json.encode(row)
    said = {"content_type": "text/plain;charset=UTF-8", "origin": "https://shop.example"} | headers
    return edge.get(path, method="POST", body=body, **said)


def sale(order: str, **more: object) -> dict[str, object]:
    return {"order": order, "amount": "199.50", "currency": "SEK"} | more


def assert_refused(answer: Answer, reason: Reason, status: int, field: str | None = None) -> None:
    said = answer.json
    assert (answer.status, said["verdict"], said["reason"]) == (status, "refused", reason.value)
    assert said.get("field") == field
    assert said["sentence"]
    assert said["mend"]
    assert answer.headers["access-control-allow-origin"] == "*", "the page must be able to read why"


# The tag's file


def test_the_tag_is_served_for_an_hour_and_can_be_asked_for_again(edge: Edge) -> None:
    answer = edge.get("/t.js")
    assert (answer.status, answer.body) == (200, FILE.read_bytes())
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=3600"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers
    again = edge.get("/t.js", if_none_match=answer.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    look = edge.get("/t.js", method="HEAD")
    assert (look.status, look.headers["content-length"]) == (200, str(len(answer.body)))
    assert edge.get("/t.js", method="POST").status == 405


def test_the_tag_is_compressed_for_those_who_read_that(edge: Edge) -> None:
    small = edge.get("/t.js", accept_encoding="br, gzip")
    assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(small.body) == FILE.read_bytes()
    assert small.headers["vary"] == "accept-encoding"
    assert small.headers["etag"] != edge.get("/t.js").headers["etag"]


# Orders that the tag tells


def test_the_tag_tells_of_an_order_with_several_clicks(edge: Edge) -> None:
    tokens = [query_of(edge.get(f"/c/{key}"))["utfall"] for key in ("abc", "forum")]
    row = sale("T1", click=tokens, consent="granted", customer="eva@example.com", id="01" * 16)
    answer = tell(edge, row)
    assert (answer.status, answer.json) == (202, {"verdict": "accepted", "id": "01" * 16})
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    event = last(edge, Conversion)
    assert (event.source, event.order, event.consent) == (Source.TAG, "T1", Consent.GRANTED)
    assert [click.link for click in event.clicks] == [100, 101]
    assert event.lines[0].amount_micros == 199_500_000
    assert event.customer
    assert event.sealed


def test_an_amount_of_the_tag_is_read_digit_by_digit(edge: Edge) -> None:
    body = b'{"order":"T2","currency":"SEK","lines":[{"amount":0.1},{"amount":1234567.123456}]}'
    assert tell(edge, body, content_type="application/json").status == 202
    assert [line.amount_micros for line in last(edge, Conversion).lines] == [100_000, 1_234_567_123_456]
    assert_refused(tell(edge, sale("T2", amount=0.1 + 0.2)), Reason.INVALID_FIELD, 422, "amount")


def test_no_cookie_comes_with_a_call_of_the_tag(edge: Edge) -> None:
    """The answer is for every origin, so no call may be worth more for the cookies of whoever made it."""
    pair = edge.get("/c/abc?consent=1").cookies[0].partition(";")[0]
    answer = tell(edge, sale("T3", consent="granted"), cookie=pair)
    assert (answer.status, answer.cookies) == (202, [])
    assert last(edge, Conversion).visitor is None


def test_a_browser_may_ask_first(edge: Edge) -> None:
    answer = edge.get(
        "/p/1",
        method="OPTIONS",
        origin="https://shop.example",
        access_control_request_method="POST",
        access_control_request_headers="content-type",
    )
    assert (answer.status, answer.body) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-methods"] == "POST"
    assert answer.headers["access-control-allow-headers"] == "content-type"


@pytest.mark.parametrize(
    ("path", "row", "reason", "status", "field"),
    [
        ("/p/1", sale("U1", orderid=1), Reason.INVALID_FIELD, 422, "orderid"),
        ("/p/1", sale("U1", status="approve"), Reason.INVALID_FIELD, 422, "status"),
        ("/p/1", sale("U1", status=["approve"]), Reason.INVALID_FIELD, 422, "status"),
        ("/p/1", sale("U1", kind="cost"), Reason.INVALID_FIELD, 422, "kind"),
        ("/p/1", sale("U1", advertiser=2), Reason.FORBIDDEN, 403, "advertiser"),
        ("/p/1", sale("U1", click="forged"), Reason.INVALID_CLICK_TOKEN, 422, "click"),
        ("/p/1", sale("U1", sent_at="now"), Reason.INVALID_FIELD, 422, "sent_at"),
        ("/p/1", sale("U1", currency="KR"), Reason.INVALID_CURRENCY, 422, "currency"),
        ("/p/1", {"currency": "SEK", "amount": 1}, Reason.MISSING_FIELD, 422, "order"),
        ("/p/1", b"[]", Reason.MALFORMED, 400, None),
        ("/p/1", b"{", Reason.MALFORMED, 400, None),
        ("/p/1", b"", Reason.MALFORMED, 400, None),
        ("/p/1", b"\xff", Reason.MALFORMED, 400, None),
        ("/p/1", b'{"a":' * 5000, Reason.MALFORMED, 400, None),
        ("/p/99", sale("U1"), Reason.UNKNOWN_ADVERTISER, 404, None),
        ("/p/x", sale("U1"), Reason.UNKNOWN_ADVERTISER, 404, None),
    ],
)
def test_what_the_tag_may_not_tell_is_refused_and_kept(
    edge: Edge, path: str, row: object, reason: Reason, status: int, field: str | None
) -> None:
    before = len([event for event in edge.events() if isinstance(event, Conversion)])
    answer = tell(edge, row, path=path)
    assert_refused(answer, reason, status, field)
    kept = last(edge, Refusal)
    assert (kept.reason, kept.source) == (reason.value, Source.TAG)
    assert len([event for event in edge.events() if isinstance(event, Conversion)]) == before


def test_a_body_of_another_type_is_not_read(edge: Edge) -> None:
    answer = tell(edge, b"order=1", content_type="application/x-www-form-urlencoded")
    assert_refused(answer, Reason.MALFORMED, 400, "content-type")


def test_a_body_that_is_too_large_is_not_read(edge: Edge) -> None:
    with socket.create_connection(("127.0.0.1", edge.config.port), timeout=20) as caller:
        size = edge.config.max_body_bytes + 1
        caller.sendall(f"POST /p/1 HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode())
        answered = caller.recv(4096)
    assert answered.startswith(b"HTTP/1.1 413")
    assert b"access-control-allow-origin: *" in answered
    assert last(edge, Refusal).reason == Reason.TOO_LARGE


def test_a_body_of_the_tag_that_comes_too_slowly_is_given_up(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port, body_timeout_ms=100) as edge:
        with socket.create_connection(("127.0.0.1", free_port), timeout=20) as caller:
            caller.sendall(b'POST /p/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"order":')
            answered = caller.recv(4096)
        assert answered.startswith(b"HTTP/1.1 408")
        assert b"access-control-allow-origin: *" in answered
        assert last(edge, Refusal).reason == "malformed"


def test_forbidden_is_a_tag_where_orders_come_from_servers(edge: Edge) -> None:
    answer = tell(edge, sale("U2", currency="NOK"), path="/p/2")
    assert_refused(answer, Reason.FORBIDDEN, 403, "accepts_pixel")
    assert last(edge, Refusal).reference == "U2"


def test_unavailable_is_said_to_the_tag_before_there_are_terms(tmp_path: Path, free_port: int) -> None:
    edge = start(tmp_path, config_in(tmp_path, free_port), ready=False)
    try:
        answer = tell(edge, sale("U3"))
        assert_refused(answer, Reason.UNAVAILABLE, 503)
        assert answer.headers["retry-after"]
    finally:
        edge.stop()


@pytest.mark.parametrize("wrong_ms", [0, -HOUR_MS, 2 * HOUR_MS])
def test_a_checkout_is_marked_by_our_clock_whatever_the_browsers_says(edge: Edge, wrong_ms: int) -> None:
    """A mark of a clock that is slow would stand before the very click that led to the order."""
    theirs = int(time.time() * 1000) + wrong_ms
    row = sale(f"V{wrong_ms}", checkout_at=theirs - 60_000, sent_at=theirs)
    assert tell(edge, row).status == 202
    event = last(edge, Conversion)
    assert 60_000 <= event.received_at - event.checkout_at + 5 < 120_000
    query = "&".join(f"{name}={value}" for name, value in row.items())
    assert edge.get(f"/p/1.gif?{query}").body == PIXEL
    event = last(edge, Conversion)
    assert 60_000 <= event.received_at - event.checkout_at + 5 < 120_000


def test_a_checkout_that_the_shops_server_marked_is_left_alone(edge: Edge) -> None:
    assert tell(edge, sale("V4", checkout_at="2026-11-21T10:00:00+01:00")).status == 202
    assert last(edge, Conversion).checkout_at == 1_795_251_600_000


def test_the_image_is_still_there_beside_the_tag(edge: Edge) -> None:
    assert edge.get("/p/1.gif?order=W1&amount=1&currency=SEK").body == PIXEL
    assert edge.get("/p/1.gif", method="POST", body=b"{}").status == 404
    assert edge.get("/p/1").status == 405
    assert edge.get("/p/1", method="DELETE").status == 405


# Hosts


@pytest.mark.parametrize("host", ["go.shop.example", "klick.annan.example:8443", "192.0.2.7", "x"])
def test_a_link_works_on_every_host_that_points_here(edge: Edge, host: str) -> None:
    answer = edge.get("/c/abc?consent=1", host=host)
    assert answer.status == 302
    assert answer.headers["location"].startswith("https://shop.example/start?campaign=1&utfall=")
    assert "Domain=" not in answer.cookies[0], "the cookie is that host's own"
    assert edge.get("/i/abc.gif", host=host).status == 200
    assert edge.get("/t.js", host=host).status == 200
    assert tell(edge, sale(f"H-{host}"), host=host).status == 202


# Templates


def test_a_template_adds_its_parameters_to_the_landing_page(edge: Edge) -> None:
    answer = edge.get("/c/templated?sub1=nyhets%20brev%26")
    found = query_of(answer)
    assert found == {
        "x": "1",
        "utfall": found["cid"],
        "utm_source": "utfall",
        "utm_content": "5-nyhets brev&",
        "cid": found["utfall"],
    }
    assert answer.headers["location"].endswith("#top")
    assert last(edge, Click).sub == ("nyhets brev&",)


def test_a_template_holds_for_deep_links_too(edge: Edge) -> None:
    url = "https%3A%2F%2Fother.example%2Fsko%3Futm_source%3Dcuckoo%26a%3D1"
    answer = edge.get(f"/c/templated?url={url}")
    assert answer.headers["location"].startswith("https://other.example/sko?a=1&utfall=")
    assert query_of(answer)["utm_source"] == "utfall"
    assert query_of(answer)["utm_content"] == "5-"


def test_a_look_at_a_templated_link_shows_what_is_the_same_for_everybody(edge: Edge) -> None:
    answer = edge.get("/c/templated", method="HEAD")
    assert answer.headers["location"] == "https://shop.example/?x=1&utm_source=utfall#top"
