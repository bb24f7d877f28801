"""The edge through HTTP: real workers, a real journal, and a reason for everything that is refused."""

import os
import resource
import signal
import socket
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import msgspec
import pytest

from tests.ports import free_port
from tests.scenarios.running_edge import (
    BROWSER,
    OLD_KEY,
    OTHER_SHOP_KEY,
    PARTNER_KEY,
    SECRET,
    Answer,
    Edge,
    config_in,
    running,
    small_market,
    start,
)
from tests.waiting import wait_for
from utfall.edge.config import SALTS
from utfall.edge.metrics import CountsFile
from utfall.edge.views import PIXEL
from utfall.events import (
    Amendment,
    AnyEvent,
    Click,
    Consent,
    Conversion,
    Impression,
    Reason,
    Refusal,
    Source,
    VideoProgress,
    Viewable,
    open_token,
)
from utfall.journal.keys import CLICK_KEYS, KeyRing
from utfall.journal.salts import AddressSalts
from utfall.terms import Link


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    with running(tmp_path_factory.mktemp("edge"), free_port()) as edge:
        yield edge


def last(edge: Edge, kind: type[Any]) -> Any:
    return next(event for event in reversed(edge.events()) if isinstance(event, kind))


def token_in(answer: Answer, parameter: str = "utfall") -> str:
    return parse_qs(urlsplit(answer.headers["location"]).query)[parameter][0]


def ring(edge: Edge) -> KeyRing:
    return KeyRing.load(Path(edge.config.keys_dir) / CLICK_KEYS)


def assert_refused(answer: Answer, reason: Reason, status: int, field: str | None = None) -> None:
    said = answer.json
    assert (answer.status, said["verdict"], said["reason"]) == (status, "refused", reason.value)
    assert said.get("field") == field
    assert said["sentence"]
    assert said["mend"]


def workers(edge: Edge) -> list[int]:
    files = Path(edge.config.run_dir).glob("*.metrics")
    return [msgspec.json.decode(path.read_bytes(), type=CountsFile).pid for path in files]


# Clicks


def test_a_click_is_kept_and_its_token_opens(edge: Edge) -> None:
    answer = edge.get("/c/abc?sub1=blog&sub3=top%20of%20page")
    assert answer.status == 302
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"].startswith("https://shop.example/start?campaign=1&utfall=")
    assert answer.headers["location"].endswith("#top")
    click = last(edge, Click)
    token = open_token(ring(edge).secrets, token_in(answer))
    assert (token.click, token.link, token.program, token.publisher) == (click.id, 100, 10, 5)
    assert (click.advertiser, click.sub, click.source) == (1, ("blog", "", "top of page"), Source.EDGE)
    assert (click.device, click.os, click.browser, click.robot) == ("desktop", "windows", "chrome", None)
    assert token.ref().at == click.occurred_at


def test_a_deep_link_on_an_allowed_domain_is_followed(edge: Edge) -> None:
    url = "https://www.other.example/sko?färg=röd&x=<1>#del"
    answer = edge.get(f"/c/abc?url={quote(url, safe='')}")
    assert answer.status == 302
    head = "https://www.other.example/sko?f%C3%A4rg=r%C3%B6d&x=%3C1%3E&utfall="
    assert answer.headers["location"].startswith(head)


def test_destination_not_allowed_is_refused_and_kept(edge: Edge) -> None:
    for url in ("https://evil.example/", "https://shop.example@evil.example/", "javascript:alert(1)"):
        answer = edge.get(f"/c/abc?url={quote(url, safe='')}")
        assert_refused(answer, Reason.DESTINATION_NOT_ALLOWED, 400, "url")
    kept = last(edge, Refusal)
    assert (kept.reason, kept.about, kept.link, kept.detail) == (
        "destination_not_allowed",
        "click",
        100,
        "url",
    )


def test_unknown_link_is_refused_and_kept(edge: Edge) -> None:
    assert_refused(edge.get("/c/nope"), Reason.UNKNOWN_LINK, 404)
    assert (last(edge, Refusal).reason, last(edge, Refusal).reference) == ("unknown_link", "nope")
    assert_refused(edge.get("/c/anna@example.com"), Reason.UNKNOWN_LINK, 404)
    assert last(edge, Refusal).reference is None
    assert_refused(edge.get("/i/nope.gif"), Reason.UNKNOWN_LINK, 404)
    assert last(edge, Refusal).about == "impression"


def test_a_visitor_on_an_ended_link_is_redirected_all_the_same(edge: Edge) -> None:
    assert edge.get("/c/ended").status == 302
    assert last(edge, Click).link == 102


def test_a_look_at_the_headers_is_no_click(edge: Edge) -> None:
    before, counted = len(edge.events()), uncounted(edge, "head")
    answer = edge.get("/c/abc", method="HEAD")
    assert (answer.status, answer.headers["location"]) == (302, "https://shop.example/start?campaign=1#top")
    assert len(edge.events()) == before
    assert uncounted(edge, "head") == counted + 1


@pytest.mark.parametrize("headers", [{"sec_purpose": "prefetch;prerender"}, {"purpose": "Prefetch"}])
def test_a_browser_that_fetches_ahead_has_to_come_again(edge: Edge, headers: dict[str, Any]) -> None:
    """A redirect that it kept for the real click would lead to the shop without a token."""
    before, counted = len(edge.events()), uncounted(edge, "prefetch")
    answer = edge.get("/c/abc", **headers)
    assert (answer.status, answer.headers["cache-control"], answer.body) == (503, "no-store", b"")
    assert "location" not in answer.headers
    assert len(edge.events()) == before
    assert uncounted(edge, "prefetch") == counted + 1
    assert token_in(edge.get("/c/abc"))


def uncounted(edge: Edge, why: str) -> float:
    return counted_in(edge.get("/metrics"), f'uncounted_total{{why="{why}"}}')


def counted_in(metrics: Answer, name: str) -> float:
    lines = metrics.body.decode().splitlines()
    return next(float(line.split()[-1]) for line in lines if line.startswith(f"utfall_edge_{name} "))


def test_a_robot_is_redirected_and_marked(edge: Edge) -> None:
    for agent, name in (("Mozilla/5.0 (compatible; Googlebot/2.1)", "Googlebot"), ("", "no user agent")):
        assert edge.get("/c/abc", user_agent=agent).status == 302
        assert last(edge, Click).robot == name


def test_invalid_field_is_what_a_click_cannot_carry(edge: Edge) -> None:
    assert_refused(edge.get("/c/abc?consent=maybe"), Reason.INVALID_FIELD, 422, "consent")
    assert_refused(edge.get(f"/c/abc?sub2={'x' * 101}"), Reason.INVALID_FIELD, 422, "sub2")
    assert_refused(edge.get("/i/abc.gif?event=seen"), Reason.INVALID_FIELD, 422, "event")
    assert_refused(edge.get("/i/abc.gif?impression=7"), Reason.INVALID_FIELD, 422, "impression")


# Consent and identity


def test_a_cookie_is_set_only_with_consent(edge: Edge) -> None:
    for query in ("", "?consent=0", "?consent=unknown"):
        assert edge.get(f"/c/abc{query}").cookies == []
        assert last(edge, Click).visitor is None
    (cookie,) = edge.get("/c/abc?consent=1").cookies
    assert cookie.startswith("utfall=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    first = last(edge, Click)
    pair = cookie.partition(";")[0]
    assert edge.get("/c/abc?consent=1", cookie=pair).cookies == [cookie]
    again = last(edge, Click)
    assert (first.consent, first.visitor) == (Consent.GRANTED, again.visitor)
    assert first.visitor
    assert pair.partition("=")[2] not in first.visitor


def test_a_cookie_is_taken_back_when_consent_is_denied(edge: Edge) -> None:
    pair = edge.get("/c/abc?consent=1").cookies[0].partition(";")[0]
    (cookie,) = edge.get("/c/abc?consent=0", cookie=pair).cookies
    assert cookie.startswith("utfall=; Max-Age=0")
    assert last(edge, Click).visitor is None


def test_terms_that_ask_for_no_consent_need_none(tmp_path: Path, free_port: int) -> None:
    market = small_market(consent_required=False)
    with running(tmp_path, free_port, market=market, public_url="https://go.example") as edge:
        assert edge.get("/c/abc").cookies[0].endswith("; Secure")
        assert last(edge, Click).visitor is not None
        assert edge.get("/c/abc?consent=0").cookies == []
        assert last(edge, Click).visitor is None


# Views


def test_an_impression_is_kept_before_its_pixel_is_shown(edge: Edge) -> None:
    answer = edge.get("/i/abc.gif?sub1=top&cb=123")
    assert (answer.status, answer.body, answer.headers["content-type"]) == (200, PIXEL, "image/gif")
    assert len(PIXEL) == 43
    impression = last(edge, Impression)
    assert (impression.id, impression.sub) == (answer.headers["utfall-event"], ("top",))
    assert edge.get(f"/i/abc.gif?event=viewable&impression={impression.id}").status == 200
    assert last(edge, Viewable).impression == impression.id
    assert edge.get("/i/abc.gif?event=complete").status == 200
    assert last(edge, VideoProgress).mark == "complete"


# Postbacks and pixels


def test_a_postback_is_accepted_with_its_click(edge: Edge) -> None:
    token = token_in(edge.get("/c/abc"))
    query = f"order=P1&amount=199.50&currency=SEK&click={token}&code=spring&channel=mail&new=1&country=se"
    answer = edge.get(f"/s2s/1?{query}")
    assert (answer.status, answer.json["verdict"]) == (202, "accepted")
    event = last(edge, Conversion)
    assert (event.id, event.source, event.order) == (answer.json["id"], Source.POSTBACK, "P1")
    assert event.lines[0].amount_micros == 199_500_000
    assert event.clicks[0].id == last(edge, Click).id
    assert (event.code, event.channel, event.customer_is_new, event.country) == ("SPRING", "mail", True, "SE")


def test_a_postback_may_be_a_form(edge: Edge) -> None:
    body = b"order=P2&amount=10&currency=SEK&time=2026-11-21T10%3A00%3A00%2B01%3A00&test=1"
    headers: dict[str, Any] = {"content_type": "application/x-www-form-urlencoded"}
    assert edge.get("/s2s/1?channel=app", method="POST", body=body, **headers).status == 202
    event = last(edge, Conversion)
    assert (event.order, event.channel, event.test) == ("P2", "app", True)


def test_a_postback_amends_an_order(edge: Edge) -> None:
    order = f"/s2s/2?order=P1&token={SECRET}"
    assert edge.get(f"{order}&status=decline&reason=returned").status == 202
    assert last(edge, Amendment).action.value == "decline"
    assert edge.get(f"{order}&status=refund&amount=5").status == 202
    assert last(edge, Amendment).amount_micros == 5_000_000
    assert_refused(edge.get(f"{order}&status=decline"), Reason.MISSING_FIELD, 422, "reason")
    assert_refused(edge.get(f"{order}&status=sold"), Reason.INVALID_FIELD, 422, "status")


@pytest.mark.parametrize("status", ["approve", "decline&reason=fraud", "refund", "amend&amount=1", "sold"])
@pytest.mark.parametrize("token", ["", f"&token={SECRET}"])
def test_nobody_judges_the_orders_of_an_advertiser_without_a_secret(
    edge: Edge, status: str, token: str
) -> None:
    answer = edge.get(f"/s2s/1?order=P1&status={status}{token}")
    assert_refused(answer, Reason.UNAUTHORISED, 401, "token")
    assert "/v1/events" in answer.json["mend"]
    kept = last(edge, Refusal)
    assert (kept.reason, kept.about, kept.reference, kept.advertiser) == (
        "unauthorised",
        "amendment",
        "P1",
        1,
    )


def test_a_form_that_amends_needs_the_secret_as_well(edge: Edge) -> None:
    for path, body in (("/s2s/1?order=P1", b"status=approve"), ("/s2s/1", b"order=P1&status=approve")):
        answer = edge.get(path, method="POST", body=body)
        assert_refused(answer, Reason.UNAUTHORISED, 401, "token")


POSTBACK = "/s2s/1?order=P9&amount=1&currency=SEK"


@pytest.mark.parametrize(
    ("path", "reason", "status", "field"),
    [
        ("/s2s/1?amount=1&currency=SEK", Reason.MISSING_FIELD, 422, "order"),
        ("/s2s/1?order=%7Border%7D&amount=1&currency=SEK", Reason.INVALID_FIELD, 422, "order"),
        ("/s2s/1?order=$%7BORDER%7D&amount=1&currency=SEK", Reason.INVALID_FIELD, 422, "order"),
        (f"/s2s/1?order={'x' * 51}&amount=1&currency=SEK", Reason.INVALID_FIELD, 422, "order"),
        (f"{POSTBACK}&orderid=1", Reason.INVALID_FIELD, 422, "orderid"),
        (f"{POSTBACK}&order=P8", Reason.INVALID_FIELD, 422, "order"),
        (f"{POSTBACK}&kind=cost", Reason.INVALID_FIELD, 422, "kind"),
        ("/s2s/1?order=P9&amount=1,5&currency=SEK", Reason.INVALID_FIELD, 422, "amount"),
        ("/s2s/1?order=P9&amount=1&currency=KR", Reason.INVALID_CURRENCY, 422, "currency"),
        (f"{POSTBACK}&click=forged", Reason.INVALID_CLICK_TOKEN, 422, "click"),
        (f"{POSTBACK}&program=99", Reason.UNKNOWN_PROGRAM, 422, "program"),
        (f"{POSTBACK}&version=2", Reason.UNSUPPORTED_VERSION, 422, "version"),
        ("/s2s/99?order=P9", Reason.UNKNOWN_ADVERTISER, 404, None),
        ("/s2s/x?order=P9", Reason.UNKNOWN_ADVERTISER, 404, None),
        (f"{POSTBACK}&channel=%0d%0aX", Reason.MALFORMED, 400, None),
        (f"{POSTBACK}&channel=%ff", Reason.MALFORMED, 400, None),
        (f"{POSTBACK}{'&x=1' * 64}", Reason.TOO_LARGE, 413, None),
    ],
)
def test_a_refused_postback_says_why_and_is_kept(
    edge: Edge, path: str, reason: Reason, status: int, field: str | None
) -> None:
    assert_refused(edge.get(path), reason, status, field)
    kept = last(edge, Refusal)
    assert (kept.reason, kept.about, kept.source) == (reason.value, "conversion", Source.POSTBACK)


def test_unauthorised_is_a_postback_without_its_secret(edge: Edge) -> None:
    path = "/s2s/2?order=Q1&amount=1&currency=NOK"
    assert_refused(edge.get(path), Reason.UNAUTHORISED, 401, "token")
    assert_refused(edge.get(f"{path}&token=wrong"), Reason.UNAUTHORISED, 401, "token")
    assert edge.get(f"{path}&token={SECRET}").status == 202
    assert last(edge, Conversion).advertiser == 2


def test_a_pixel_tells_of_an_order_and_of_its_visitor(edge: Edge) -> None:
    pair = edge.get("/c/abc?consent=1").cookies[0].partition(";")[0]
    visitor = last(edge, Click).visitor
    path = "/p/1.gif?order=X1&amount=5&currency=SEK&customer=eva%40example.com&consent=1&cb=9"
    answer = edge.get(path, cookie=pair)
    assert (answer.status, answer.body) == (200, PIXEL)
    event = last(edge, Conversion)
    assert (event.source, event.visitor, event.device) == (Source.PIXEL, visitor, "desktop")
    assert event.customer
    assert event.sealed
    edge.get("/p/1.gif?order=X2&amount=5&currency=SEK", cookie=pair)
    assert (last(edge, Conversion).visitor, last(edge, Conversion).sealed) == (None, None)


def test_a_refused_pixel_is_no_picture(edge: Edge) -> None:
    assert_refused(edge.get("/p/1.gif?order=X3"), Reason.MISSING_FIELD, 422, "amount")
    assert_refused(edge.get("/p/99.gif?order=X3"), Reason.UNKNOWN_ADVERTISER, 404)
    path = "/p/1.gif?order=X3&status=decline&reason=fraud"
    assert_refused(edge.get(path), Reason.INVALID_FIELD, 422, "status")


def test_forbidden_is_a_pixel_where_orders_come_from_servers(edge: Edge) -> None:
    answer = edge.get("/p/2.gif?order=X4&amount=5&currency=NOK")
    assert_refused(answer, Reason.FORBIDDEN, 403, "accepts_pixel")
    assert "servers" in answer.json["sentence"]
    kept = last(edge, Refusal)
    assert (kept.reason, kept.about, kept.source) == ("forbidden", "conversion", Source.PIXEL)
    assert (kept.advertiser, kept.reference, kept.detail) == (2, "X4", "accepts_pixel")


# Batches


def sale(order: str, **more: object) -> dict[str, object]:
    return {"kind": "conversion", "order": order, "amount": "10.00", "currency": "SEK"} | more


def test_a_batch_gets_a_verdict_per_row(edge: Edge) -> None:
    rows = [sale("B1"), sale("B2", currency="KR"), {"kind": "visit"}, 7, sale("B3", id="not a uuid")]
    answer = edge.send({"events": rows})
    assert (answer.status, answer.json["accepted"], answer.json["refused"]) == (207, 1, 4)
    reasons = [verdict.get("reason") for verdict in answer.json["verdicts"]]
    assert reasons == [None, "invalid_currency", "unknown_kind", "malformed", "invalid_field"]
    kept = [event for event in edge.events() if isinstance(event, Refusal)][-4:]
    assert [refusal.reason for refusal in kept] == reasons[1:]
    assert [refusal.reference for refusal in kept] == ["B2", None, None, "B3"]


def test_a_batch_is_answered_200_only_when_all_of_it_is_durable(edge: Edge) -> None:
    identifier = "01a1ff9e-57b0-7a9e-a24a-65b3f646d317"
    answer = edge.send([sale("B4", id=identifier), sale("B5")])
    assert answer.status == 200
    assert answer.json["verdicts"][0]["id"] == identifier.replace("-", "")
    assert [event.order for event in edge.events()[-2:] if isinstance(event, Conversion)] == ["B4", "B5"]
    assert edge.send([sale("B6", currency="KR")]).status == 422


def test_one_senders_batches_crowd_nobody_out(tmp_path: Path, free_port: int) -> None:
    """While the vault is busy, batches with customers wait: one of each sender, and no order behind it."""
    with running(tmp_path, free_port, max_batches_waiting=4) as edge, ThreadPoolExecutor() as callers:
        with busy(Path(edge.config.vault_path)):
            rows = [sale("F1", customer="c", consent=1)]
            first = callers.submit(edge.send, rows)
            wait_for(lambda: counted_in(edge.get("/metrics"), "batches_waiting") == 1)
            turned_away = edge.send(rows)
            assert_refused(turned_away, Reason.UNAVAILABLE, 429)
            assert turned_away.headers["retry-after"]
            other = callers.submit(edge.send, [sale("F2", currency="NOK")], key=OTHER_SHOP_KEY)
            wait_for(lambda: counted_in(edge.get("/metrics"), "batches_waiting") == 2)
            assert edge.get("/s2s/1?order=F3&amount=1&currency=SEK").status == 202
            assert edge.get("/p/1.gif?order=F4&amount=1&currency=SEK").status == 200
            assert [first.done(), other.done()] == [False, False]
        assert (first.result().status, other.result().status) == (200, 200)
        assert edge.send(rows).status == 200


@contextmanager
def busy(database: Path) -> Iterator[None]:
    """A database that somebody else writes to until the block ends."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield
        connection.execute("ROLLBACK")


def test_numbers_in_json_are_exact(edge: Edge) -> None:
    body = b'[{"kind":"conversion","order":"B7","amount":1234567.123456,"currency":"SEK"}]'
    assert edge.send(body).status == 200
    assert last(edge, Conversion).lines[0].amount_micros == 1_234_567_123_456


def test_a_click_in_a_batch_is_answered_with_its_token(edge: Edge) -> None:
    answer = edge.send([{"kind": "click", "link": "abc", "agent": BROWSER}], key=PARTNER_KEY)
    token = answer.json["verdicts"][0]["token"]
    assert open_token(ring(edge).secrets, token).click == last(edge, Click).id


def test_forbidden_is_what_a_key_does_not_speak_for(edge: Edge) -> None:
    for rows, key in (
        ([sale("B8", advertiser=1)], PARTNER_KEY),
        ([sale("B8", advertiser=1)], OTHER_SHOP_KEY),
        ([{"kind": "click", "link": "forum"}], PARTNER_KEY),
    ):
        answer = edge.send(rows, key=key)
        assert answer.status == 422
        assert answer.json["verdicts"][0]["reason"] == "forbidden"


def test_unauthorised_is_an_unknown_or_expired_key(edge: Edge) -> None:
    for key in ("wrong", OLD_KEY, "", "x" * 1000):
        assert_refused(edge.send([sale("B9")], key=key), Reason.UNAUTHORISED, 401)
    answer = edge.get("/v1/events", method="POST", body=b"[]")
    assert_refused(answer, Reason.UNAUTHORISED, 401)
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[1,", b"\xff", b'"text"', b"[]", b'{"events":[]}', b'{"events":{}}', b"[" * 100_000]
)
def test_malformed_is_what_is_no_batch(edge: Edge, body: bytes) -> None:
    answer = edge.send(body)
    assert (answer.status, answer.json["reason"]) == (400, "malformed")
    assert edge.get("/healthz").status == 200


def test_too_large_is_given_up_early(edge: Edge) -> None:
    rows = [{"kind": "visit"}] * (edge.config.max_batch_events + 1)
    assert_refused(edge.send(rows), Reason.TOO_LARGE, 413, "events")
    with socket.create_connection(("127.0.0.1", edge.config.port), timeout=20) as caller:
        head = "POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer shop-key\r\n"
        caller.sendall(f"{head}Content-Length: {edge.config.max_body_bytes + 1}\r\n\r\n".encode())
        assert caller.recv(100).startswith(b"HTTP/1.1 413")
    with socket.create_connection(("127.0.0.1", edge.config.port), timeout=20) as caller:
        caller.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"
        answered = send_until_answered(caller, piece, times=2 * edge.config.max_body_bytes // 65_536)
        assert answered.startswith(b"HTTP/1.1 413")
    assert_refused(edge.get(f"/c/abc?x={'x' * 5000}"), Reason.TOO_LARGE, 414, "url")


def send_until_answered(caller: socket.socket, piece: bytes, *, times: int) -> bytes:
    try:
        for _ in range(times):
            caller.sendall(piece)
    except OSError:  # the edge has hung up, which is the answer as well
        pass
    try:
        return caller.recv(100)
    except OSError:
        return b"HTTP/1.1 413"


# Hostile input


HOSTILE = [
    b"GET /c/abc?url=https%3A%2F%2Fshop.example%2F%0d%0aSet-Cookie:x HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /c/abc%0d%0aX HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /c/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /c/%ff%fe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /c/abc?a=%zz HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /c/abc?sub1=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /c/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET http://elsewhere/ HTTP/1.1\r\nHost: x\r\n\r\n",
    b"DELETE /c/abc HTTP/1.1\r\nHost: x\r\n\r\n",
    b"POST /c/abc HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
    b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /i/abc.png HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    b"POST /s2s/1 HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nContent-Length: 3\r\n\r\n<a>",
    b"POST /s2s/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\xff\xfe",
    b"POST /s2s/1 HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
]


@pytest.mark.parametrize("request_bytes", HOSTILE)
def test_malformed_requests_get_a_cheap_4xx(edge: Edge, request_bytes: bytes) -> None:
    with socket.create_connection(("127.0.0.1", edge.config.port), timeout=20) as caller:
        caller.sendall(request_bytes)
        answered = caller.recv(4096)
    assert answered == b"" or answered.startswith(b"HTTP/1.1 4"), answered
    assert b"Set-Cookie:x" not in answered
    assert edge.get("/healthz").status == 200


def test_a_strange_user_agent_is_cut_and_read(edge: Edge) -> None:
    with socket.create_connection(("127.0.0.1", edge.config.port), timeout=20) as caller:
        caller.sendall(b"GET /c/abc HTTP/1.1\r\nHost: x\r\nUser-Agent: \xff\xe5" + b"x" * 5000 + b"\r\n\r\n")
        assert caller.recv(4096).startswith(b"HTTP/1.1 302")


def test_a_body_that_comes_too_slowly_is_given_up(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port, body_timeout_ms=100) as edge:
        with socket.create_connection(("127.0.0.1", free_port), timeout=20) as caller:
            caller.sendall(b"POST /s2s/1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\norder=")
            assert caller.recv(100).startswith(b"HTTP/1.1 408")
        assert edge.get("/healthz").status == 200


def test_refusals_of_strangers_are_bounded_and_counted(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port, refusals_kept_per_second=1) as edge:
        for _ in range(20):
            assert edge.get("/c/nope").status == 404
        text = edge.get("/metrics").body.decode()
        kept = len([event for event in edge.events() if isinstance(event, Refusal)])
        assert 'utfall_edge_refusals_total{reason="unknown_link"} 20.0' in text
        assert f"utfall_edge_refusals_not_kept_total {20 - kept}.0" in text
        assert kept < 20


# Personal data


def test_nothing_personal_is_in_the_journal_in_clear(tmp_path: Path, free_port: int) -> None:
    secrets = ("192.0.2.77", "Personal/7.7", "klara.personlig@example.com", "hemligkund")
    forwarded: dict[str, Any] = {"x_forwarded_for": secrets[0], "user_agent": f"Mozilla/5.0 {secrets[1]}"}
    with running(tmp_path, free_port, trusted_proxies=("127.0.0.0/8",)) as edge:
        pair = edge.get("/c/abc?consent=1", **forwarded).cookies[0].partition(";")[0]
        edge.get("/i/abc.gif?consent=1", cookie=pair, **forwarded)
        edge.get(f"/c/{quote(secrets[2])}", **forwarded)
        order = "order=1&amount=1&currency=SEK&consent=1"
        edge.get(f"/p/1.gif?{order}&customer={quote(secrets[2])}", cookie=pair, **forwarded)
        for name in (*secrets[:3], "klara.personlig", "0701234567"):
            edge.get(f"/s2s/1?{order}&{quote(name)}=1", **forwarded)
        row = sale("2", customer=secrets[3], address=secrets[0], agent=secrets[1], consent=1)
        assert edge.send([row]).status == 200
        edge.stop()
        kinds = {type(event) for event in edge.events()}
    assert kinds == {Click, Impression, Conversion, Refusal}
    searched = [path for path in (tmp_path / "journal").rglob("*") if path.is_file()]
    assert searched
    for path in searched:
        content = path.read_bytes()
        for secret in (*secrets, pair.partition("=")[2], "192.0.2", "klara", "0701234567"):
            assert secret.encode() not in content, f"{secret} is in {path.name}"


def test_the_address_behind_a_trusted_proxy_decides_the_digest(tmp_path: Path, free_port: int) -> None:
    changes: dict[str, Any] = {"trusted_proxies": ("127.0.0.0/8",), "country_header": "CF-IPCountry"}
    with running(tmp_path, free_port, **changes) as edge:
        digests = []
        for hop in ("192.0.2.7", "192.0.2.200", "203.0.113.9"):
            edge.get("/c/abc", x_forwarded_for=hop, cf_ipcountry="NO")
            digests.append(last(edge, Click).address)
        assert last(edge, Click).country == "NO"
    assert digests[0] == digests[1] != digests[2]


# Operation


def test_unavailable_is_said_while_the_disk_refuses(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        (worker,) = workers(edge)
        edge.get("/c/abc")
        _, hard = resource.prlimit(worker, resource.RLIMIT_FSIZE)
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (0, hard))
        answer = edge.get("/c/abc")
        assert_refused(answer, Reason.UNAVAILABLE, 503)
        assert answer.headers["retry-after"]
        assert_refused(edge.get("/i/abc.gif"), Reason.UNAVAILABLE, 503)
        assert_refused(edge.get("/s2s/1?order=1&amount=1&currency=SEK"), Reason.UNAVAILABLE, 503)
        batch = edge.send([sale("1"), sale("2", customer="c", consent=1)])
        assert (batch.status, batch.json["verdicts"][0]["reason"]) == (503, "unavailable")
        assert edge.get("/readyz").status == 503
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (hard, hard))
        wait_for(lambda: edge.get("/readyz").status == 200)
        assert edge.get("/c/abc").status == 302
        acknowledged = [
            event for event in edge.events() if isinstance(event, Click | Conversion | Impression)
        ]
    assert [type(event) for event in acknowledged] == [Click, Click]


def test_unavailable_is_said_before_there_are_terms(tmp_path: Path, free_port: int) -> None:
    edge = start(tmp_path, config_in(tmp_path, free_port), ready=False)
    try:
        assert edge.get("/readyz").status == 503
        assert_refused(edge.get("/c/abc"), Reason.UNAVAILABLE, 503)
        assert_refused(edge.send([sale("1")]), Reason.UNAVAILABLE, 503)
        edge.publish(small_market())
        wait_for(lambda: edge.get("/readyz").status == 200)
        assert edge.get("/c/abc").status == 302
    finally:
        edge.stop()


def test_a_new_snapshot_is_taken_into_use_whole(edge: Edge) -> None:
    link = Link(id=300, key="new", program=10, publisher=5, destination="https://shop.example/new")
    assert edge.get("/c/new").status == 404
    snapshot = edge.publish(small_market(extra_links=(link,)))
    wait_for(lambda: edge.get("/readyz").json["snapshot"] == snapshot.hash)
    assert edge.get("/c/new").headers["location"].startswith("https://shop.example/new?utfall=")


def more_are_unreadable(edge: Edge, seen: bytes) -> bool:
    return unreadable(edge.get("/metrics").body) > unreadable(seen)


def test_a_torn_snapshot_leaves_the_one_before_in_force(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        folder = Path(edge.config.snapshots_dir)
        before = edge.get("/readyz").json["snapshot"]
        (folder / f"{'0' * 64}.snapshot").write_bytes(b"torn")
        for named in ("0" * 64, "../../keys/pepper", "1" * 64):
            (folder / "CURRENT").write_text(named)
            seen = edge.get("/metrics").body
            wait_for(partial(more_are_unreadable, edge, seen))
        assert edge.get("/readyz").json["snapshot"] == before
        assert edge.get("/c/abc").status == 302


def unreadable(metrics: bytes) -> float:
    lines = [line for line in metrics.decode().splitlines() if not line.startswith("#")]
    return sum(float(line.split()[1]) for line in lines if "snapshots_unreadable_total" in line)


def test_keys_are_rotated_without_a_restart(edge: Edge) -> None:
    before = token_in(edge.get("/c/abc"))
    rotated = ring(edge).rotate(int(time.time() * 1000))
    wait_for(lambda: token_in(edge.get("/c/abc"))[:2] != before[:2])
    after = token_in(edge.get("/c/abc"))
    assert {open_token(rotated.secrets, token).link for token in (before, after)} == {100}
    for token in (before, after):
        assert edge.get(f"/s2s/1?order=R1&amount=1&currency=SEK&click={token}").status == 202


def test_a_ring_of_keys_that_vanished_stays_in_use(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        token = token_in(edge.get("/c/abc"))
        keys = edge.config.keys / CLICK_KEYS
        keys.unlink()
        time.sleep(0.3)  # several turns of following the files
        assert not keys.exists()
        assert edge.get(f"/s2s/1?order=R2&amount=1&currency=SEK&click={token}").status == 202


def test_old_salts_are_destroyed_without_visitors(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        old = AddressSalts(edge.config.keys / SALTS)
        edge.stop()
        old.salt_for(20_000)
        again = start(tmp_path, edge.config)
        try:
            assert not (edge.config.keys / SALTS / "20000.salt").exists()
        finally:
            again.stop()


def test_the_metrics_of_all_workers_are_added_up(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port, workers=2) as edge:
        wait_for(lambda: len(workers(edge)) == 2)
        for _ in range(30):
            assert edge.get("/c/abc").status == 302

        def counted() -> bool:
            text = edge.get("/metrics").body.decode()
            return 'events_total{kind="click"} 30.0' in text and "utfall_edge_workers 2.0" in text

        wait_for(counted)
        assert {path.name for path in (tmp_path / "journal").iterdir()} == {"edge-0", "edge-1"}


def test_a_worker_that_is_killed_is_replaced(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        (first,) = workers(edge)
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: workers(edge) not in ([], [first]))
        wait_for(lambda: answers(edge, "/c/abc") == 302)


def answers(edge: Edge, path: str) -> int | None:
    try:
        return edge.get(path).status
    except OSError:
        return None


def test_workers_follow_their_server_into_death(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        (worker,) = workers(edge)
        edge.process.kill()
        edge.process.wait()
        wait_for(lambda: not Path(f"/proc/{worker}").exists())


def test_everything_received_is_kept_at_a_clean_end(tmp_path: Path, free_port: int) -> None:
    with running(tmp_path, free_port) as edge:
        accepted = [edge.get("/c/abc").status for _ in range(20)]
        assert edge.stop() == 0
        assert (
            len([event for event in edge.events() if isinstance(event, Click)]) == accepted.count(302) == 20
        )
        assert list(Path(edge.config.run_dir).iterdir()) == []


def test_readiness_health_and_metrics_answer(edge: Edge) -> None:
    assert edge.get("/healthz").json["status"] == "ok"
    assert edge.get("/readyz").json["ready"] is True
    answer = edge.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert b"# TYPE utfall_edge_events_total counter" in answer.body
    assert edge.get("/healthz", method="POST").status == 405


def test_metrics_are_not_for_visitors(tmp_path: Path, free_port: int) -> None:
    trusted: dict[str, Any] = {"trusted_proxies": ("127.0.0.0/8",), "metrics_from": ("192.0.2.0/24",)}
    with running(tmp_path, free_port, **trusted) as edge:
        assert edge.get("/metrics", x_forwarded_for="192.0.2.7").status == 200
        for hops in ("203.0.113.9", "192.0.2.7, 203.0.113.9", "somebody", ""):
            assert_refused(edge.get("/metrics", x_forwarded_for=hops), Reason.MALFORMED, 404, "path")


def test_metrics_are_for_the_machine_itself_unless_it_is_said_otherwise(
    tmp_path: Path, free_port: int
) -> None:
    with running(tmp_path, free_port, trusted_proxies=("127.0.0.0/8",)) as edge:
        assert edge.get("/metrics").status == 200
        assert edge.get("/metrics", x_forwarded_for="203.0.113.9").status == 404


def test_metrics_do_not_leak_through_a_proxy_that_nobody_named(edge: Edge) -> None:
    assert edge.get("/metrics").status == 200
    assert edge.get("/metrics", x_forwarded_for="203.0.113.9").status == 404
    assert edge.get("/metrics", x_forwarded_for="127.0.0.1").status == 404


def test_no_event_was_read_back_otherwise_than_it_was_kept(edge: Edge) -> None:
    events: list[AnyEvent] = edge.events()
    assert len({event.id for event in events}) == len(events)
    assert all(event.received_at >= event.occurred_at or isinstance(event, Conversion) for event in events)
