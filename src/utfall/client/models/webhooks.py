"""What the operations of webhooks answer, and words that they take."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from datetime import datetime

from msgspec import Struct

from utfall.client.words import Word


class EndpointForm(Word):
    """A webhook tells everything as JSON; a postback fills the gaps of an address."""

    WEBHOOK = "webhook"
    POSTBACK = "postback"


class EndpointStanding(Word):
    """Whether an endpoint is called. DISABLED: it failed too often, and somebody has to look."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


class SendingState(Word):
    """Where a delivery is. DEAD: every try failed; it is sent again when somebody asks."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


class EndpointAnswer(Struct, frozen=True, kw_only=True):
    """An endpoint and how it fares. The counts are of the days that the log is kept."""

    id: int
    form: EndpointForm
    advertiser: int | None
    publisher: int | None
    url: str
    description: str
    kinds: tuple[str, ...]
    method: str
    program: int | None
    at_once: int
    state: EndpointStanding
    reason: str
    """by_hand, failures, gone or queue_full, where it is not called."""
    failures: int
    """Tries that failed since the last that did not."""
    rests_until: datetime | None
    created_at: datetime
    created_by: str
    secret_hint: str
    old_secret_until: datetime | None
    missed: bool
    """Whether changes wait in the feed for it to be resumed."""
    delivered: int
    waiting: int
    dead: int


class EndpointSecretAnswer(Struct, frozen=True, kw_only=True):
    """An endpoint with its secret: the only answer that has it."""

    endpoint: EndpointAnswer
    secret: str


class SendingAnswer(Struct, frozen=True, kw_only=True):
    """A delivery and how it fares."""

    id: int
    endpoint: int
    message: str
    """The id that the receiver gets, the same at every try."""
    change: int | None
    """The change's cursor; null for a test."""
    kind: str
    subject: str
    state: SendingState
    method: str
    url: str
    body: str
    tries: int
    tries_most: int
    next_try: datetime | None
    status: int | None
    error: str
    duration_ms: int | None
    created_at: datetime
    delivered_at: datetime | None


class ListedSendingAnswer(Struct, frozen=True, kw_only=True):
    """Part of a list."""

    items: tuple[SendingAnswer, ...]
    following: int | None = None
    """The cursor to go on from, as `after`; null at the end."""


class PostbackMacroAnswer(Struct, frozen=True, kw_only=True):
    """A macro of postbacks."""

    name: str
    meaning: str
    example: str


class PostbackPreviewAnswer(Struct, frozen=True, kw_only=True):
    """The address with an example in it."""

    url: str
    kind: str
    is_real: bool
    """Whether the example is your newest conversion."""
    values: dict[str, str]


class ReplayAnswer(Struct, frozen=True, kw_only=True):
    """How much is sent again, or looked at."""

    number: int


class SendingAttemptAnswer(Struct, frozen=True, kw_only=True):
    """One try: what was sent and what came back, the first 8 kB of it."""

    id: int
    at: datetime
    duration_ms: int
    address: str
    """The address that was connected to."""
    status: int | None
    error: str
    """status, unresolved, private, refused, timeout, tls, broken, ..."""
    detail: str
    request_headers: dict[str, str]
    answer_headers: dict[str, str]
    answer_body: str


class SendingWhole(Struct, frozen=True, kw_only=True):
    """A delivery with its tries, newest first."""

    id: int
    endpoint: int
    message: str
    """The id that the receiver gets, the same at every try."""
    change: int | None
    """The change's cursor; null for a test."""
    kind: str
    subject: str
    state: SendingState
    method: str
    url: str
    body: str
    tries: int
    tries_most: int
    next_try: datetime | None
    status: int | None
    error: str
    duration_ms: int | None
    created_at: datetime
    delivered_at: datetime | None
    attempts: tuple[SendingAttemptAnswer, ...]


__all__ = [
    "EndpointAnswer",
    "EndpointForm",
    "EndpointSecretAnswer",
    "EndpointStanding",
    "ListedSendingAnswer",
    "PostbackMacroAnswer",
    "PostbackPreviewAnswer",
    "ReplayAnswer",
    "SendingAnswer",
    "SendingAttemptAnswer",
    "SendingState",
    "SendingWhole",
]
