"""What quality says and takes by API."""

from utfall.engine import OrderStatus
from utfall.events import DeclineReason
from utfall.events.limits import EVIDENCE_CHARS
from utfall.portal.quality.contracts import Ends, Handling, State
from utfall.portal.rest.facade import Field, Moment, Number, Schema, Strict
from utfall.science.quality import Detector


class FindingsWanted(Strict):
    """Which findings are wanted."""

    state: State | None = Field(None, description="Left out: every state.")
    program: Number | None = None
    publisher: Number | None = None
    detector: Detector | None = None
    after: int | None = Field(None, ge=0, le=10**9, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class PartWanted(Strict):
    """A part of a list."""

    after: int | None = Field(None, ge=0, le=10**9, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class OrdersSent(Strict):
    """Which of the blamed orders."""

    orders: list[Number] | None = Field(
        None, max_length=1000, description="Our numbers of them; left out: all that are undecided."
    )


class HoldSent(OrdersSent):
    """Orders to hold, and what happens the day before silence would approve them."""

    ends: Ends = Ends.NOTHING
    reason: DeclineReason | None = Field(None, description="Needed where they are to be declined.")
    evidence: str = Field("", max_length=EVIDENCE_CHARS, description="The publisher reads it when declined.")
    why: str = Field("", max_length=500, description="For your own side.")


class ReleaseSent(OrdersSent):
    """Orders that are fine."""

    why: str = Field("", max_length=500)


class DeclineSent(OrdersSent):
    """Orders to decline, for a reason that the publisher reads."""

    reason: DeclineReason
    evidence: str = Field(min_length=1, max_length=EVIDENCE_CHARS)


class DismissalSent(Strict):
    """Why a finding is none."""

    why: str = Field(min_length=1, max_length=500)


class FindingAnswer(Schema):
    """Something doubtful. `stake_micros`: still to be paid and not decided about."""

    id: int
    advertiser: int
    program: int
    program_name: str
    publisher: int
    publisher_name: str
    detector: Detector
    sentence: str
    code: str
    since: Moment
    until: Moment
    state: State
    orders: int
    clicks: int
    stake_micros: int
    currency: str
    chance: float | None = Field(description="How likely by chance alone.")
    found_at: Moment
    seen_at: Moment
    why: str
    decided_at: Moment | None
    held: int
    released: int
    declined: int


class HandledAnswer(Schema):
    """What was decided about a blamed order."""

    order: int
    finding: int
    state: Handling
    ends: Ends
    deadline: Moment | None = Field(description="When silence approves it.")
    reason: str
    why: str
    at: Moment
    batch: int | None = Field(description="The batch of decisions that declined it.")


class BlamedAnswer(Schema):
    """An order that a finding blames."""

    number: int
    reference: str
    placed_at: Moment
    sentence: str
    honest: float | None = Field(description="The chance that it is honest after all, where that is known.")
    is_theirs: bool = Field(description="Whether the blamed publisher would be paid for it.")
    owed_micros: int
    currency: str
    status: OrderStatus | None
    handled: HandledAnswer | None


class ResultAnswer(Schema):
    """What came of a decision about several orders."""

    done: int
    left: dict[str, int] = Field(description="By reason code, how many were left as they are.")
    batch: int | None


class SpreadAnswer(Schema):
    """Quartiles among a program's publishers, in parts per million, without names."""

    lower_ppm: int
    median_ppm: int
    upper_ppm: int
    publishers: int


class RefusalAnswer(Schema):
    """Clicks that did not count, for one reason."""

    reason: str
    clicks: int


class ProfileAnswer(Schema):
    """How a publisher's traffic in a program looks; a share is null where there is too little."""

    program: int
    program_name: str
    publisher: int
    publisher_name: str
    clicks: int
    orders: int
    approved: int
    declined: int
    approval_ppm: int | None
    conversion_ppm: int | None
    median_seconds: int | None
    delays: list[int] = Field(description="Orders by how long they took; the steps are `delay_steps`.")
    spreads: dict[str, SpreadAnswer]
    refused: list[RefusalAnswer]
    at: Moment


class LookAnswer(Schema):
    """The last look at a program."""

    program: int
    program_name: str
    at: Moment
    since: Moment
    orders: int
    clicks: int
    left_out: str
    delays: list[int]
    delay_steps: list[int] = Field(description="Seconds at which the steps of `delays` end.")
    spreads: dict[str, SpreadAnswer]
