"""Claims for missing sales: filing one, reading what the receipts say, and answering it."""

from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from utfall.client.models import (
    ClaimDenial,
    ClaimDenialSent,
    ClaimSent,
    ClaimState,
    ClaimTextSent,
    ClaimWordsSent,
)
from utfall.mcp.desk import BUYING, SELLING, Desk
from utfall.mcp.plain import Plain, amount, listed, micros_of, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import After, Amount, AnyProgram, Few, Id, Program, Tools

tools = Tools()

Claim = Annotated[Id, Meta(description="Its number (tool claims).")]
Words = Annotated[str, Meta(max_length=1000, description="What the other side reads.")]


@tools.reads("Claims")
def claims(
    desk: Desk,
    *,
    state: Literal["open", "more_info", "approved", "auto_approved", "denied", "withdrawn"] | None = None,
    program: AnyProgram = None,
    reference: Annotated[str | None, Meta(description="The order's reference.")] = None,
    limit: Few = 20,
    after: After = None,
) -> Plain:
    """Claims for orders a publisher misses, yours or those about your programs: what the receipts say of
    each at once, the day on which silence approves, and what was decided."""
    wanted = None if state is None else ClaimState(state)
    found = desk.client.claims.claims(
        state=wanted, program=program, reference=reference, limit=limit, after=after
    )
    return listed(found)


@tools.reads("One claim")
def claim(desk: Desk, *, claim: Claim) -> Plain:
    """A claim with what the receipts say of it, and everything that both sides said."""
    messages = [plain(one) for one in desk.client.claims.messages(claim)]
    return {"claim": plain(desk.client.claims.claim(claim)), "messages": messages}


@tools.writes("File a claim", operation="claims_file", needs="manage", kinds=SELLING)
def file_claim(
    desk: Desk,
    *,
    program: Program,
    reference: Annotated[
        str, Meta(min_length=1, max_length=100, description="The order's number at the shop.")
    ],
    placed_on: Annotated[date, Meta(description="The day it was placed.")],
    order_value: Annotated[
        Amount, Meta(description="What it came to without VAT and shipping, as a decimal.")
    ],
    currency: Annotated[str | None, Meta(description="Left out: the program's.")] = None,
    note: Annotated[str, Meta(max_length=2000, description="What the advertiser should know.")] = "",
) -> Plan:
    """Claim an order that you miss. The receipts answer at once (where your click was, who won it); the
    advertiser has a clock, and silence approves. At most 30 a day. Proof can be added in the portal."""
    found = desk.client.programs.program(program)
    money = currency or found.currency
    micros = micros_of(order_value, money, "order_value")
    body = ClaimSent(
        program=program,
        reference=reference,
        placed_on=placed_on,
        amount_micros=micros,
        currency=money,
        note=note,
    )
    clock = desk.client.claims.clock(program)
    return Plan(
        would=f"Claim order {reference} of {placed_on} over {amount(micros, money)} from {found.name}.",
        changes={"claim": {"now": "none", "then": "open"}},
        notes=(f"The advertiser has {clock.days} days to answer.",),
        seen=_claimed(desk, program, reference),
        look=lambda: _claimed(desk, program, reference),
        do=lambda key: {"claim": plain(desk.client.claims.file(body, idempotency_key=key))},
    )


def _claimed(desk: Desk, program: int, reference: str) -> list[int]:
    return [one.id for one in desk.client.claims.claims(program=program, reference=reference).items]


@tools.writes("Answer a claim", operation="claims_approve", needs="money", kinds=BUYING)
def answer_claim(
    desk: Desk,
    *,
    claim: Claim,
    answer: Annotated[
        Literal["approve", "deny", "ask"],
        Meta(description="ask: stop the clock and ask the publisher for more."),
    ],
    reason: Annotated[
        Literal[
            "won_by_another",
            "order_cancelled",
            "no_such_order",
            "not_by_terms",
            "proof_insufficient",
            "already_paid",
            "other",
        ]
        | None,
        Meta(description="Needed to deny."),
    ] = None,
    words: Words = "",
) -> Plan:
    """Approve a claim (the order becomes the publisher's and is paid by the program's rules; where it is
    another's, that is goodwill and stands beside it), deny it with a reason, or ask for more. What is
    decided is final."""
    found = desk.client.claims.claim(claim)
    if (answer == "deny") != (reason is not None):
        raise Declined(
            "reason_needed", "A denial has a reason, another answer none.", "Say `reason`.", "reason"
        )
    if found.state not in {"open", "more_info"}:
        raise Declined("decided_already", f"Claim {claim} is {found.state}.", "Nothing is left to answer.")
    who = desk.publisher_name(found.publisher) or f"publisher {found.publisher}"
    worth = amount(found.amount_micros, found.currency)
    verb = {"approve": "Approve", "deny": "Deny", "ask": "Ask for more about"}[answer]
    then = {"approve": "approved", "deny": f"denied: {reason}", "ask": "more_info, the clock stops"}[answer]
    return Plan(
        would=f"{verb} claim {claim} of {who}: order {found.reference} over {worth}.",
        changes={"claim": {"now": found.state, "then": then}},
        notes=_notes(found, words),
        seen=found,
        look=lambda: desk.client.claims.claim(claim),
        do=lambda key: {"claim": plain(_answered(desk, claim, answer, reason, words, key))},
    )


def _notes(found: Any, words: str) -> tuple[str, ...]:
    said = (f"The receipts say: {found.answer.sentence}",)
    return (*said, f"The publisher reads: “{words}”") if words else said


def _answered(desk: Desk, claim: int, answer: str, reason: str | None, words: str, key: str) -> Any:
    claims = desk.client.claims
    match answer:
        case "approve":
            return claims.approve(claim, ClaimWordsSent(words=words), idempotency_key=key)
        case "ask":
            return claims.ask(claim, ClaimTextSent(text=words), idempotency_key=key)
    assert reason is not None, "a denial has a reason"
    denial = ClaimDenialSent(words=words, reason=ClaimDenial(reason))
    return claims.deny(claim, denial, idempotency_key=key)
