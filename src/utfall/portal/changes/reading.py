"""Reading the feed: by a caller, who sees its own side; and by what follows it for everybody."""

from collections.abc import Collection

from django.db.models import Max, Q, QuerySet

from utfall.portal.access import Caller, Permission
from utfall.portal.access import Kind as Party
from utfall.portal.access.paging import LARGEST, USUAL
from utfall.portal.changes.contracts import ChangeView, Feed, Kept, Kind
from utfall.portal.changes.models import Change


def changes(
    caller: Caller, after: int = 0, limit: int = USUAL, kinds: Collection[Kind] = (), subject: str = ""
) -> Feed:
    """What changed after a cursor, oldest first, as the caller may read it."""
    caller.require(Permission.LOOK)
    rows = _readable(caller).filter(pk__gt=after)
    if kinds:
        rows = rows.filter(kind__in=[kind.value for kind in kinds])
    if subject:
        rows = rows.filter(subject=subject)
    size = min(limit, LARGEST)
    found = list(rows.order_by("pk")[: size + 1])
    shown = [_view(caller, row) for row in found[:size]]
    is_end = len(found) <= size
    return Feed(shown, shown[-1].id if shown else after, is_end)


def latest() -> int:
    """The cursor of the newest change; 0 where there is none."""
    number: int | None = Change.objects.system().aggregate(number=Max("pk"))["number"]
    return number or 0


def kept(after: int, limit: int) -> list[Kept]:
    """Everybody's changes after a cursor, with both sides: for what works for both (webhooks, alerts)."""
    return [_kept(row) for row in Change.objects.system().filter(pk__gt=after).order_by("pk")[:limit]]


def _readable(caller: Caller) -> QuerySet[Change]:
    """The caller's own, and what the programs that it takes part in tell all their partners."""
    from utfall.portal.partners import facade as partners  # which tells of its changes itself

    own = Change.objects.of(caller)
    programs = partners.programs_of(caller) if caller.kind is Party.PUBLISHER else set()
    if not programs:
        return own
    told = Q(for_partners=True, program__in=programs)
    return Change.objects.system().filter(Change.owners.within(caller) | told)


def _view(caller: Caller, row: Change) -> ChangeView:
    """A publisher reads its own side, and so does nobody else but who looks over its shoulder."""
    is_seller = caller.kind is Party.PUBLISHER
    body = row.publisher_body if is_seller and row.publisher_body is not None else row.body
    return ChangeView(
        id=row.pk,
        at=row.at,
        kind=Kind(row.kind),
        subject=row.subject,
        advertiser=row.advertiser,
        publisher=row.publisher,
        program=row.program,
        receipt=row.receipt,
        body=body,
    )


def _kept(row: Change) -> Kept:
    return Kept(
        id=row.pk,
        at=row.at,
        kind=Kind(row.kind),
        subject=row.subject,
        advertiser=row.advertiser,
        publisher=row.publisher,
        program=row.program,
        receipt=row.receipt,
        proof=row.proof,
        body=row.body,
        publisher_body=row.publisher_body,
    )
