"""The way of a creative to partners: handed in, approved or rejected, put away and taken out again.

Who approves is the operator's choice, like every second person's (`audit.policy`): nobody but whoever may
manage the program; or a colleague of whoever handed it in; or the operator alone.
"""

from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.access import Kind as Party
from utfall.portal.audit import facade as audit
from utfall.portal.audit.contracts import DecidedBy, Required
from utfall.portal.creatives.contracts import CreativeView, State
from utfall.portal.creatives.duplicates import refuse_twice
from utfall.portal.creatives.models import Creative
from utfall.portal.creatives.showing import view_of

APPROVAL: Final = "creative.approval"
LONGEST_REASON: Final = 500


@audit.executor(APPROVAL, words=_("Showing a creative to partners"), needs=Permission.MANAGE)
def approve_proposed(caller: Caller, payload: Mapping[str, Any]) -> None:
    """An approved proposal is an approved creative."""
    approve(caller, int(payload["creative"]))


def needs_review() -> bool:
    """Whether the operator wants a second person to look at every creative."""
    return audit.policy(APPROVAL).required is Required.ALWAYS


def may_decide(caller: Caller, view: CreativeView | Creative) -> bool:
    """Whether the caller may approve or reject a creative."""
    if not caller.may(Permission.MANAGE) or caller.kind in (Party.PUBLISHER, Party.AUDITOR):
        return False
    if caller.kind is Party.OPERATOR or not needs_review():
        return True
    return audit.policy(APPROVAL).decided_by is DecidedBy.COLLEAGUE and caller.actor != view.submitted_by


def submit(caller: Caller, number: int) -> CreativeView:
    """Hand a draft in: it is shown at once, or reviewed first where the operator wants that."""
    with transaction.atomic():
        row = own(caller, number)
        _insist(row, State.DRAFT, State.REJECTED)
        hand_in(caller, row)
    return view_of(row)


def approve(caller: Caller, number: int) -> CreativeView:
    """Show a creative to partners."""
    with transaction.atomic():
        row = own(caller, number)
        _insist(row, State.DRAFT, State.IN_REVIEW)
        if not may_decide(caller, row):
            refuse("not_yours_to_approve", _("Somebody else has to look at it: the operator wants that."))
        _move(caller, row, State.APPROVED, decided_by=caller.actor, reason="")
    return view_of(row)


def reject(caller: Caller, number: int, reason: str) -> CreativeView:
    """Send a creative back, with a reason that whoever made it reads."""
    with transaction.atomic():
        row = own(caller, number)
        _insist(row, State.DRAFT, State.IN_REVIEW, State.APPROVED)
        if not may_decide(caller, row):
            refuse("not_yours_to_approve", _("Somebody else has to look at it: the operator wants that."))
        if not reason.strip():
            refuse("reason_missing", _("Say why, so that it can be mended."), "reason")
        _move(caller, row, State.REJECTED, decided_by=caller.actor, reason=reason.strip()[:LONGEST_REASON])
    return view_of(row)


def archive(caller: Caller, number: int) -> CreativeView:
    """Put a creative away: partners find it no longer. Pages that show it go on doing so."""
    with transaction.atomic():
        row = own(caller, number)
        _insist(row, State.DRAFT, State.IN_REVIEW, State.APPROVED, State.REJECTED)
        _move(caller, row, State.ARCHIVED)
    return view_of(row)


def restore(caller: Caller, number: int) -> CreativeView:
    """Take a creative out again, as a draft."""
    with transaction.atomic():
        row = own(caller, number)
        _insist(row, State.ARCHIVED)
        refuse_twice(row)
        _move(caller, row, State.DRAFT)
    return view_of(row)


def own(caller: Caller, number: int) -> Creative:
    """A creative of the caller's own that it may change."""
    caller.require(Permission.MANAGE)
    row = Creative.objects.one(caller, pk=number)
    caller.advertiser(row.advertiser)
    return row


def hand_in(caller: Caller, row: Creative) -> None:
    """On to partners, or to whoever has to look at it first."""
    row.submitted_by = caller.actor
    if needs_review() and caller.kind is not Party.OPERATOR:
        _move(caller, row, State.IN_REVIEW, reason="")
    else:
        _move(caller, row, State.APPROVED, decided_by=caller.actor, reason="")


def record(caller: Caller, row: Creative, action: str, before: Mapping[str, Any] | None) -> None:
    """Write down what changed."""
    audit.record(
        caller,
        action=action,
        subject=f"creative {row.pk}",
        before=before,
        after=plain(row),
        why=row.reason,
        advertiser=row.advertiser,
    )


def plain(row: Creative) -> dict[str, Any]:
    """A creative as plain values, for the log."""
    return {
        "program": row.program,
        "name": row.name,
        "state": row.state,
        "destination": row.destination,
        "content": row.digest,
        "starts_at": row.starts_at.isoformat() if row.starts_at else None,
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
    }


def _insist(row: Creative, *states: State) -> None:
    if State(row.state) not in states:
        refuse(
            "state_changed",
            _("It is not possible from where it stands now. Look at it again."),
            status=409,
        )


def _move(caller: Caller, row: Creative, state: State, **said: Any) -> None:
    before = plain(row)
    row.state = state.value
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    record(caller, row, f"creative.{state.value}", before)
