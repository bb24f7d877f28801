"""Mappings of an advertiser's own: kept under a name, found again by the heading of the next file."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.imports import contracts
from utfall.portal.imports.contracts import Network, OwnMappingView
from utfall.portal.imports.models import Import, OwnMapping
from utfall.portal.imports.networks import plain

AT_MOST: Final = 50
NAME_CHARS: Final = 80
KEPT_OPTIONS: Final = ("dates", "decimals", "currency", "zone")


def own_mappings(
    caller: Caller, advertiser: int | None = None, columns: Sequence[str] = ()
) -> list[OwnMappingView]:
    """The mappings that were kept, by name; with `columns`, those first that fit such a heading."""
    caller.require(Permission.LOOK)
    rows = OwnMapping.objects.of(caller).order_by("name")
    found = [_view(row, columns) for row in (rows.filter(advertiser=advertiser) if advertiser else rows)]
    return sorted(found, key=lambda one: not one.fits)


def keep_mapping(caller: Caller, number: int, name: str, columns: Mapping[str, int | None]) -> OwnMappingView:
    """Keep what the columns of a file are; the mapping of this name is replaced where there is one."""
    caller.require(Permission.MANAGE)
    source = Import.objects.one(caller, pk=number)
    named = name.strip()
    if not named or len(named) > NAME_CHARS or not named.isprintable():
        refuse("name_malformed", _("Name it in at most 80 characters."), "keep_as")
    chosen = {one: column for one, column in columns.items() if column is not None}
    if not chosen or any(not 0 <= column < len(source.columns) for column in chosen.values()):
        refuse("column_unknown", _("The file has no such column, or we no such field."), "keep_as")
    others = OwnMapping.objects.of(caller).filter(advertiser=source.advertiser).exclude(name=named)
    if others.count() >= AT_MOST:
        refuse("too_many_mappings", _("50 mappings are kept already. Forget one first."), "keep_as")
    row, _is_new = OwnMapping.objects.of(caller).update_or_create(
        advertiser=source.advertiser,
        name=named,
        defaults={
            "network": source.network,
            "kind": source.kind,
            "columns": {one: source.columns[column] for one, column in chosen.items()},
            "options": {one: source.options[one] for one in KEPT_OPTIONS if source.options.get(one)},
            "actor": caller.actor,
            "kept_at": timezone.now(),
        },
    )
    return _view(row)


def forget_mapping(caller: Caller, number: int) -> None:
    """Forget a mapping; what was imported with it stays."""
    caller.require(Permission.MANAGE)
    OwnMapping.objects.one(caller, pk=number).delete()


def fitting(caller: Caller, advertiser: int, columns: Sequence[str]) -> OwnMapping | None:
    """The kept mapping whose headings a file has all of, the one that says most."""
    rows = OwnMapping.objects.of(caller).filter(advertiser=advertiser)
    fits = [row for row in rows if _fits(row, columns)]
    return max(fits, key=lambda row: (len(row.columns), row.kept_at), default=None)


def places(row: OwnMapping, columns: Sequence[str]) -> dict[str, int]:
    """Which column (from 0) is which of our fields, by a kept mapping; what is gone is left out."""
    names = [plain(one) for one in columns]
    told: dict[str, str] = row.columns
    return {field: names.index(plain(name)) for field, name in told.items() if plain(name) in names}


def _fits(row: OwnMapping, columns: Sequence[str]) -> bool:
    names = {plain(one) for one in columns}
    return bool(row.columns) and all(plain(name) in names for name in row.columns.values())


def _view(row: OwnMapping, columns: Sequence[str] = ()) -> OwnMappingView:
    told: dict[str, Any] = {name: getattr(row, name) for name in ("advertiser", "name", "columns", "actor")}
    return OwnMappingView(
        id=row.pk,
        network=Network(row.network),
        kind=contracts.Kind(row.kind),
        kept_at=row.kept_at,
        fits=_fits(row, columns),
        **told,
    )


def view_of_own(row: OwnMapping | None) -> OwnMappingView | None:
    """A kept mapping as others may read it."""
    return None if row is None else _view(row)
