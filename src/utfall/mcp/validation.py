"""Validation: deciding about orders. Dry runs are the portal's own judging, row by row, which writes
nothing."""

import time
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, Literal
from urllib.parse import urlencode

from msgspec import UNSET, Meta, Struct

from utfall.client import NotFound
from utfall.client.models import (
    DecidedLineSent,
    DecisionAction,
    DecisionSent,
    DecisionsSent,
    DeclineReason,
    MatchingDecisionSent,
)
from utfall.mcp.desk import BUYING, WATCHING_BUYERS, Desk
from utfall.mcp.plain import Plain, amount, listed, micros_of, plain
from utfall.mcp.refusals import Declined
from utfall.mcp.rehearsals import Plan
from utfall.mcp.tools import After, Amount, AnyProgram, AnyPublisher, Few, Id, Moment, Order, Tools

tools = Tools()

Action = Literal["approve", "decline", "amend", "refund"]
Reason = Literal[
    "cancelled",
    "returned",
    "credit_check",
    "breach_of_terms",
    "duplicate",
    "out_of_stock",
    "fraud",
    "test",
    "other",
]
NeededReason = Annotated[Reason | None, Meta(description="Needed to decline and to refund.")]
Evidence = Annotated[str, Meta(max_length=500, description="What happened; the partner reads it.")]
DespiteHold = Annotated[
    str,
    Meta(
        max_length=500,
        description="Why a held order is approved all the same, as the person you work for said it.",
    ),
]
Batch = Annotated[Id, Meta(description="The number of a batch of decisions.")]
LOOKED_AT_AGAIN: Final = 20
JUDGING_SECONDS: Final = 20.0
SHOWN: Final = 20


class LineDecision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of an order."""

    line: Annotated[int, Meta(ge=1, description="Its place in the order, from 1.")]
    amount: Annotated[Amount | None, Meta(description="Left out: the whole line (refunds only).")] = None


class Decision(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One decision about one order."""

    order: Order
    action: Action
    reason: NeededReason = None
    evidence: Evidence = ""
    amount: Annotated[
        Amount | None, Meta(description="amend: what the order comes to now; refund: what is taken back.")
    ] = None
    currency: Annotated[str | None, Meta(description="Needed with an amount.")] = None
    lines: Annotated[
        Sequence[LineDecision], Meta(max_length=100, description="Amend or refund single lines.")
    ] = ()
    despite_hold: DespiteHold = ""


@tools.reads("What can be decided about an order", kinds=WATCHING_BUYERS)
def decidable(desk: Desk, *, order: Order) -> Plain:
    """Where an order stands line by line, which decisions are open now, for which reasons evidence is asked
    for, and the day on which silence approves it."""
    told: Plain = plain(desk.client.validation.standing(order))
    return told


@tools.reads("Batches of decisions", kinds=WATCHING_BUYERS)
def decision_batches(desk: Desk, *, limit: Few = 20, after: After = None) -> Plain:
    """Who decided what and when, newest first, with what it came to."""
    return listed(desk.client.validation.batches(limit=limit, after=after))


@tools.reads("A batch of decisions and its rows", kinds=WATCHING_BUYERS)
def decision_batch(desk: Desk, *, batch: Batch, limit: Few = 20, after: After = None) -> Plain:
    """How far a batch is, and the verdict of each row: refused before writing, waiting, accepted, or
    overruled by settlement, with reason, sentence and receipt."""
    rows = listed(desk.client.validation.rows(batch, limit=limit, after=after))
    return {"batch": plain(desk.client.validation.batch(batch)), "rows": rows}


@tools.writes(
    "Approve, decline, amend or refund orders", operation="validation_apply", needs="money", kinds=BUYING
)
def decide_conversions(
    desk: Desk,
    *,
    decisions: Annotated[Sequence[Decision], Meta(min_length=1, max_length=200)],
    advertiser: Annotated[Id | None, Meta(description="For agencies and operators: whose orders.")] = None,
) -> Plan:
    """Decide about orders. The dry run is the portal's own judging: every row has a verdict, and the good
    ones a sum by kind of decision. Only the good rows are written. A decline is final; an approval is
    undone only by a refund. Publishers read reason and evidence. What a quality finding holds is approved
    only with `despite_hold`, which is recorded."""
    sent = DecisionsSent(
        rows=[_sent(one) for one in decisions],
        advertiser=UNSET if advertiser is None else advertiser,
        apply=False,
        name="by an assistant",
    )
    look = _receipts_of(desk, sorted({one.order for one in decisions}))
    seen = look()
    judged = desk.client.validation.decide(sent)
    return _plan(desk, judged, judged.verdicts, seen, look)


@tools.writes(
    "Decide about all orders that fit a filter", operation="validation_apply", needs="money", kinds=BUYING
)
def decide_matching(
    desk: Desk,
    *,
    action: Literal["approve", "decline"],
    status: Literal["pending", "unpaid"] = "pending",
    program: AnyProgram = None,
    publisher: AnyPublisher = None,
    since: Moment = None,
    until: Moment = None,
    code: Annotated[str | None, Meta(description="Only with this promo code.")] = None,
    reason: NeededReason = None,
    evidence: Evidence = "",
    despite_hold: DespiteHold = "",
    advertiser: Annotated[Id | None, Meta(description="For agencies and operators: whose orders.")] = None,
) -> Plan:
    """The same decision for every order that fits, at most 40,000. The dry run judges all of them and says
    what they come to; see the rows with decision_batch. Where judging takes longer, apply_decisions goes
    on."""
    wanted = {
        "status": status,
        "program": program,
        "publisher": publisher,
        "since": None if since is None else since.isoformat(),
        "until": None if until is None else until.isoformat(),
        "code": code,
    }
    body = MatchingDecisionSent(
        filter=urlencode({name: value for name, value in wanted.items() if value is not None}),
        action=DecisionAction(action),
        reason=UNSET if reason is None else DeclineReason(reason),
        evidence=evidence,
        despite_hold=despite_hold,
        advertiser=UNSET if advertiser is None else advertiser,
        apply=False,
    )
    return _of_batch(desk, desk.client.validation.decide_matching(body).id)


@tools.writes("Apply decisions that were judged", operation="validation_apply", needs="money", kinds=BUYING)
def apply_decisions(desk: Desk, *, batch: Batch) -> Plan:
    """Write the good rows of a batch that was only judged: one of decide_matching, or a file that somebody
    uploaded in the portal."""
    return _of_batch(desk, batch)


def _sent(one: Decision) -> DecisionSent:
    return DecisionSent(
        id=one.order,
        action=DecisionAction(one.action),
        reason=UNSET if one.reason is None else DeclineReason(one.reason),
        evidence=one.evidence,
        despite_hold=one.despite_hold,
        amount_micros=_micros(one.amount, one),
        currency=UNSET if one.currency is None else one.currency,
        lines=[
            DecidedLineSent(line=each.line, amount_micros=_micros(each.amount, one)) for each in one.lines
        ],
    )


def _micros(text: str | None, decision: Decision) -> Any:
    if text is None:
        return UNSET
    if decision.currency is None:
        sentence = f"Order {decision.order}: an amount means nothing without its currency."
        raise Declined("currency_needed", sentence, "Say `currency`, too.", "decisions")
    return micros_of(text, decision.currency, "decisions")


def _receipts_of(desk: Desk, orders: Sequence[int]) -> Callable[[], Any]:
    """What must not move of a few orders; of more, settlement overrules what no longer fits."""

    def look() -> Any:
        return [_receipt_of(desk, one) for one in orders[:LOOKED_AT_AGAIN]]

    return look


def _receipt_of(desk: Desk, order: int) -> int | None:
    """The newest receipt about an order; an order that there is not is the judging's to tell of."""
    try:
        return desk.client.conversions.conversion(order).order.receipt
    except NotFound:
        return None


def _of_batch(desk: Desk, batch: int) -> Plan:
    """A plan to apply a batch; waits a little for its judging."""
    until = time.monotonic() + JUDGING_SECONDS
    while (found := desk.client.validation.batch(batch)).state == "reading":
        if time.monotonic() > until:
            mend = f"Call apply_decisions with batch {batch} in a while."
            raise Declined("still_judging", f"The portal is still judging batch {batch}.", mend)
        time.sleep(0.3)
    if found.state != "ready":
        mend = "Look at it with decision_batch."
        raise Declined("not_ready", f"Batch {batch} is {found.state}. {found.trouble}".rstrip(), mend)
    rows = desk.client.validation.rows(batch, limit=SHOWN).items
    return _plan(desk, found, rows, found.state, lambda: desk.client.validation.batch(batch).state)


def _plan(desk: Desk, batch: Any, rows: Sequence[Any], seen: Any, look: Callable[[], Any]) -> Plan:
    if not batch.good:
        why = "; ".join(
            f"row {one.number}: {one.code}: {one.sentence} {one.mend}".rstrip() for one in rows[:SHOWN]
        )
        desk.client.validation.discard(batch.id)
        raise Declined(
            "no_good_row", f"None of {batch.rows} rows can be done. {why}", "Mend the rows that are named."
        )
    return Plan(
        would=f"{'; '.join(map(_words, batch.effects))}.{_left_out(batch)}",
        changes={
            "batch": batch.id,
            "effects": [_effect(one) for one in batch.effects],
            "rows": [plain(one) for one in rows[:SHOWN]],
        },
        notes=_notes(batch),
        seen=seen,
        look=look,
        do=lambda key: {"batch": plain(desk.client.validation.apply(batch.id, idempotency_key=key))},
    )


def _notes(batch: Any) -> tuple[str, ...]:
    final = ("A decline is final.",) if any(one.action == "decline" for one in batch.effects) else ()
    more = (f"{batch.rows - SHOWN} further rows: decision_batch.",) if batch.rows > SHOWN else ()
    settled = ("It is settled within a moment; decision_batch then says what became of each row.",)
    return (*final, *more, *settled)


def _effect(one: Any) -> Plain:
    """What good rows of one kind come to: approved, or what is taken away."""
    value, commission = _sums(one)
    less = "" if one.action == "approve" else "_taken_away"
    return {
        "action": one.action,
        "orders": one.orders,
        f"order_value{less}": value,
        f"commission{less}": commission,
    }


def _left_out(batch: Any) -> str:
    return f" {batch.refused} of {batch.rows} rows are refused and left out." if batch.refused else ""


def _words(one: Any) -> str:
    value, commission = _sums(one)
    orders = "1 order" if one.orders == 1 else f"{one.orders} orders"
    what = {
        "approve": f"over {value}: commission of {commission} becomes certain",
        "decline": f"over {value}: commission of {commission} is lost, for good",
    }.get(one.action, f"by {value}: commission goes down by {commission}")
    return f"{str(one.action).capitalize()} {orders} {what}"


def _sums(one: Any) -> tuple[str, str]:
    return amount(one.amount_micros, one.currency), amount(one.commission_micros, one.currency)
