"""Views that people keep: their own and those shared within their organisation, one of them opening first."""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Forbidden, NotFound, Permission, Slice, refuse
from utfall.portal.access.paging import newest
from utfall.portal.overview.asking import asked_of
from utfall.portal.overview.contracts import Asked, ViewView
from utfall.portal.overview.models import FirstView, SavedView

MOST: Final = 100
"""Views that one person may keep."""
LONGEST_NAME: Final = 80


def save_view(
    caller: Caller, name: str, asked: Asked, *, shared: bool = False, first: bool = False
) -> ViewView:
    """Keep a view under a name; `first`: it opens first from now on."""
    caller.require(Permission.LOOK)
    _check(name)
    if _seen(caller).filter(user=caller.user, by=caller.actor).count() >= MOST:
        sentence = _("You keep too many views. Remove some you no longer open.")
        refuse("too_many_views", sentence, status=409)
    row = SavedView.objects.system().create(
        organisation=caller.organisation,
        user=caller.user,
        by=caller.actor,
        name=name.strip(),
        shared=shared,
        query=urlencode(asked.pairs),
    )
    if first:
        open_first(caller, row.pk)
    return view(caller, row.pk)


def change_view(
    caller: Caller,
    number: int,
    *,
    name: str | None = None,
    shared: bool | None = None,
    asked: Asked | None = None,
) -> ViewView:
    """Change a view of one's own; who manages the organisation changes shared ones too."""
    row = _mine(caller, number)
    if name is not None:
        _check(name)
        row.name = name.strip()
    row.shared = row.shared if shared is None else shared
    row.query = row.query if asked is None else urlencode(asked.pairs)
    row.changed_at = timezone.now()
    row.save()
    return view(caller, number)


def remove_view(caller: Caller, number: int) -> None:
    """Remove a view; it opens first for nobody any more."""
    _mine(caller, number).delete()


@transaction.atomic
def open_first(caller: Caller, number: int | None) -> None:
    """Say which view opens first for the caller; None: the usual one. An API key has no first page."""
    caller.require(Permission.LOOK)
    if caller.user is None:
        refuse("person_needed", _("A key opens no page. Sign in to choose the view that opens first."))
    _firsts(caller).delete()
    if number is not None:
        row = _one(caller, number)
        FirstView.objects.system().create(organisation=caller.organisation, user=caller.user, view=row)


def views(caller: Caller, *, after: int | None = None, limit: int = 50) -> Slice[ViewView]:
    """The caller's views and those shared with it, newest first."""
    caller.require(Permission.LOOK)
    first = _first_of(caller)
    return newest(_seen(caller), lambda row: _view(caller, row, first), after=after, limit=limit)


def view(caller: Caller, number: int) -> ViewView:
    """One view."""
    caller.require(Permission.LOOK)
    return _view(caller, _one(caller, number), _first_of(caller))


def first_view(caller: Caller) -> ViewView | None:
    """The view that opens first for the caller; None where the usual one does."""
    number = _first_of(caller)
    row = _seen(caller).filter(pk=number).first() if number is not None else None
    return _view(caller, row, number) if row is not None else None


def asked_in(query: str) -> Asked:
    """What a kept address asks for."""
    return asked_of(dict(parse_qsl(query)))


def _seen(caller: Caller) -> QuerySet[SavedView]:
    within = SavedView.objects.of(caller).filter(organisation=caller.organisation)
    return within.filter(Q(shared=True) | Q(user=caller.user, by=caller.actor))


def _one(caller: Caller, number: int) -> SavedView:
    row = _seen(caller).filter(pk=number).first()
    if row is None:
        raise NotFound
    return row


def _mine(caller: Caller, number: int) -> SavedView:
    row = _one(caller, number)
    if (row.user, row.by) != (caller.user, caller.actor) and not caller.may(Permission.MANAGE):
        raise Forbidden(Permission.MANAGE.value)
    return row


def _firsts(caller: Caller) -> QuerySet[FirstView]:
    assert caller.user is not None, "only people have a first page"
    return FirstView.objects.of(caller).filter(organisation=caller.organisation, user=caller.user)


def _first_of(caller: Caller) -> int | None:
    if caller.user is None:
        return None
    return _firsts(caller).values_list("view_id", flat=True).first()


def _check(name: str) -> None:
    if not name.strip():
        refuse("name_missing", _("Give the view a name."), "name")
    if len(name.strip()) > LONGEST_NAME:
        refuse("name_too_long", _("The name is too long. 80 letters at most."), "name")


def _view(caller: Caller, row: SavedView, first: int | None) -> ViewView:
    return ViewView(
        id=row.pk,
        name=row.name,
        shared=row.shared,
        is_own=(row.user, row.by) == (caller.user, caller.actor),
        is_default=row.pk == first,
        by=row.by,
        address=row.query,
        changed_at=row.changed_at,
    )
