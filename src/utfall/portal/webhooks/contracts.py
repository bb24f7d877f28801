"""What crosses the border of the webhooks app."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class Form(StrEnum):
    """A webhook tells everything as JSON; a postback fills the gaps of an address."""

    WEBHOOK = "webhook"
    POSTBACK = "postback"


class Standing(StrEnum):
    """Whether an endpoint is called. DISABLED: it failed too often, and somebody has to look."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"


class State(StrEnum):
    """Where a delivery is. DEAD: every try failed; it is sent again when somebody asks."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


AT_ONCE_MOST: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDraft:
    """An endpoint as it is proposed. No `kinds` at all means every kind; `program` None every program."""

    form: Form = Form.WEBHOOK
    url: str
    description: str = ""
    kinds: tuple[str, ...] = ()
    method: str = "POST"
    program: int | None = None
    at_once: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointView:
    """An endpoint, without its secret. `failures`: tries that failed since the last that did not."""

    id: int
    form: Form
    advertiser: int | None
    publisher: int | None
    url: str
    description: str
    kinds: tuple[str, ...]
    method: str
    program: int | None
    at_once: int
    state: Standing
    reason: str
    failures: int
    rests_until: datetime | None
    created_at: datetime
    created_by: str
    secret_hint: str
    old_secret_until: datetime | None
    missed: bool
    delivered: int = 0
    waiting: int = 0
    dead: int = 0
    told_at: datetime | None = None

    @property
    def name(self) -> str:
        """What people call it: its description, else its host."""
        return self.description or self.url.split("/")[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSecret:
    """An endpoint with its secret, in the one answer that shows it."""

    endpoint: EndpointView
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptView:
    """One try: exactly what was sent and what came back, with secrets masked."""

    id: int
    at: datetime
    duration_ms: int
    address: str
    status: int | None
    error: str
    detail: str
    request_headers: Mapping[str, str]
    answer_headers: Mapping[str, str]
    answer_body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SendingView:
    """A delivery and how it fares. `message` is its id for the receiver, the same at every try."""

    id: int
    endpoint: int
    endpoint_name: str
    message: str
    change: int | None
    kind: str
    subject: str
    state: State
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
    attempts: tuple[AttemptView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Macro:
    """A gap in the address of a postback: its name, what fills it, and an example."""

    name: str
    meaning: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A postback with a real example in it, or with a made-up one where there is no real one yet."""

    url: str
    kind: str
    is_real: bool
    values: Mapping[str, str] = field(default_factory=dict)
