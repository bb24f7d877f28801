"""Bonuses: what a program grants without an order, and takes back with a clawback."""

from utfall.engine.batch import Entry
from utfall.engine.draft import Draft
from utfall.engine.facts import Fact
from utfall.engine.money.desk import Sides, currency_problem, decided, post
from utfall.engine.money.documents import MoneyBody, MoneySide
from utfall.engine.posting import OPERATOR
from utfall.engine.pricing import fee_of
from utfall.engine.state import Accrual, Released
from utfall.engine.validity import DAY_MS
from utfall.events import Bonus, BonusReason, Reason
from utfall.events.limits import AMOUNT_MICROS
from utfall.terms import ProgramTerms


def settle_bonus(draft: Draft, event: Bonus) -> None:
    """A bonus was granted, or one clawed back."""
    body = MoneyBody(event=event.id, kind="bonus", occurred_at=event.occurred_at)
    body.program, body.publisher, body.currency = event.program, event.publisher, event.currency
    body.because, body.words = event.reason.value, event.words
    program = draft.terms.programs.get(event.program)
    if program is not None:
        body.advertiser = program.advertiser
    decided(draft, event, _grant, body=body)
    _tell(draft, event, body)


def _grant(draft: Draft, event: Bonus, body: MoneyBody) -> Reason | Sides:
    version = _terms(draft, event)
    if isinstance(version, Reason):
        return version
    fee = fee_of(event.amount_micros, version.fee_ppm)
    taken = event.reason is BonusReason.CLAWBACK
    number = post(
        draft,
        event,
        event.currency,
        Entry(
            "advertiser", draft.terms.programs[event.program].advertiser, "owed", event.amount_micros + fee
        ),
        Entry("publisher", event.publisher, "payable" if taken else "approved", -event.amount_micros),
        Entry("operator", OPERATOR, "fee", -fee),
        kind="clawback" if taken else "bonus",
        program=event.program,
        publisher=event.publisher,
    )
    assert number is not None, "a bonus moves something"
    body.transaction, body.terms_version = number, version.version
    body.status = "payable" if taken else "approved"
    _accrue(draft, event, number, version, taken=taken)
    cost = event.amount_micros + fee
    return (
        MoneySide(commission_micros=event.amount_micros, cost_micros=cost, fee_micros=fee),
        MoneySide(commission_micros=event.amount_micros),
    )


def _terms(draft: Draft, event: Bonus) -> ProgramTerms | Reason:
    """The program's terms then, or why it can grant nothing to the publisher."""
    program = draft.terms.programs.get(event.program)
    if program is None:
        return Reason.UNKNOWN_PROGRAM
    if event.publisher not in draft.terms.publishers:
        return Reason.UNKNOWN_PUBLISHER
    if reason := currency_problem(event.currency):
        return reason
    if event.currency != program.currency:
        return Reason.CURRENCY_MISMATCH
    sign = -1 if event.reason is BonusReason.CLAWBACK else 1
    if not 0 < sign * event.amount_micros <= AMOUNT_MICROS:
        return Reason.INVALID_FIELD
    version = program.terms_at(event.occurred_at)
    if draft.terms.enrolment_at(event.program, event.publisher, event.occurred_at) is None or version is None:
        return Reason.NOT_ENROLLED
    return version


def _accrue(draft: Draft, event: Bonus, number: int, version: ProgramTerms, *, taken: bool) -> None:
    """A commission with its hold; a clawback is never held."""
    accrual = Accrual(
        transaction=number,
        program=event.program,
        publisher=event.publisher,
        currency=event.currency,
        commission_micros=event.amount_micros,
        payable_at=event.occurred_at + (0 if taken else version.hold_days * DAY_MS),
        source="bonus",
    )
    if taken:
        draft.released.append(accrual)
        draft.payable.append(Released("bonus", number, number))
    else:
        draft.accruals.append(accrual)


def _tell(draft: Draft, event: Bonus, body: MoneyBody) -> None:
    """A bonus costs and earns, so the lake is told."""
    refused = body.reason is not None
    program = draft.terms.programs.get(event.program)
    version = program.terms_at(event.occurred_at) if program is not None else None
    fee = 0 if refused or version is None else fee_of(event.amount_micros, version.fee_ppm)
    amount = 0 if refused else event.amount_micros
    enrolment = draft.terms.enrolment_at(event.program, event.publisher, event.occurred_at)
    draft.facts.append(
        Fact(
            event=event.id,
            kind="bonus",
            occurred_at=event.occurred_at,
            received_at=event.received_at,
            decided_at=draft.now,
            source=event.source.value,
            transaction=body.transaction,
            advertiser=program.advertiser if program is not None else None,
            program=event.program,
            publisher=event.publisher,
            group=enrolment.group if enrolment is not None else None,
            status="refused" if refused else str(body.status),
            reason=body.reason,
            currency=event.currency,
            cost_micros=amount + fee,
            fee_micros=fee,
            commission_approved_micros=amount,
        )
    )
