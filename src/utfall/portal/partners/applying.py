"""Applications: a publisher asks, the advertiser decides, and both can read why."""

from datetime import timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, Problem, Refused, Slice, refuse
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.partners import letters
from utfall.portal.partners.contracts import (
    ApplicationDraft,
    ApplicationView,
    PartnershipView,
    Reapply,
    Rejection,
    State,
)
from utfall.portal.partners.eligibility import Applicant, clauses_against
from utfall.portal.partners.models import Application, Partnership, Property
from utfall.portal.partners.standing import move_on, view_of
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import ProgramView, Visibility
from utfall.portal.programs.contracts import State as ProgramState

REAPPLY_AFTER: Final = timedelta(days=90)
"""How long `Reapply.LATER` is."""
LONGEST: Final = 4000


def apply(caller: Caller, draft: ApplicationDraft) -> PartnershipView:
    """Ask to be let into a program; a program that approves by itself answers at once."""
    caller.require(Permission.MANAGE)
    publisher = caller.publisher(draft.publisher)
    people.require_live(caller)
    program = programs.program(caller, draft.program)
    _check(caller, program, draft)
    with transaction.atomic():
        row = _partnership(program, publisher)
        _may_apply(row)
        move_on(caller, row, State.PENDING, promotion_types=list(draft.promotion_types))
        application = Application.objects.system().create(
            partnership=row,
            answers=sorted(draft.answers.items()),
            message=draft.message.strip(),
            promotion_types=list(draft.promotion_types),
            properties=list(draft.properties),
            terms_version=program.terms.number,
            submitted_by=caller.user,
        )
        if program.visibility is Visibility.PUBLIC or program.auto_approve:
            _close(application, "system", State.APPROVED)
            move_on(None, row, State.APPROVED, promotion_types=list(draft.promotion_types))
            letters.tell_publisher(row, "approved", None, program.name)
        else:
            letters.tell_advertiser(row, application, program.name)
    return view_of(row, application)


def decide(
    caller: Caller,
    application: int,
    verdict: State,
    *,
    reason: Rejection | None = None,
    note: str = "",
    reapply: Reapply = Reapply.LATER,
    group: int | None = None,
) -> PartnershipView:
    """Approve an application, into a group if one is named, or turn it down with a reason."""
    caller.require(Permission.MANAGE)
    if verdict not in (State.APPROVED, State.REJECTED):
        refuse("verdict_unknown", _("An application is approved or rejected."), "verdict")
    if verdict is State.REJECTED and reason is None:
        refuse("reason_missing", _("Say why, so that the publisher can do something about it."), "reason")
    if len(note) > LONGEST:
        refuse("too_long", _("Please write less than 4000 characters."), "note")
    with transaction.atomic():
        found = Application.objects.one(caller, pk=application)
        row = found.partnership
        caller.advertiser(row.advertiser)
        if found.decided_at is not None:
            refuse("decided_already", _("This application was decided already."), status=409)
        known_group(caller, row.program, group)
        _close(found, caller.actor, verdict, reason, note)
        if verdict is State.APPROVED:
            move_on(caller, row, verdict, group=group, note=note)
        else:
            move_on(
                caller,
                row,
                verdict,
                reason=reason.value if reason else "",
                note=note.strip(),
                reapply_from=_reapply_from(reapply),
            )
        name = letters.program_name(row.program, caller)
        letters.tell_publisher(row, verdict.value, caller, name)
    return view_of(row, found)


def withdraw_application(caller: Caller, application: int) -> PartnershipView:
    """Take an application back before it is decided."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        found = Application.objects.one(caller, pk=application)
        caller.publisher(found.partnership.publisher)
        if found.decided_at is not None:
            refuse("decided_already", _("This application was decided already."), status=409)
        _close(found, caller.actor, State.ARCHIVED)
        move_on(caller, found.partnership, State.ARCHIVED)
    return view_of(found.partnership, found)


def application(caller: Caller, number: int) -> ApplicationView:
    """One application, for either side."""
    caller.require(Permission.LOOK)
    return application_view(Application.objects.one(caller, pk=number))


def applications(
    caller: Caller,
    *,
    partnership: int | None = None,
    program: int | None = None,
    publisher: int | None = None,
    waiting: bool = False,
    after: int | None = None,
    count: int = USUAL,
) -> Slice[ApplicationView]:
    """Applications within the caller's sight, newest first."""
    caller.require(Permission.LOOK)
    rows = Application.objects.of(caller).select_related("partnership")
    asked = {
        "partnership": partnership,
        "partnership__program": program,
        "partnership__publisher": publisher,
    }
    rows = rows.filter(**{name: value for name, value in asked.items() if value is not None})
    if waiting:
        rows = rows.filter(decided_at__isnull=True)
    return newest(rows, application_view, after=after, limit=count)


def application_view(row: Application) -> ApplicationView:
    """A row as both sides may know it."""
    return ApplicationView(
        id=row.pk,
        partnership=row.partnership_id,
        program=row.partnership.program,
        publisher=row.partnership.publisher,
        answers=tuple((key, value) for key, value in row.answers),
        promotion_types=tuple(row.promotion_types),
        properties=tuple(row.properties),
        message=row.message,
        terms_version=row.terms_version,
        submitted_at=row.submitted_at,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        verdict=row.verdict,
        reason=row.reason,
        note=row.note,
    )


def known_group(caller: Caller, program: int, group: int | None) -> None:
    """Refuse a group that is not one of the program's."""
    if group is not None and group not in {one.id for one in programs.groups(caller, program)}:
        refuse("group_unknown", _("This is not one of the program's groups."), "group")


def _check(caller: Caller, program: ProgramView, draft: ApplicationDraft) -> None:
    problems = []
    if program.state is not ProgramState.ACTIVE:
        problems.append(
            Problem("program_not_active", _("This program takes no applications now."), "program")
        )
    if program.visibility is Visibility.PRIVATE:
        problems.append(Problem("invitation_only", _("This program is by invitation only."), "program"))
    if not draft.promotion_types:
        problems.append(Problem("promotion_type_missing", _("Say how you will promote."), "promotion_types"))
    problems += [
        Problem(
            "promotion_type_not_allowed",
            _("The program does not allow this way to promote."),
            "promotion_types",
        )
        for one in draft.promotion_types
        if not program.terms.allows(one)
    ]
    clauses = clauses_against(Applicant(caller), program)
    problems += [
        Problem(one.code, one.says, "program") for one in clauses if one.code == "country_not_served"
    ]
    problems += [
        Problem("answer_missing", _("Please answer this question."), f"answers.{question.key}")
        for question in program.questions
        if question.required and not draft.answers.get(question.key, "").strip()
    ]
    if len(draft.message) > LONGEST or any(len(text) > LONGEST for text in draft.answers.values()):
        problems.append(Problem("too_long", _("Please write less than 4000 characters."), "message"))
    own = set(Property.objects.of(caller).filter(pk__in=draft.properties).values_list("pk", flat=True))
    if set(draft.properties) - own:
        problems.append(Problem("property_unknown", _("This is not one of your properties."), "properties"))
    if problems:
        raise Refused(problems)


def _partnership(program: ProgramView, publisher: int) -> Partnership:
    """The publisher's partnership with the program, new and unsaved if there is none."""
    found = Partnership.objects.system().filter(program=program.id, publisher=publisher).first()
    return found or Partnership(program=program.id, advertiser=program.advertiser, publisher=publisher)


def _may_apply(row: Partnership) -> None:
    if row._state.adding:
        return
    state = State(row.state)
    if state is State.BANNED:
        refuse("banned", _("The advertiser has ended this partnership for good."), status=409)
    if state in (State.PENDING, State.APPROVED, State.PAUSED):
        refuse("applied_already", _("You have applied to this program already."), status=409)
    if state is State.INVITED:
        refuse("invited_already", _("You are invited: accept the invitation instead."), status=409)
    if row.reapply_from is not None and row.reapply_from > timezone.now():
        refuse("too_early", _("You were turned down and cannot apply again yet."), status=409)


def _reapply_from(policy: Reapply) -> object:
    now = timezone.now()
    match policy:
        case Reapply.AT_ONCE:
            return now
        case Reapply.LATER:
            return now + REAPPLY_AFTER
        case Reapply.NEVER:
            return now + timedelta(days=36_500)


def _close(
    row: Application, by: str, verdict: State, reason: Rejection | None = None, note: str = ""
) -> None:
    row.decided_at, row.decided_by, row.verdict = timezone.now(), by, verdict.value
    row.reason, row.note = reason.value if reason else "", note.strip()
    row.save()
