"""What the terms would have paid for what another network paid, and when they did."""

from typing import Final

from utfall.engine import OrderState
from utfall.engine.pricing import price_order
from utfall.engine.state import LineState
from utfall.events import Outcome, Source
from utfall.terms import ProgramTerms, Snapshot, Status

DAY_MS: Final = 86_400_000


def price_of(
    terms: Snapshot | None,
    *,
    program: int,
    publisher: int,
    outcome: Outcome,
    at: int,
    now: int,
    amount_micros: int,
    currency: str,
    code: str,
) -> int | None:
    """What the terms pay for a sale; those of today where none were in force yet. None: no price."""
    known = terms.programs.get(program) if terms is not None else None
    if terms is None or known is None or known.currency != currency:
        return None
    when = at if active_at(terms, program, at) is not None else now
    if active_at(terms, program, when) is None:
        return None
    enrolment = terms.enrolment_at(program, publisher, when) or terms.enrolment_at(program, publisher, now)
    order = OrderState(
        id=0,
        advertiser=known.advertiser,
        outcome=outcome,
        order="",
        event="",
        occurred_at=when,
        received_at=when,
        source=Source.CONSOLE,
        currency=currency,
        lines=[LineState(amount_micros)],
        supplied={},
        program=program,
        publisher=publisher,
        group=enrolment.group if enrolment else None,
        code=code or None,
    )
    (line,) = price_order(order, terms)
    return line.commission_micros if line.rule is not None else None


def active_at(terms: Snapshot, program: int, at: int) -> ProgramTerms | None:
    """The version that was in force and paid, if one did."""
    known = terms.programs.get(program)
    version = known.terms_at(at) if known is not None else None
    return version if version is not None and version.status is Status.ACTIVE else None
