"""Finding creatives: advertisers their own, partners what is approved and within its dates."""

from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone

from utfall.portal.access import Caller, NotFound, Permission, Slice
from utfall.portal.access import Kind as Party
from utfall.portal.access.paging import USUAL, newest
from utfall.portal.creatives.contracts import Choices, Copy, CreativeFilter, CreativeView, Kind, State
from utfall.portal.creatives.models import Creative
from utfall.portal.creatives.storing import address_of, name_of
from utfall.portal.partners import facade as partners

MOST_PROGRAMS: Final = 1000


def creative(caller: Caller, number: int) -> CreativeView:
    """One creative that the caller may see."""
    caller.require(Permission.LOOK)
    row = seen(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    return view_of(row)


def creatives(
    caller: Caller,
    wanted: CreativeFilter | None = None,
    *,
    after: int | None = None,
    count: int = USUAL,
) -> Slice[CreativeView]:
    """The creatives that the caller may see, newest first; those put away only where they are asked for."""
    caller.require(Permission.LOOK)
    rows = _filtered(seen(caller), wanted or CreativeFilter())
    return newest(rows, view_of, after=after, limit=count)


def choices(caller: Caller) -> Choices:
    """What there is to filter by."""
    rows = seen(caller).exclude(state=State.ARCHIVED.value).order_by()
    sizes = rows.filter(width__gt=0).values_list("width", "height").distinct()
    return Choices(
        programs=tuple(rows.values_list("program", flat=True).distinct()[:MOST_PROGRAMS]),
        sizes=tuple(f"{width}x{height}" for width, height in sorted(sizes)),
        languages=tuple(sorted(one for one in rows.values_list("language", flat=True).distinct() if one)),
        kinds=tuple(Kind(one) for one in sorted(rows.values_list("kind", flat=True).distinct())),
    )


def count_of(caller: Caller, program: int) -> int:
    """How many creatives a program has that are not put away."""
    return seen(caller).filter(program=program).exclude(state=State.ARCHIVED.value).count()


def seen(caller: Caller) -> QuerySet[Creative]:
    """Every creative the caller may see."""
    if caller.kind is not Party.PUBLISHER:
        return Creative.objects.of(caller)
    now = timezone.now()
    # In scope: the programs were found as those that this very publisher takes part in.
    rows = Creative.objects.system().filter(program__in=partners.promoted(caller), state=State.APPROVED.value)
    begun = Q(starts_at=None) | Q(starts_at__lte=now)
    return rows.filter(begun).exclude(ends_at__lte=now)


def _filtered(rows: QuerySet[Creative], wanted: CreativeFilter) -> QuerySet[Creative]:
    exact = {
        "program": wanted.program,
        "kind": wanted.kind and wanted.kind.value,
        "state": wanted.state and wanted.state.value,
        "language": wanted.language or None,
    }
    rows = rows.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.state is None:
        rows = rows.exclude(state=State.ARCHIVED.value)
    width, _by, height = wanted.size.partition("x")
    if width.isdecimal() and height.isdecimal() and len(wanted.size) < 12:
        rows = rows.filter(width=int(width), height=int(height))
    if wanted.search:
        words = wanted.search
        rows = rows.filter(Q(name__icontains=words) | Q(headline__icontains=words) | Q(alt__icontains=words))
    return rows


def view_of(row: Creative) -> CreativeView:
    """A row as others may know it."""
    now = timezone.now()
    return CreativeView(
        id=row.pk,
        program=row.program,
        advertiser=row.advertiser,
        kind=Kind(row.kind),
        state=State(row.state),
        name=row.name,
        language=row.language,
        alt=row.alt,
        destination=row.destination,
        width=row.width,
        height=row.height,
        bytes=row.bytes,
        duration_ms=row.duration_ms,
        extension=row.extension,
        address=address_of(name_of(row.digest, row.extension)) if row.extension else "",
        icon_address=address_of(row.icon),
        words=Copy(
            headline=row.headline,
            body=row.body,
            call_to_action=row.call_to_action,
            sponsored_by=row.sponsored_by,
        ),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_over=row.ends_at is not None and row.ends_at <= now,
        is_coming=row.starts_at is not None and row.starts_at > now,
        reason=row.reason,
        submitted_by=row.submitted_by,
        decided_by=row.decided_by,
        created_by=row.created_by,
        created_at=row.created_at,
    )
