"""What may go wrong with a call, as one tree:

    ClientError
     ├─ NotReached          nobody answered, or the connection broke; every repetition was in vain
     ├─ Unreadable          an answer that is none of the API's, such as a redirect
     └─ Problem             the portal refused: status, code, field, sentence, mend, errors
         ├─ Malformed       400  the request could not be read
         ├─ KeyRefused      401  no key, or one that opens nothing
         ├─ Forbidden       403  the key lacks the scope
         ├─ NotFound        404  there is nothing such, or it is not yours
         ├─ Conflict        409  something came first
         ├─ TooLarge        413  send less at once
         ├─ Refused         422  what was sent is not as it must be; `errors` says all of it
         ├─ RateLimited     429  too many requests; `retry_after_seconds`
         └─ ServerFailed    5xx  the portal broke; nothing was changed

Programs look at the class and at `code`, which is never renamed. `sentence` and `mend` are for people.
"""

from http import HTTPStatus
from typing import Final

import msgspec
from msgspec import Struct


class Fault(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with what was sent."""

    code: str = ""
    detail: str = ""
    field: str = ""


class Details(Struct, frozen=True, kw_only=True):
    """A problem as the portal writes it (RFC 9457)."""

    code: str = ""
    detail: str = ""
    field: str = ""
    mend: str = ""
    errors: tuple[Fault, ...] = ()


class ClientError(Exception):
    """Whatever went wrong with a call."""


class NotReached(ClientError):
    """Nobody answered. A change may have been made: the same call with the same idempotency key is safe."""

    def __init__(self, sentence: str, idempotency_key: str | None = None) -> None:
        super().__init__(sentence)
        self.idempotency_key = idempotency_key


class Unreadable(ClientError):
    """An answer that does not come from the API, or that this client is too old for."""


class Problem(ClientError):
    """The portal did not do what was asked, and says why."""

    def __init__(self, status: int, details: Details, retry_after_seconds: float | None = None) -> None:
        super().__init__(status, details, retry_after_seconds)
        self.status = status
        self.code = details.code
        self.field = details.field
        self.sentence = details.detail
        self.mend = details.mend
        self.errors = details.errors
        self.retry_after_seconds = retry_after_seconds

    def __str__(self) -> str:
        said = " ".join(part for part in (self.sentence, self.mend) if part)
        return f"{self.status} {self.code}: {said}"


class Malformed(Problem):
    """400: the request could not be read."""


class KeyRefused(Problem):
    """401: no key was sent, or it is unknown, expired or revoked."""


class Forbidden(Problem):
    """403: the key lacks the scope."""


class NotFound(Problem):
    """404: there is nothing such, or it is not yours."""


class Conflict(Problem):
    """409: another request or another's decision came first."""


class TooLarge(Problem):
    """413: the body is too large."""


class Refused(Problem):
    """422: what was sent is not as it must be."""


class RateLimited(Problem):
    """429: too many requests, even after waiting."""


class ServerFailed(Problem):
    """5xx: the portal broke; nothing was changed."""


BY_STATUS: Final[dict[int, type[Problem]]] = {
    400: Malformed,
    401: KeyRefused,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    413: TooLarge,
    422: Refused,
    429: RateLimited,
}


def problem_of(status: int, body: bytes, retry_after_seconds: float | None) -> Problem:
    """The exception for an answer of 400 or above; a proxy's answer has no code."""
    try:
        details = msgspec.json.decode(body, type=Details)
    except (msgspec.DecodeError, UnicodeDecodeError):
        details = Details(detail=_phrase(status))
    kind = ServerFailed if status >= 500 else BY_STATUS.get(status, Problem)
    return kind(status, details, retry_after_seconds)


def _phrase(status: int) -> str:
    known = status in HTTPStatus._value2member_map_
    return f"{HTTPStatus(status).phrase if known else 'An unknown status'}."
