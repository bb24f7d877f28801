"""What the `work` process does for reports: long files, letters that are due, files whose time is up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from utfall.portal.reports.differing import compare
from utfall.portal.reports.files import KIND, fill, place
from utfall.portal.reports.models import ReportFile, Schedule
from utfall.portal.reports.sending import send
from utfall.portal.reports.wanted import from_data
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import Report

AT_ONCE: Final = 20
"""Letters that are written in one round; the others wait for the next."""


@work.kind(KIND)
def make_file(payload: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Make a file of a report."""
    made = fill(report.caller, int(payload["file"]), from_data(payload["wanted"]))
    return {"file": made.id, "rows": made.rows, "bytes": made.bytes}


@work.every(seconds=30)
def send_reports() -> None:
    """Send the reports that are due."""
    send_due()


@work.every(minutes=60)
def forget_files() -> None:
    """Remove files whose time is up."""
    forget_expired()


@work.every(minutes=5)
def compare_with_book() -> None:
    """Look for sums that reports and book tell differently."""
    compare()


def send_due(now: datetime | None = None) -> int:
    """Send what is due; how many letters were written."""
    now = now or timezone.now()
    due = Schedule.objects.system().select_related("report").filter(next_at__lte=now).order_by("next_at")
    return sum(send(row, now) for row in due[:AT_ONCE])


def forget_expired() -> int:
    """Remove files whose time is up; how many."""
    gone = list(ReportFile.objects.system().filter(expires_at__lte=timezone.now())[:500])
    for row in gone:
        place(row).unlink(missing_ok=True)
        row.delete()
    return len(gone)
