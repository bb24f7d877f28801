"""Where a partnership stands, how it may move on, and the enrolments that follow from it.

An approved partnership has one open enrolment, in one group; every other state has none. A move between
groups ends the enrolment and begins the next, so what was earned before is settled as it was agreed then.
"""

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, refuse
from utfall.portal.audit import facade as audit
from utfall.portal.changes import facade as changes
from utfall.portal.changes.facade import Kind
from utfall.portal.partners.contracts import PartnershipView, State
from utfall.portal.partners.models import Application, Enrolment, Partnership
from utfall.portal.partners.words import STATES
from utfall.portal.sealing import facade as sealing

WAYS_ON: Final[dict[State, frozenset[State]]] = {
    State.PENDING: frozenset({State.APPROVED, State.REJECTED, State.ARCHIVED, State.BANNED}),
    State.INVITED: frozenset({State.APPROVED, State.DECLINED, State.ARCHIVED, State.BANNED}),
    State.APPROVED: frozenset({State.PAUSED, State.ARCHIVED, State.BANNED}),
    State.PAUSED: frozenset({State.APPROVED, State.ARCHIVED, State.BANNED}),
    State.REJECTED: frozenset({State.PENDING, State.INVITED, State.BANNED}),
    State.DECLINED: frozenset({State.PENDING, State.INVITED, State.BANNED}),
    State.ARCHIVED: frozenset({State.PENDING, State.INVITED, State.APPROVED, State.BANNED}),
    State.BANNED: frozenset({State.ARCHIVED}),
}
"""What a partnership may become; a ban is lifted by archiving it; then the publisher may apply anew."""

KINDS: Final = {
    State.PENDING: Kind.PARTNERSHIP_APPLIED,
    State.APPROVED: Kind.PARTNERSHIP_APPROVED,
    State.REJECTED: Kind.PARTNERSHIP_REJECTED,
    State.INVITED: Kind.PARTNERSHIP_INVITED,
    State.DECLINED: Kind.PARTNERSHIP_DECLINED,
    State.PAUSED: Kind.PARTNERSHIP_PAUSED,
    State.BANNED: Kind.PARTNERSHIP_BANNED,
    State.ARCHIVED: Kind.PARTNERSHIP_ENDED,
}
"""What the change feed calls a partnership's way into a state."""


def move_on(caller: Caller | None, row: Partnership, state: State, **said: Any) -> None:
    """Bring a partnership into a state, with the columns that go with it, and its enrolment along.

    In the caller's transaction; Refused where there is no way from here to there.
    """
    before = plain(row)
    made = row._state.adding
    if not made and state not in WAYS_ON[State(row.state)]:
        refuse(
            "no_way_on",
            _("A partnership that is %(now)s cannot become %(then)s.")
            % {"now": str(STATES[State(row.state)]).lower(), "then": str(STATES[state]).lower()},
            status=409,
        )
    row.state, row.since = state.value, timezone.now()
    row.reason, row.note, row.reapply_from = "", "", None
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    enrol(row)
    tell_of(row, KINDS[state])
    audit.record(
        caller,
        action=f"partnership.{state.value}",
        subject=f"partnership {row.pk}",
        before=None if made else before,
        after=plain(row),
        why=row.note or row.reason,
        advertiser=row.advertiser,
        publisher=row.publisher,
    )


def tell_of(row: Partnership, kind: Kind) -> None:
    """Put what became of a partnership into the change feed."""
    changes.tell(
        kind,
        subject=f"partnership:{row.pk}",
        advertiser=row.advertiser,
        publisher=row.publisher,
        program=row.program,
        body={"state": row.state, "group": row.group, "reason": row.reason},
    )


def enrol(row: Partnership) -> None:
    """Make the open enrolment what the partnership says: one in its group when approved, else none."""
    now = timezone.now()
    wanted = row.state == State.APPROVED.value
    current = Enrolment.objects.system().filter(partnership=row, ends_at__isnull=True).first()
    if current is not None and wanted and current.group == row.group:
        return
    if current is not None:
        current.ends_at = max(now, current.starts_at)
        current.save(update_fields=["ends_at"])
    if wanted:
        Enrolment.objects.system().create(partnership=row, group=row.group, starts_at=now)
    if current is not None or wanted:
        sealing.touch()


def plain(row: Partnership) -> dict[str, Any]:
    """A partnership as plain values, for the log."""
    return {
        "program": row.program,
        "publisher": row.publisher,
        "state": row.state,
        "group": row.group,
        "reason": row.reason,
    }


def view_of(row: Partnership, application: Application | None = None) -> PartnershipView:
    """A row as others may know it."""
    return PartnershipView(
        id=row.pk,
        program=row.program,
        advertiser=row.advertiser,
        publisher=row.publisher,
        state=State(row.state),
        group=row.group,
        reason=row.reason,
        note=row.note,
        reapply_from=row.reapply_from,
        promotion_types=tuple(row.promotion_types),
        since=row.since,
        application=application.pk if application else None,
    )
