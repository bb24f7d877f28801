"""Splits and overrides as the sealed terms hold them, and those adopted from a market that was in force."""

from collections.abc import Iterator
from typing import Any

from django.db.models import F, Q, QuerySet

from utfall.portal.access.times import from_ms, to_ms
from utfall.portal.partners.models import Override, Split, SplitShare
from utfall.terms import Market
from utfall.terms import Override as SealedOverride
from utfall.terms import Split as SealedSplit


def sealed_splits(publisher: int | None = None) -> Iterator[SealedSplit]:
    """Every split that was, is or will be in force; those of one publisher where it is named."""
    rows = _lasting(Split.objects.system()).prefetch_related("shares").order_by("pk")
    return (sealed_split(row) for row in (rows if publisher is None else rows.filter(publisher=publisher)))


def sealed_overrides(child: int | None = None) -> Iterator[SealedOverride]:
    """Every override that was, is or will be in force; those of one child where it is named."""
    rows = _lasting(Override.objects.system()).order_by("pk")
    return (sealed_override(row) for row in (rows if child is None else rows.filter(child=child)))


def _lasting(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Not those that ended before they began."""
    return rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")))


def sealed_split(row: Split) -> SealedSplit:
    """One split in its sealed form."""
    return SealedSplit(
        id=row.pk,
        program=row.program,
        publisher=row.publisher,
        shares=tuple((one.publisher, one.ppm) for one in row.shares.all()),
        effective_from=to_ms(row.starts_at),
        effective_until=to_ms(row.ends_at) if row.ends_at else None,
    )


def sealed_override(row: Override) -> SealedOverride:
    """One override in its sealed form."""
    return SealedOverride(
        id=row.pk,
        program=row.program,
        parent=row.parent,
        child=row.child,
        ppm=row.ppm,
        on_top=row.on_top,
        effective_from=to_ms(row.starts_at),
        effective_until=to_ms(row.ends_at) if row.ends_at else None,
    )


def adopt_sharing(market: Market) -> None:
    """Take over the splits and overrides of a market; those known already stay as they are."""
    advertisers = {program.id: program.advertiser for program in market.programs}
    for split in market.splits:
        if Split.objects.system().filter(pk=split.id).exists():
            continue
        row = Split(
            pk=split.id,
            program=split.program,
            advertiser=advertisers[split.program],
            publisher=split.publisher,
            starts_at=from_ms(split.effective_from),
            ends_at=from_ms(split.effective_until) if split.effective_until else None,
        )
        row.save(force_insert=True)
        SplitShare.objects.system().bulk_create(
            SplitShare(split=row, publisher=publisher, ppm=ppm) for publisher, ppm in split.shares
        )
    known = set(Override.objects.system().values_list("pk", flat=True))
    Override.objects.system().bulk_create(
        Override(
            pk=one.id,
            program=one.program,
            advertiser=None if one.program is None else advertisers[one.program],
            parent=one.parent,
            child=one.child,
            ppm=one.ppm,
            on_top=one.on_top,
            starts_at=from_ms(one.effective_from),
            ends_at=from_ms(one.effective_until) if one.effective_until else None,
        )
        for one in market.overrides
        if one.id not in known
    )
