"""Importing a file that was looked at, and undoing it: both begin here and run in the background."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.imports.contracts import Booking, ImportView, Ledger, State
from utfall.portal.imports.mapping import is_stuck, options_of
from utfall.portal.imports.models import Import, Transaction
from utfall.portal.imports.showing import view_of
from utfall.portal.work import facade as work

IMPORT: Final = "imports.import"
UNDO: Final = "imports.undo"
_STARTED: Final = {IMPORT: State.IMPORTING, UNDO: State.UNDOING}


def apply(caller: Caller, number: int) -> ImportView:
    """Import the rows of a file that are new or changed; what was begun and stopped goes on."""
    caller.require(Permission.MANAGE)
    source = Import.objects.one(caller, pk=number)
    if options_of(source).ledger is Ledger.SETTLE:
        caller.require(Permission.MONEY)
    return _begin(caller, source, IMPORT, [State.CHECKED])


def undo(caller: Caller, number: int) -> ImportView:
    """Take an import back, as far as nothing depends on it."""
    caller.require(Permission.MANAGE)
    source = Import.objects.one(caller, pk=number)
    held = [Booking.WRITING.value, Booking.WRITTEN.value, Booking.BOOKED.value]
    if Transaction.objects.of(caller).filter(source=source.pk, booking__in=held).exists():
        caller.require(Permission.MONEY)
    return _begin(caller, source, UNDO, [State.DONE, State.PART_UNDONE])


def _begin(caller: Caller, source: Import, kind: str, before: list[State]) -> ImportView:
    """Begin, once; or begin again what is under way and whose work has ended before its end."""
    started = _STARTED[kind]
    with transaction.atomic():
        source.refresh_from_db()
        may_begin = State(source.state) in before
        if not may_begin and not (source.state == started.value and is_stuck(caller, source)):
            refuse("not_now", _("This cannot be done with the import as it is now."), status=409)
        source.state = started.value
        source.work = work.start(caller, kind, {"import": source.pk})
        source.save(update_fields=["state", "work"])
    return view_of(caller, source)
