"""Claims by API: everything that the pages do, for both sides."""

from base64 import b64encode
from dataclasses import asdict, fields
from datetime import date
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _
from ninja import File, Form, Status
from ninja.files import UploadedFile

from utfall.portal.access import Permission
from utfall.portal.claims import facade
from utfall.portal.claims.chapter import BUYING, SELLING
from utfall.portal.claims.contracts import (
    Award,
    ClaimView,
    ClockView,
    Denial,
    Draft,
    Finding,
    MessageView,
    State,
    Upload,
)
from utfall.portal.claims.words import FINDINGS
from utfall.portal.rest.facade import (
    ApiRequest,
    Endpoints,
    Field,
    Listed,
    Micros,
    Moment,
    Number,
    Query,
    Schema,
    Strict,
    listed,
)

endpoints = Endpoints("claims", _("Claims"))
Proofs = Annotated[
    list[UploadedFile], File(description="Pictures or PDF files, at most 5 of 5 MB each.", max_length=5)
]


class ClaimsWanted(Strict):
    """Which claims are wanted."""

    state: State | None = None
    program: Number | None = None
    reference: str = Field("", max_length=50, description="The beginning of the order's reference.")
    due_until: Moment | None = Field(None, description="Whose clock ends before this moment.")
    after: int | None = Field(None, ge=0, le=2**63 - 1, description="The cursor `following`.")
    limit: int = Field(50, ge=1, le=200)


class ClaimSent(Strict):
    """An order that you miss."""

    program: Number
    reference: str = Field(min_length=1, max_length=50)
    placed_on: date
    amount_micros: Micros = Field(description="What the order came to, without VAT and shipping.")
    currency: str = Field("", max_length=3, description="Left out: the program's.")
    note: str = Field("", max_length=4000)


class TextSent(Strict):
    """What you say."""

    text: str = Field("", max_length=4000)


class WordsSent(Strict):
    """A word to the publisher."""

    words: str = Field("", max_length=2000)


class DenialSent(WordsSent):
    """Why it is denied."""

    reason: Denial


class ClockSent(Strict):
    """How long the program takes at most."""

    days: int = Field(ge=7, le=90)


class AnswerShown(Schema):
    """What the receipts say."""

    finding: Finding
    sentence: str
    click_at: Moment | None = Field(description="When the publisher's own click was.")
    rule: str = Field(description="Why it did not count, or win.")
    reason: str
    remarks: list[str]
    is_open: bool = Field(description="Whether silence approves.")


class ClaimAnswer(Schema):
    """A claim, as your side may read it."""

    id: int
    advertiser: int
    program: int
    publisher: int
    reference: str
    placed_on: date
    amount_micros: int
    currency: str
    note: str
    answer: AnswerShown
    order: int | None = Field(description="Our number of the order, for the advertiser.")
    state: State
    denial: str
    words: str
    award: Award
    award_reference: str
    award_reason: str
    receipt: int | None
    commission_micros: int | None
    filed_at: Moment
    due_at: Moment
    asked_at: Moment | None
    decided_at: Moment | None


class ProofAnswer(Schema):
    """A file that was sent."""

    id: int
    name: str
    kind: str
    bytes: int


class MessageAnswer(Schema):
    """What was said."""

    id: int
    side: str
    text: str
    at: Moment
    proofs: list[ProofAnswer]


class ProofContent(Schema):
    """A file with its content."""

    name: str
    content: str = Field(description="Base64.")


class ClockAnswer(Schema):
    """How long a program takes at most, and how it has done."""

    program: int
    days: int
    decided: int = Field(description="Claims decided in half a year.")
    approved: int
    median_hours: int | None


@endpoints.get("/claims", answers=Listed[ClaimAnswer], summary="Claims")
def claims(request: ApiRequest, wanted: Query[ClaimsWanted]) -> dict[str, Any]:
    """Yours, or those about your programs; newest first."""
    found = facade.claims(
        request.caller,
        states=[wanted.state] if wanted.state else [],
        program=wanted.program,
        search=wanted.reference,
        due_until=wanted.due_until,
        after=wanted.after,
        limit=wanted.limit,
    )
    return listed(found, _shown)


@endpoints.post(
    "/claims",
    needs=Permission.MANAGE,
    kinds=SELLING,
    answers=ClaimAnswer,
    status=201,
    summary="File a claim",
)
def file(request: ApiRequest, sent: ClaimSent) -> Any:
    """Answered at once from the receipts; send proof with a message."""
    number = facade.file(request.caller, Draft(**sent.dict()))
    return Status(201, _shown(facade.claim(request.caller, number)))


@endpoints.get("/claims/{int:claim}", answers=ClaimAnswer, summary="One claim")
def claim(request: ApiRequest, claim: int) -> dict[str, Any]:
    """Where it stands."""
    return _shown(facade.claim(request.caller, claim))


@endpoints.get(
    "/claims/{int:claim}/messages", answers=list[MessageAnswer], summary="The conversation about a claim"
)
def messages(request: ApiRequest, claim: int) -> list[MessageView]:
    """Oldest first, with the files that were sent."""
    return facade.messages(request.caller, claim)


@endpoints.post(
    "/claims/{int:claim}/messages",
    needs=Permission.MANAGE,
    kinds=SELLING,
    answers=ClaimAnswer,
    summary="Add to a claim",
)
def reply(
    request: ApiRequest,
    claim: int,
    sent: Form[TextSent],
    files: Proofs = [],  # noqa: B006  # the default of a multipart field, which nobody changes
) -> dict[str, Any]:
    """Answer a question, or send proof."""
    uploads = [Upload(one.name or "", one.file) for one in files]  # type: ignore[arg-type]
    facade.reply(request.caller, claim, sent.text, uploads)
    return _shown(facade.claim(request.caller, claim))


@endpoints.get("/claims/{int:claim}/proofs/{int:proof}", answers=ProofContent, summary="A file of a claim")
def proof(request: ApiRequest, claim: int, proof: int) -> dict[str, Any]:
    """Its name and content."""
    name, content = facade.proof(request.caller, claim, proof)
    return {"name": name, "content": b64encode(content).decode()}


@endpoints.post(
    "/claims/{int:claim}/withdraw",
    needs=Permission.MANAGE,
    kinds=SELLING,
    answers=ClaimAnswer,
    summary="Withdraw a claim",
)
def withdraw(request: ApiRequest, claim: int) -> dict[str, Any]:
    """It can be filed anew."""
    facade.withdraw(request.caller, claim)
    return _shown(facade.claim(request.caller, claim))


@endpoints.post(
    "/claims/{int:claim}/ask",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=ClaimAnswer,
    summary="Ask the publisher for more",
)
def ask(request: ApiRequest, claim: int, sent: TextSent) -> dict[str, Any]:
    """The clock stops until it answers, for at most 30 days."""
    facade.ask(request.caller, claim, sent.text)
    return _shown(facade.claim(request.caller, claim))


@endpoints.post(
    "/claims/{int:claim}/approve",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=ClaimAnswer,
    summary="Approve a claim",
)
def approve(request: ApiRequest, claim: int, sent: WordsSent) -> dict[str, Any]:
    """The award is written and settled within a moment; look at `award`."""
    facade.approve(request.caller, claim, sent.words)
    return _shown(facade.claim(request.caller, claim))


@endpoints.post(
    "/claims/{int:claim}/deny",
    needs=Permission.MONEY,
    kinds=BUYING,
    answers=ClaimAnswer,
    summary="Deny a claim",
)
def deny(request: ApiRequest, claim: int, sent: DenialSent) -> dict[str, Any]:
    """With a reason that its publisher reads."""
    facade.deny(request.caller, claim, sent.reason, sent.words)
    return _shown(facade.claim(request.caller, claim))


@endpoints.get("/programs/{int:program}/claims", answers=ClockAnswer, summary="How a program decides claims")
def clock(request: ApiRequest, program: int) -> dict[str, Any]:
    """How long it takes at most, and how it has done."""
    return _clock(facade.clock(request.caller, program))


@endpoints.put(
    "/programs/{int:program}/claims",
    needs=Permission.MANAGE,
    kinds=BUYING,
    answers=ClockAnswer,
    summary="Set the clock of claims",
)
def set_clock(request: ApiRequest, program: int, sent: ClockSent) -> dict[str, Any]:
    """It holds for claims that are filed from now on."""
    return _clock(facade.set_clock(request.caller, program, sent.days))


def _shown(view: ClaimView) -> dict[str, Any]:
    told = {one.name: getattr(view, one.name) for one in fields(view)}
    answer = asdict(view.answer) | {"sentence": str(FINDINGS[view.answer.finding])}
    return told | {"answer": answer}


def _clock(view: ClockView) -> dict[str, Any]:
    record = facade.records([view.program]).get(view.program)
    return {
        "program": view.program,
        "days": view.days,
        "decided": record.decided if record else 0,
        "approved": record.approved if record else 0,
        "median_hours": record.median_hours if record else None,
    }
