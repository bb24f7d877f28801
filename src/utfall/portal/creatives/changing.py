"""Changing what is said of a creative. What it shows stays: another file is another creative."""

from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.creatives.checking import columns_of, copy_columns
from utfall.portal.creatives.contracts import Copy, CreativeDraft, CreativeView, Kind, State
from utfall.portal.creatives.duplicates import refuse_twice
from utfall.portal.creatives.models import Creative
from utfall.portal.creatives.reviewing import hand_in, needs_review, own, plain, record
from utfall.portal.creatives.showing import view_of
from utfall.portal.creatives.uploading import digest_of_words
from utfall.portal.programs import facade as programs

REVIEWED = ("alt", "destination", "headline", "body", "call_to_action", "sponsored_by")
"""What a reviewer looked at: when it changes, somebody looks again."""


def change(caller: Caller, number: int, draft: CreativeDraft, copy: Copy | None = None) -> CreativeView:
    """Change what is said of a creative, and its words where it has any."""
    caller.require(Permission.MANAGE)
    with transaction.atomic():
        row = own(caller, number)
        if row.state == State.ARCHIVED.value:
            refuse("put_away", _("It is put away. Take it out first."), status=409)
        before, looked_at = plain(row), _looked_at(row)
        _set(caller, row, draft, copy)
        refuse_twice(row)
        row.save()
        record(caller, row, "creative.changed", before)
        if row.state == State.APPROVED.value and needs_review() and _looked_at(row) != looked_at:
            hand_in(caller, row)
    return view_of(row)


def _set(caller: Caller, row: Creative, draft: CreativeDraft, copy: Copy | None) -> None:
    kind = Kind(row.kind)
    program = programs.program(caller, row.program)
    columns = columns_of(replace(draft, name=draft.name or row.name), program, kind)
    if copy is not None and kind in (Kind.TEXT, Kind.NATIVE):
        words = copy_columns(copy, kind)
        columns |= words
        if kind is Kind.TEXT:
            row.digest = digest_of_words(words)
    for name, value in columns.items():
        setattr(row, name, value)


def _looked_at(row: Creative) -> tuple[str, ...]:
    return tuple(getattr(row, name) for name in REVIEWED)
