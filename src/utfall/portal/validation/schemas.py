"""What the API takes and answers about decisions."""

from typing import Any

from utfall.engine import OrderStatus
from utfall.events import Action, DeclineReason
from utfall.portal.rest.facade import Field, Micros, Moment, Number, Paging, Schema, Strict
from utfall.portal.validation.contracts import Asked, AskedLine, Due, RowState, State, Way


class LineSent(Strict):
    """One line of an order."""

    line: int = Field(ge=1, le=200, description="Its place in the order, from 1.")
    amount_micros: Micros | None = Field(None, description="Left out: the whole line (refunds only).")


class DecisionSent(Strict):
    """One decision about one order."""

    id: Number | None = Field(None, description="Our number of the order; or give `order`.")
    order: str = Field("", max_length=50, description="Your reference of the order.")
    order_date: str = Field(
        "",
        max_length=40,
        description="The day it was placed, `2026-01-31` by the program's clock; tells orders apart.",
    )
    date: str = Field("", max_length=10, description="The same; `order_date` goes before.")
    outcome: str = Field("", max_length=10, description="Where a sale and a lead have the same reference.")
    action: Action
    reason: DeclineReason | None = Field(None, description="Needed to decline and to refund.")
    evidence: str = Field("", max_length=500, description="What happened; the partner reads it.")
    amount_micros: Micros | None = Field(
        None, description="Amend: what the order comes to now. Refund: what is taken back."
    )
    currency: str = Field("", max_length=3, description="Checked against the order's, where given.")
    lines: list[LineSent] = Field([], max_length=200)
    despite_hold: str = Field(
        "", max_length=500, description="Why an order is approved though it is held; recorded."
    )

    def asked(self) -> Asked:
        """As the facade takes it."""
        return Asked(
            order=self.id,
            reference=self.order,
            day=self.order_date or self.date,
            outcome=self.outcome,
            action=self.action.value,
            reason=self.reason.value if self.reason else "",
            evidence=self.evidence,
            currency=self.currency,
            amount=self.amount_micros,
            lines=tuple(AskedLine(line=one.line, amount=one.amount_micros) for one in self.lines),
            despite_hold=self.despite_hold,
        )


class DecisionsSent(Strict):
    """Decisions that are made together."""

    rows: list[DecisionSent] = Field(min_length=1, max_length=1000)
    advertiser: Number | None = Field(None, description="Whose orders; needed where you act for several.")
    apply: bool = Field(True, description="False: only judge; nothing is written until it is applied.")
    name: str = Field("", max_length=200)


class MatchingSent(Strict):
    """The same decision for every order that fits a filter."""

    filter: str = Field(
        max_length=1000,
        description="As the list of conversions has it in its address: `status=pending&program=7`.",
    )
    action: Action
    reason: DeclineReason | None = Field(None, description="Needed to decline and to refund.")
    evidence: str = Field("", max_length=500)
    despite_hold: str = Field(
        "", max_length=500, description="Why held orders are approved, too; left out: they are refused."
    )
    advertiser: Number | None = None
    apply: bool = Field(False, description="True: write the good rows without another call.")


class RowsWanted(Strict):
    """Which rows are wanted."""

    state: RowState | None = None
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class FileWanted(Strict):
    """What to do with a file."""

    advertiser: Number | None = None
    apply: bool = Field(False, description="True: write the good rows without another call.")


class DecisionRow(Schema):
    """One decision and what became of it."""

    number: int = Field(description="The row's place, from 1.")
    order: int | None
    reference: str
    action: str
    reason: str
    state: RowState
    code: str = Field(description="Why it was refused, before writing or at settlement; empty where not.")
    field: str
    sentence: str
    mend: str
    event: str = Field(description="The event in the journal; empty while nothing is written.")
    receipt: int | None = Field(description="The receipt that decided it.")
    currency: str
    amount_micros: int | None
    commission_micros: int | None


class EffectAnswer(Schema):
    """What the good rows of one kind come to."""

    action: Action
    currency: str
    orders: int
    amount_micros: int
    commission_micros: int


class BatchAnswer(Schema):
    """Decisions that were made together."""

    id: int
    advertiser: int
    way: Way
    name: str
    actor: str
    state: State
    rows: int
    good: int
    refused: int
    waiting: int = Field(description="Rows that are written and not settled yet.")
    states: dict[str, int]
    codes: dict[str, int] = Field(description="Why rows were refused.")
    effects: list[EffectAnswer]
    trouble: str
    work: int | None = Field(description="The background work that moves it, where one does.")
    created_at: Moment
    applied_at: Moment | None


class JudgedAnswer(BatchAnswer):
    """A batch with the verdict of each row."""

    verdicts: list[DecisionRow]


class WaitingWanted(Paging):
    """Which of what waits is wanted."""

    due: Due | None = Field(None, description="When silence approves; left out: whenever it does.")


class WaitingSum(Schema):
    """What waits in one currency; the amounts of orders are the advertiser's to see."""

    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    fee_micros: int | None


class BucketAnswer(Schema):
    """What silence approves in a span of days, half-open, by your clock."""

    due: Due
    due_from: Moment | None
    due_until: Moment | None
    orders: int
    is_more: bool = Field(description="There is too much to add up at once.")
    sums: list[WaitingSum]


class WaitingShare(Schema):
    """What waits of one partner, or of one program."""

    id: int
    name: str
    currency: str
    orders: int
    amount_micros: int | None
    commission_micros: int
    soonest: Moment | None = Field(description="When silence approves the first of them.")


class RunningAnswer(Schema):
    """A batch on its way."""

    batch: int
    state: State
    done: int
    total: int


class WorkbenchAnswer(Schema):
    """What waits, by deadline and by partner, and what is running."""

    buckets: list[BucketAnswer]
    partners: list[WaitingShare]
    running: list[RunningAnswer]
    soonest: Moment | None = Field(description="When silence approves the next order.")


class StandingLine(Schema):
    """A line of an order."""

    line: int
    sku: str
    category: str
    quantity: int
    amount_micros: int
    refunded_micros: int
    commission_micros: int


class HoldAnswer(Schema):
    """That an order is held, for what, by whom and why."""

    subject: str = Field(description="What it is held for: `finding:7`.")
    name: str
    sentence: str
    actor: str
    at: Moment
    why: str


class StandingAnswer(Schema):
    """Where an order stands, and what can be decided now."""

    order: int
    advertiser: int
    program: int | None
    reference: str
    outcome: str
    status: OrderStatus
    currency: str
    amount_micros: int
    commission_micros: int
    fee_micros: int
    approve_at: Moment | None
    payable_at: Moment | None
    locks_at: Moment | None = Field(description="From then nothing but a refund changes it.")
    is_locked: bool
    lines: list[StandingLine]
    actions: list[Action]
    hold: HoldAnswer | None = Field(description="While it is held, approving it needs `despite_hold`.")
    evidence_for: list[DeclineReason] = Field(description="Reasons that need evidence.")
    reverse: Action | None = Field(description="The decision that takes back the last one.")


class PolicySent(Strict):
    """For which reasons evidence is asked for."""

    reasons: list[DeclineReason] = Field(max_length=len(DeclineReason))


class PolicyAnswer(Schema):
    """For which reasons a program asks for evidence."""

    program: int
    reasons: list[DeclineReason]
    is_own: bool = Field(description="False: the usual ones.")


def sorted_reasons(reasons: Any) -> list[DeclineReason]:
    """In the order in which they are listed everywhere."""
    return [one for one in DeclineReason if one in reasons]
