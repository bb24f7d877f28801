"""The life of a program: which state follows which, who may say so, and what it takes."""

from typing import Final, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Forbidden, Kind, Permission, refuse
from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.changes.facade import Kind as Changed
from utfall.portal.people import facade as people
from utfall.portal.programs import checking, finding
from utfall.portal.programs.contracts import PriceKind, ProgramView, StartingPrice, State
from utfall.portal.programs.letters import send_decision
from utfall.portal.programs.models import Program
from utfall.portal.programs.policy import policy
from utfall.portal.programs.programs import gaps
from utfall.portal.programs.recording import changed, tell_partners
from utfall.portal.programs.shown import draft_of, price_of, terms_of
from utfall.portal.programs.versions import append, change_status
from utfall.portal.programs.words import STATES
from utfall.terms import Flat, PerThousand, Portion, Price


class Step(NamedTuple):
    """One way on: whether a reason is asked for, and whether the operator has the word (where programs are
    reviewed, or always).
    """

    why: bool = False
    reviewed: bool = False


TRANSITIONS: Final[dict[tuple[State, State], Step]] = {
    (State.DRAFT, State.IN_REVIEW): Step(),
    (State.DRAFT, State.ACTIVE): Step(reviewed=True),
    (State.DRAFT, State.CLOSED): Step(),
    (State.IN_REVIEW, State.DRAFT): Step(),
    (State.IN_REVIEW, State.ACTIVE): Step(reviewed=True),
    (State.ACTIVE, State.PAUSED): Step(why=True),
    (State.ACTIVE, State.CLOSED): Step(why=True),
    (State.PAUSED, State.ACTIVE): Step(),
    (State.PAUSED, State.CLOSED): Step(why=True),
}


def ways_on(caller: Caller, view: ProgramView) -> list[State]:
    """The states into which this caller may bring a program now."""
    if not caller.may(Permission.MANAGE) or caller.kind is Kind.PUBLISHER:
        return []
    return [
        after
        for (before, after), step in TRANSITIONS.items()
        if before is view.state and not _is_kept_back(caller, view.state, step, view.held_by_operator)
    ]


def needs_reason(caller: Caller, before: State, after: State) -> bool:
    """Whether one must say why."""
    returned = (before, after) == (State.IN_REVIEW, State.DRAFT) and caller.kind is Kind.OPERATOR
    return returned or TRANSITIONS.get((before, after), Step()).why


def _is_kept_back(caller: Caller, state: State, step: Step, held: bool) -> bool:
    if caller.kind is Kind.OPERATOR:
        return False
    return (step.reviewed and policy().review_needed) or (held and state is State.PAUSED and not step.why)


def submit(caller: Caller, program: int) -> ProgramView:
    """Hand a draft in: for review, or straight into life where the operator reviews none."""
    wanted = State.IN_REVIEW if policy().review_needed else State.ACTIVE
    return change_state(caller, program, wanted)


@transaction.atomic
def change_state(caller: Caller, program: int, state: State, why: str = "") -> ProgramView:
    """Bring a program into another state, from now on. Refused with what is missing."""
    caller.require(Permission.MANAGE)
    row = finding.own(caller, program)
    before = State(row.state)
    _allow(caller, row, before, state, why.strip())
    if state is State.ACTIVE and row.live_since is None:
        _go_live(caller, row)
    elif row.live_since is not None:
        change_status(caller, row, state, why)
    _enter(caller, row, before, state, why.strip())
    if before is State.IN_REVIEW and caller.kind is Kind.OPERATOR:
        send_decision(row, state, why.strip())
    tell_partners(row, Changed.PROGRAM_STATE, {"state": state.value, "was": before.value, "why": why.strip()})
    changed(
        caller, row, "state", before={"state": before.value}, after={"state": state.value}, why=why.strip()
    )
    return finding.view(caller, row)


def _allow(caller: Caller, row: Program, before: State, after: State, why: str) -> None:
    step = TRANSITIONS.get((before, after))
    if step is None:
        sentence = _("The program is “%(before)s” and cannot become “%(after)s” from there.") % {
            "before": STATES[before],
            "after": STATES[after],
        }
        refuse("no_such_way", sentence, "state", status=409)
    if step.reviewed and caller.kind is not Kind.OPERATOR and policy().review_needed:
        raise Forbidden(Permission.OPERATE.value)
    if (
        row.held_by_operator
        and before is State.PAUSED
        and caller.kind is not Kind.OPERATOR
        and after is State.ACTIVE
    ):
        refuse(
            "held_by_operator",
            _("The operator paused this program. Ask them to resume it."),
            "state",
            status=409,
        )
    if needs_reason(caller, before, after) and not why:
        refuse("why_needed", _("Say why: publishers and the log want to know."), "why")
    if len(why) > checking.NOTE_CHARS:
        refuse("why_too_long", _("Keep the reason within 1 000 characters."), "why")
    if after in (State.IN_REVIEW, State.ACTIVE) and row.live_since is None:
        checking.insist(gaps(finding.view(caller, row)))


def _enter(caller: Caller, row: Program, before: State, after: State, why: str) -> None:
    is_operator = caller.kind is Kind.OPERATOR
    row.state = after.value
    row.held_by_operator = after is State.PAUSED and is_operator
    if after is State.IN_REVIEW:
        row.submitted_at, row.returned_why = timezone.now(), ""
    if (before, after) == (State.IN_REVIEW, State.DRAFT):
        row.submitted_at = None
        row.returned_why = why if is_operator else ""
    row.save()


def _go_live(caller: Caller, row: Program) -> None:
    """The first version takes force, with the price of the wizard as the first rule."""
    if not people.is_live(Kind.ADVERTISER, row.advertiser):
        refuse(
            "organisation_pending",
            _("The operator still has to approve the organisation before a program of it can go live."),
        )
    starts = from_ms(to_ms(timezone.now()))
    starts = max(starts, from_ms(to_ms(row.created_at) + 1))
    draft = draft_of(terms_of(finding.version_rows(row)[-1]))
    row.live_since, row.returned_why = starts, ""
    row.state = State.ACTIVE.value
    row.save()
    append(caller, row, draft, State.ACTIVE, starts, "")
    _hand_over(caller, row)


def _hand_over(caller: Caller, row: Program) -> None:
    """The price of the wizard becomes a commission rule, unless there are rules already."""
    from utfall.portal.commission import facade as commission
    from utfall.portal.commission.contracts import RuleDraft

    price = price_of(row)
    if price is None or commission.rules(caller, row.pk):
        return
    draft = RuleDraft(name=str(_("Standard")), outcome=price.outcome, price=sealed_price(price))
    commission.begin_rules(caller, row.pk, [draft])


def sealed_price(price: StartingPrice) -> Price:
    """The price of the wizard as the sealed terms hold prices."""
    match price.kind:
        case PriceKind.SHARE:
            return Portion(ppm=price.ppm)
        case PriceKind.FLAT:
            return Flat(micros=price.micros)
        case PriceKind.PER_UNIT:
            return Flat(micros=price.micros, per="unit")
        case PriceKind.PER_THOUSAND:
            return PerThousand(micros=price.micros)
