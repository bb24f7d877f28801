"""What became of a program's rules: every change, and every rule with its interval."""

from utfall.portal.access import Caller, Slice
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.commission.contracts import RevisionView
from utfall.portal.commission.models import Revision
from utfall.portal.commission.plain import changes_from
from utfall.portal.commission.standing import own_program


def revisions(
    caller: Caller, program: int, *, after: int | None = None, limit: int = USUAL
) -> Slice[RevisionView]:
    """The changes of a program's rules, newest first."""
    own_program(caller, program)
    rows = Revision.objects.of(caller).filter(program=program)
    return newest(rows, _view, after=after, limit=limit)


def _view(row: Revision) -> RevisionView:
    return RevisionView(
        id=row.pk,
        program=row.program,
        made_at=row.made_at,
        made_by=row.made_by,
        why=row.why,
        effective_from=row.effective_from,
        changes=changes_from(row.changes),
    )
