"""Banking in the background: large files, the watched directory, and what settlement made of what came."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Permission
from utfall.portal.banking import fundings, importing, watching
from utfall.portal.banking.models import BankFile
from utfall.portal.work.contracts import Report
from utfall.portal.work.facade import every, kind


@kind(importing.READ, needs=Permission.MONEY)
def read(payload: Mapping[str, Any], report: Report) -> Any:
    """Read a large file, from where it is."""
    row = BankFile.objects.one(report.caller, pk=payload["file"])
    words = _("Reading the bank file")
    importing.read(row, report.caller, lambda done, rows: report(done, rows, words))
    return {"file": row.pk, "rows": row.done}


@every(seconds=10)
def look() -> None:
    """Import what the bank's client put there."""
    watching.look()


@every(seconds=5)
def follow() -> None:
    """Note the answers to money that came."""
    fundings.follow()
