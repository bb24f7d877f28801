"""How calls travel: what is sent again, with what, and what an answer becomes."""

from collections.abc import Mapping
from http.client import RemoteDisconnected

import msgspec
import pytest

from utfall.client import (
    Client,
    ClientError,
    Conflict,
    File,
    NotFound,
    NotReached,
    Problem,
    RateLimited,
    Refused,
    ServerFailed,
    Unreadable,
    problems,
)
from utfall.client.models import LinkChange, LinkSent
from utfall.client.transport import Got, Sent

DONE = Got(204, {}, b"")


def problem(status: int, code: str, **headers: str) -> Got:
    """A refusal as the portal writes it."""
    body = {"code": code, "detail": "It is so.", "mend": "Do otherwise.", "field": "name", "errors": []}
    return Got(
        status, {name.replace("_", "-"): said for name, said in headers.items()}, msgspec.json.encode(body)
    )


class Portal:
    """Answers in turn, or breaks off; remembers what it was sent and how long the client waited."""

    def __init__(self, *answers: Got | Exception) -> None:
        self.answers = list(answers)
        self.sent: list[Sent] = []
        self.waits: list[float] = []

    def send(self, sent: Sent, timeout_seconds: float) -> Got:
        self.sent.append(sent)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def client(self, attempts: int = 5) -> Client:
        return Client(
            "https://portal.test/", "utf_key", attempts=attempts, send=self.send, wait=self.waits.append
        )


def keys(portal: Portal) -> set[str]:
    return {sent.headers["Idempotency-Key"] for sent in portal.sent}


def test_a_call_is_a_request_to_the_portal_with_the_key() -> None:
    portal = Portal(Got(200, {}, b'{"items": [], "following": null}'))
    assert portal.client().links.links(search="a b", program=7, state="ended").items == ()
    sent = portal.sent[0]
    assert (sent.method, sent.body) == ("GET", None)
    assert sent.url == "https://portal.test/api/v1/links?program=7&search=a+b&state=ended"
    assert sent.headers["Authorization"] == "Bearer utf_key"
    assert "Idempotency-Key" not in sent.headers


def test_a_change_is_sent_again_with_the_same_key_until_it_is_answered() -> None:
    portal = Portal(ConnectionResetError("gone"), problem(503, ""), RemoteDisconnected("gone"), DONE)
    portal.client().people.revoke_key(7)
    assert (len(portal.sent), len(keys(portal)), len(portal.waits)) == (4, 1, 3)
    portal.answers = [DONE]
    portal.client().people.revoke_key(7)
    assert len(keys(portal)) == 2


def test_waiting_grows_unless_the_portal_says_how_long() -> None:
    told = problem(429, "rate_limited", retry_after="7")
    portal = Portal(*[problem(500, "internal")] * 3, told, DONE)
    portal.client().people.revoke_key(7)
    assert portal.waits[3] == 7
    assert all(0.25 * 2**n <= wait <= 0.5 * 2**n for n, wait in enumerate(portal.waits[:3]))
    portal.answers = [problem(429, "rate_limited", retry_after="86400"), DONE]
    portal.client().people.revoke_key(7)
    assert portal.waits[4] == 60


def test_a_request_under_way_is_waited_for_and_another_conflict_is_not() -> None:
    portal = Portal(problem(409, "in_progress", retry_after="1"), problem(409, "name_taken"))
    with pytest.raises(Conflict, match=r"It is so\. Do otherwise\.") as raised:
        portal.client().people.revoke_key(7)
    assert (raised.value.code, raised.value.field, portal.waits) == ("name_taken", "name", [1])


def test_patience_ends() -> None:
    portal = Portal(*[problem(429, "rate_limited", retry_after="1")] * 3)
    with pytest.raises(RateLimited) as limited:
        portal.client(attempts=3).links.links()
    assert (limited.value.retry_after_seconds, portal.waits) == (1, [1, 1])
    portal = Portal(TimeoutError("too slow"))
    with pytest.raises(NotReached, match=r"portal\.test did not answer: too slow") as raised:
        portal.client(attempts=1).people.revoke_key(7)
    assert raised.value.idempotency_key in keys(portal)


@pytest.mark.parametrize("status", [*problems.BY_STATUS, 405, 500, 502])
def test_every_status_has_its_exception(status: int) -> None:
    with pytest.raises(Problem) as raised:
        Portal(problem(status, "so")).client(attempts=1).people.revoke_key(7)
    expected = ServerFailed if status >= 500 else problems.BY_STATUS.get(status, Problem)
    assert type(raised.value) is expected
    assert isinstance(raised.value, ClientError)


def test_what_a_proxy_says_is_a_problem_without_a_code() -> None:
    with pytest.raises(ServerFailed, match="Bad Gateway") as raised:
        Portal(Got(502, {}, b"<html>\xff")).client(attempts=1).links.links()
    assert raised.value.code == ""


def test_a_refusal_says_all_that_is_wrong() -> None:
    body = b'{"code": "invalid", "errors": [{"code": "needed", "detail": "x", "field": "a"}], "new": 1}'
    with pytest.raises(Refused) as raised:
        Portal(Got(422, {}, body)).client().links.make(LinkSent(program=1))
    assert [one.field for one in raised.value.errors] == ["a"]


def test_the_key_follows_no_redirect() -> None:
    portal = Portal(Got(301, {"location": "https://other.test/"}, b""))
    with pytest.raises(Unreadable, match=r"other\.test"):
        portal.client().links.links()
    assert len(portal.sent) == 1


def test_an_answer_of_another_kind_is_told_from_one_that_grew() -> None:
    grown = b'{"items": [], "following": null, "total": 3}'
    assert Portal(Got(200, {}, grown)).client().links.links().items == ()
    for body in (b"<html>", b'{"items": 7}'):
        with pytest.raises(Unreadable):
            Portal(Got(200, {}, body)).client().links.links()


def test_what_is_left_out_is_not_sent_and_none_is() -> None:
    portal = Portal(problem(404, "not_found"))
    with pytest.raises(NotFound):
        portal.client().links.change(7, LinkChange(name="Boots", property=None))
    assert msgspec.json.decode(portal.sent[0].body or b"") == {"name": "Boots", "property": None}


def test_a_file_is_sent_the_same_each_time() -> None:
    portal = Portal(problem(503, ""), problem(422, "broken"))
    picture = File(content=b"\x89PNG", name='a"\r\nb.png', media_type="image/png")
    with pytest.raises(Refused):
        portal.client().creatives.upload(file=picture, program=7, is_ready=True)
    first, second = portal.sent
    assert first == second
    body = first.body or b""
    assert b'name="file"; filename="a%22%0D%0Ab.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--' in body
    assert b'name="is_ready"\r\n\r\ntrue\r\n' in body
    assert b'name="alt"' not in body
    assert boundary(first.headers) in body


def boundary(headers: Mapping[str, str]) -> bytes:
    return headers["Content-Type"].partition("boundary=")[2].encode()


@pytest.mark.parametrize("portal", ["portal.example", "ftp://portal.example", "https://"])
def test_a_client_needs_an_address(portal: str) -> None:
    with pytest.raises(ValueError, match="no address of a portal"):
        Client(portal, "utf_key")
