"""What the API's requests and answers about endpoints and deliveries are made of."""

from datetime import timedelta
from typing import Literal

from utfall.portal.changes.contracts import Kind as Change
from utfall.portal.rest.facade import Field, Moment, Number, Paging, Schema, Strict
from utfall.portal.webhooks.contracts import EndpointDraft, Form, Standing, State


class EndpointSent(Strict):
    """An endpoint as it is to be."""

    form: Form = Form.WEBHOOK
    url: str = Field(max_length=2000, description="https; a postback's has macros in curly brackets.")
    description: str = Field("", max_length=120)
    kinds: list[Change] = Field([], max_length=len(Change), description="No kind at all means every kind.")
    method: Literal["GET", "POST"] = "POST"
    program: Number | None = Field(None, description="Only changes of this program.")
    at_once: int = Field(1, ge=1, le=10, description="Calls under way at once; one keeps the order.")

    def draft(self) -> EndpointDraft:
        """What was sent."""
        return EndpointDraft(
            form=self.form,
            url=self.url,
            description=self.description,
            kinds=tuple(kind.value for kind in self.kinds),
            method=self.method,
            program=self.program,
            at_once=self.at_once,
        )


class EndpointMade(EndpointSent):
    """A new endpoint."""

    advertiser: Number | None = Field(None, description="An agency says for which of its advertisers.")


class EndpointAnswer(Schema):
    """An endpoint and how it fares. The counts are of the days that the log is kept."""

    id: int
    form: Form
    advertiser: int | None
    publisher: int | None
    url: str
    description: str
    kinds: list[str]
    method: str
    program: int | None
    at_once: int
    state: Standing
    reason: str = Field(description="by_hand, failures, gone or queue_full, where it is not called.")
    failures: int = Field(description="Tries that failed since the last that did not.")
    rests_until: Moment | None
    created_at: Moment
    created_by: str
    secret_hint: str
    old_secret_until: Moment | None
    missed: bool = Field(description="Whether changes wait in the feed for it to be resumed.")
    delivered: int
    waiting: int
    dead: int


class SecretAnswer(Schema):
    """An endpoint with its secret: the only answer that has it."""

    endpoint: EndpointAnswer
    secret: str


class RotationSent(Strict):
    """How long the old secret goes on."""

    overlap_seconds: int = Field(86_400, ge=0, le=30 * 86_400)

    def overlap(self) -> timedelta:
        """As a length of time."""
        return timedelta(seconds=self.overlap_seconds)


class ReplaySent(Strict):
    """From where to send again: after a cursor of the change feed, or what was made in a span of time."""

    cursor: int | None = Field(None, ge=0, le=2**63 - 1)
    since: Moment | None = None
    until: Moment | None = None


class ReplayAnswer(Schema):
    """How much is sent again, or looked at."""

    number: int


class SendingsWanted(Paging):
    """Which deliveries are wanted."""

    endpoint: Number | None = None
    state: State | None = None
    kind: str = Field("", max_length=60)


class AttemptAnswer(Schema):
    """One try: what was sent and what came back, the first 8 kB of it."""

    id: int
    at: Moment
    duration_ms: int
    address: str = Field(description="The address that was connected to.")
    status: int | None
    error: str = Field(description="status, unresolved, private, refused, timeout, tls, broken, ...")
    detail: str
    request_headers: dict[str, str]
    answer_headers: dict[str, str]
    answer_body: str


class SendingAnswer(Schema):
    """A delivery and how it fares."""

    id: int
    endpoint: int
    message: str = Field(description="The id that the receiver gets, the same at every try.")
    change: int | None = Field(description="The change's cursor; null for a test.")
    kind: str
    subject: str
    state: State
    method: str
    url: str
    body: str
    tries: int
    tries_most: int
    next_try: Moment | None
    status: int | None
    error: str
    duration_ms: int | None
    created_at: Moment
    delivered_at: Moment | None


class SendingWhole(SendingAnswer):
    """A delivery with its tries, newest first."""

    attempts: list[AttemptAnswer]


class PreviewSent(Strict):
    """A postback's address, as it is to be saved."""

    url: str = Field(max_length=2000)
    program: Number | None = None


class PreviewAnswer(Schema):
    """The address with an example in it."""

    url: str
    kind: str
    is_real: bool = Field(description="Whether the example is your newest conversion.")
    values: dict[str, str]


class MacroAnswer(Schema):
    """A macro of postbacks."""

    name: str
    meaning: str
    example: str
