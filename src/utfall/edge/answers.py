"""Verdicts as answers: the status of every reason, chosen in one place, and the body that explains it."""

from typing import Final, Protocol

import msgspec

from utfall.edge.rows import Refused
from utfall.events import REASONS, Reason
from utfall.events.reasons import Words

Headers = list[tuple[str, str]]

_STATUS: Final[dict[Reason, int]] = {
    Reason.MALFORMED: 400,
    Reason.DESTINATION_NOT_ALLOWED: 400,
    Reason.UNAUTHORISED: 401,
    Reason.FORBIDDEN: 403,
    Reason.UNKNOWN_LINK: 404,
    Reason.UNKNOWN_ADVERTISER: 404,
    Reason.TOO_LARGE: 413,
    Reason.UNAVAILABLE: 503,
}
_UNREADABLE_STATUS: Final = 422
_WORDS: Final = {
    Refused(Reason.UNAUTHORISED, "token"): Words(
        "The postback secret is missing or wrong, or the advertiser has none, and nothing can be amended.",
        "Send the advertiser's secret as `token`, or the row to `/v1/events` with a bearer key.",
    ),
    Refused(Reason.FORBIDDEN, "accepts_pixel"): Words(
        "This advertiser takes orders from servers only.",
        "Tell of the order by a postback, or by `/v1/events`.",
    ),
    Refused(Reason.MALFORMED, "creative"): Words(
        "No creative has this name.",
        "Use the address that the portal shows: the content's hash and its ending, or a file of its bundle.",
    ),
}
"""Where the words of the reason alone would not say what to do."""
RETRY_AFTER_S: Final = 1
_encoder: Final = msgspec.json.Encoder()
JSON: Final = ("content-type", "application/json; charset=utf-8")
NO_STORE: Final = ("cache-control", "no-store")


class Answering(Protocol):
    """The half of an RSGI protocol that answers."""

    def response_empty(self, status: int, headers: Headers) -> None:
        """A status and headers."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """A status, headers and a body."""

    def response_file(self, status: int, headers: Headers, file: str) -> None:
        """A status, headers and a file."""

    def response_file_range(self, status: int, headers: Headers, file: str, start: int, end: int) -> None:
        """A status, headers and the bytes of a file from `start` to before `end`."""


def status_of(reason: Reason) -> int:
    """The HTTP status of a refusal; never 200."""
    return _STATUS.get(reason, _UNREADABLE_STATUS)


def accepted_verdict(identifier: str, token: str | None = None) -> dict[str, object]:
    """What is said of a row that is durable."""
    verdict: dict[str, object] = {"verdict": "accepted", "id": identifier}
    return verdict | {"token": token} if token else verdict


def refused_verdict(refused: Refused) -> dict[str, object]:
    """What is said of a row that is not: why, where, in words, and what to do."""
    words = _WORDS.get(refused) or REASONS[refused.reason]
    verdict: dict[str, object] = {"verdict": "refused", "reason": refused.reason.value}
    if refused.field:
        verdict["field"] = refused.field
    return verdict | {"sentence": words.sentence, "mend": words.mend}


def answer(proto: Answering, status: int, content: object, *extra: tuple[str, str]) -> None:
    """Answers with JSON that nobody may keep."""
    proto.response_bytes(status, [JSON, NO_STORE, *extra], _encoder.encode(content))


def answer_refusal(
    proto: Answering, refused: Refused, status: int | None = None, *also: tuple[str, str]
) -> None:
    """Answers a request that was refused as a whole."""
    extra: Headers = [*also]
    status = status or status_of(refused.reason)
    if status in (429, 503):
        extra.append(("retry-after", str(RETRY_AFTER_S)))
    if status == 401:
        extra.append(("www-authenticate", 'Bearer realm="utfall"'))
    answer(proto, status, refused_verdict(refused), *extra)
