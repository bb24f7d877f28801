"""Whether an event may count at all: its time, its terms, its first appearance."""

from typing import NamedTuple

from utfall.engine.batch import Policy
from utfall.events import Conversion, Line, Reason, Touch
from utfall.events.limits import AMOUNT_MICROS, LINES, QUANTITY
from utfall.terms import Enrolment, Link, Program, ProgramTerms, Snapshot, Status

DAY_MS = 86_400_000


class InForce(NamedTuple):
    """The terms a touch is settled under."""

    link: Link
    program: Program
    terms: ProgramTerms
    enrolment: Enrolment


def time_problem(occurred_at: int, received_at: int, max_age_days: int, policy: Policy) -> Reason | None:
    """Why an event's time is not acceptable."""
    if occurred_at > received_at + policy.future_tolerance_ms:
        return Reason.FROM_THE_FUTURE
    if occurred_at < received_at - max_age_days * DAY_MS:
        return Reason.TOO_OLD
    return None


def terms_in_force(touch: Touch, snapshot: Snapshot) -> InForce | Reason:
    """The terms of a touch's link at its time, or why there are none."""
    at = touch.occurred_at
    link = snapshot.links.get(touch.link)
    if link is None:
        return Reason.UNKNOWN_LINK
    program = snapshot.programs[link.program]
    terms = program.terms_at(at)
    if terms is not None and terms.status is Status.PAUSED:
        return Reason.PROGRAM_PAUSED
    if terms is None or terms.status is not Status.ACTIVE:
        return Reason.PROGRAM_NOT_ACTIVE
    if not link.holds_at(at):
        return Reason.LINK_EXPIRED
    enrolment = snapshot.enrolment_at(link.program, link.publisher, at)
    if enrolment is None:
        return Reason.NOT_ENROLLED
    return InForce(link, program, terms, enrolment)


def sound(lines: tuple[Line, ...]) -> bool:
    """Whether lines can be priced. The door refuses others; what comes past it must not stop settlement."""
    quantity = 0
    for line in lines:
        quantity += (each := line.quantity)
        if each < 0 or not 0 <= line.amount_micros <= AMOUNT_MICROS:
            return False
    return quantity <= QUANTITY and len(lines) <= LINES


def conversion_problem(event: Conversion, snapshot: Snapshot, policy: Policy) -> Reason | None:
    """Why a conversion cannot be recorded at all."""
    if event.advertiser not in snapshot.advertisers:
        return Reason.UNKNOWN_ADVERTISER
    if not sound(event.lines):
        return Reason.INVALID_FIELD
    asked = snapshot.programs.get(event.program) if event.program is not None else None
    if event.program is not None and (asked is None or asked.advertiser != event.advertiser):
        return Reason.UNKNOWN_PROGRAM
    programs = [asked] if asked else snapshot.programs_of(event.advertiser)
    oldest = -1
    for one in programs:
        terms = one.terms_at(event.occurred_at)
        if terms is not None and terms.max_age_days > oldest:
            oldest = terms.max_age_days
    if oldest < 0:
        return Reason.PROGRAM_NOT_ACTIVE
    return time_problem(event.occurred_at, event.received_at, oldest, policy)
