"""Validation in the background: reading and writing many rows, and what settlement made of them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from utfall.portal.access import Permission
from utfall.portal.validation import applying, batches, deferring
from utfall.portal.validation.contracts import State
from utfall.portal.validation.models import Batch
from utfall.portal.validation.outcomes import follow
from utfall.portal.work.contracts import Report
from utfall.portal.work.facade import every, kind


@kind(batches.READ, needs=Permission.MONEY)
def read(payload: Mapping[str, Any], report: Report) -> Any:
    """Read and judge many rows."""
    return batches.read_rows(payload, report)


@kind(batches.WRITE, needs=Permission.MONEY)
def write(payload: Mapping[str, Any], report: Report) -> Any:
    """Write the good rows of a batch."""
    return {"batch": payload["batch"], "written": applying.write(payload["batch"])}


@every(seconds=5)
def settle() -> None:
    """Note what settlement made of decisions, and go on with what a process left half written."""
    applying.finish()
    follow()


@every(seconds=10)
def wait_for_returns() -> None:
    """Let silence wait for the return windows of what was bought."""
    deferring.defer()


@every(minutes=60)
def forget_previews() -> None:
    """Forget previews that nobody applied, after a week."""
    before = timezone.now() - timedelta(days=7)
    left = [State.READING.value, State.READY.value, State.DISCARDED.value, State.FAILED.value]
    Batch.objects.system().filter(state__in=left, created_at__lt=before).delete()
