"""Imports in the background: checking, importing, undoing; what settlement made of them; and forgetting."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from utfall.portal.imports import applying, mapping, running, settling
from utfall.portal.imports.contracts import Booking, State
from utfall.portal.imports.keeping import FILES
from utfall.portal.imports.models import Import, Transaction
from utfall.portal.work.contracts import Report
from utfall.portal.work.facade import every, kind


@kind(mapping.CHECK)
def check(payload: Mapping[str, Any], report: Report) -> Any:
    """Judge every row of a file."""
    return running.check(payload, report)


@kind(applying.IMPORT)
def do(payload: Mapping[str, Any], report: Report) -> Any:
    """Import what is new or changed."""
    return running.do(payload, report)


@kind(applying.UNDO)
def undo(payload: Mapping[str, Any], report: Report) -> Any:
    """Take an import back."""
    return running.undo(payload, report)


@every(seconds=20)
def follow() -> None:
    """Note what settlement made of imported transactions."""
    written = Transaction.objects.system().filter(booking=Booking.WRITTEN.value)
    settling.follow(list(written.order_by("pk")[:500]))


@every(minutes=60)
def forget_files() -> None:
    """Forget files that nobody imported, after a week."""
    before = timezone.now() - timedelta(days=7)
    idle = [State.MAPPING.value, State.CHECKED.value, State.FAILED.value]
    for row in Import.objects.system().filter(state__in=idle, created_at__lt=before):
        FILES.drop(row.file)
        row.lines.all().delete()
        row.state, row.file = State.DISCARDED.value, ""
        row.save(update_fields=["state", "file"])
