"""How calls travel: one request at a time by `urllib`, sent again where that is safe.

Every change carries an idempotency key, so that sending it again can do nothing twice. What is sent again:
what nobody answered, 429, 5xx, and 409 `in_progress`. It waits as long as `Retry-After` says, else for a
random time that grows with each attempt. Nothing else is sent again: the answer would be the same.
"""

import random
import time
from collections.abc import Callable, Mapping
from email.message import Message
from http.client import HTTPException, HTTPMessage
from typing import IO, Any, Final, NamedTuple, TypeVar
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener
from uuid import uuid4

import msgspec

from utfall.client import multipart
from utfall.client.problems import NotReached, Problem, Unreadable, problem_of
from utfall.client.query import query_of

Answer = TypeVar("Answer")
ROOT: Final = "/api/v1"
SAFE: Final = frozenset({"GET", "HEAD"})
ATTEMPTS: Final = 5
FIRST_WAIT_SECONDS: Final = 0.25
LONGEST_WAIT_SECONDS: Final = 60.0
LARGEST_ANSWER_BYTES: Final = 256 * 1024 * 1024


class Sent(NamedTuple):
    """A request, whole: it is the same however often it is sent."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes | None


class Got(NamedTuple):
    """An answer; header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Send = Callable[[Sent, float], Got]
"""Sends a request with a timeout in seconds. Raises OSError or HTTPException where nobody answers."""


class Calls:
    """One portal, one key: what all chapters of a client call through."""

    def __init__(
        self,
        portal: str,
        key: str,
        *,
        timeout_seconds: float = 30.0,
        attempts: int = ATTEMPTS,
        language: str = "en",
        send: Send | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        if urlsplit(portal).scheme not in {"http", "https"} or not urlsplit(portal).hostname:
            raise ValueError(f"{portal!r} is no address of a portal, such as https://portal.example.")
        if attempts < 1:
            raise ValueError("A request is sent at least once.")
        self._root = portal.rstrip("/") + ROOT
        self._headers = {
            "Authorization": f"Bearer {key}",
            "Accept": "application/json",
            "Accept-Language": language,
            "User-Agent": "utfall-client",
        }
        self._timeout_seconds = timeout_seconds
        self._attempts = attempts
        self._send = send or over_http
        self._wait = wait

    def call(
        self,
        method: str,
        path: str,
        answers: type[Answer],
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        form: Mapping[str, Any] | None = None,
        key: str | None = None,
    ) -> Answer:
        """Do an operation and read its answer, or raise a `ClientError`."""
        headers, content = dict(self._headers), None
        if form is not None:
            headers["Content-Type"], content = multipart.encoded(form)
        elif body is not None:
            headers["Content-Type"], content = "application/json", msgspec.json.encode(body)
        if method not in SAFE:
            headers["Idempotency-Key"] = key or str(uuid4())
        got = self._answered(Sent(method, self._root + path + query_of(query or {}), headers, content))
        return _read(got, answers)

    def _answered(self, sent: Sent) -> Got:
        """The answer that counts, after as many attempts as it takes."""
        for attempt in range(1, self._attempts + 1):
            try:
                got = self._send(sent, self._timeout_seconds)
            except (OSError, HTTPException) as error:
                if attempt == self._attempts:
                    raise _not_reached(sent, error) from error
                self._wait(_pause(attempt, None))
                continue
            if got.status < 400:
                return got
            problem = problem_of(got.status, got.body, _retry_after(got))
            if attempt == self._attempts or not _is_passing(problem):
                raise problem
            self._wait(_pause(attempt, problem.retry_after_seconds))
        raise AssertionError("the last attempt answers or raises")


def _is_passing(problem: Problem) -> bool:
    """Whether the same request may be answered differently in a moment."""
    return problem.status == 429 or problem.status >= 500 or problem.code == "in_progress"


def _pause(attempt: int, retry_after_seconds: float | None) -> float:
    """As long as is asked for; else between half and all of a time that doubles, so that clients spread."""
    if retry_after_seconds is not None:
        return min(LONGEST_WAIT_SECONDS, retry_after_seconds)
    full = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2.0**attempt)
    return full * random.uniform(0.5, 1.0)


def _retry_after(got: Got) -> float | None:
    said = got.headers.get("retry-after", "")
    return float(said) if said.isascii() and said.isdigit() else None


def _not_reached(sent: Sent, error: Exception) -> NotReached:
    host = urlsplit(sent.url).netloc
    return NotReached(f"{host} did not answer: {error}", sent.headers.get("Idempotency-Key"))


def _read(got: Got, answers: type[Answer]) -> Answer:
    if got.status >= 300:
        place = got.headers.get("location", "elsewhere")
        raise Unreadable(
            f"The portal sends on to {place}; use that address, since a key follows no redirect."
        )
    if answers is type(None):
        return None
    if answers is bytes:
        return got.body  # type: ignore[return-value]
    try:
        return msgspec.json.decode(got.body, type=answers)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"The answer is not what this client knows: {error}") from error


class _Stay(HTTPRedirectHandler):
    """Follows nothing: `urllib` would hand the key to wherever a redirect leads."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


_opener: Final[OpenerDirector] = build_opener(_Stay)


def over_http(sent: Sent, timeout_seconds: float) -> Got:
    """Send a request by HTTP; an answer of any status is an answer."""
    request = Request(sent.url, data=sent.body, headers=dict(sent.headers), method=sent.method)
    try:
        with _opener.open(request, timeout=timeout_seconds) as answer:
            return _got(answer.status, answer.headers, answer)
    except HTTPError as error:
        with error:
            return _got(error.code, error.headers, error)


def _got(status: int, headers: Message, content: IO[bytes]) -> Got:
    body = content.read(LARGEST_ANSWER_BYTES + 1)
    if len(body) > LARGEST_ANSWER_BYTES:
        raise Unreadable(f"The answer is larger than {LARGEST_ANSWER_BYTES} bytes.")
    return Got(status, {name.lower(): value for name, value in headers.items()}, body)
