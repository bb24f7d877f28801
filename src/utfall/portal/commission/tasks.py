"""The app's work: what rules would have paid."""

from collections.abc import Mapping
from typing import Any

from utfall.portal.access import Permission
from utfall.portal.commission.preview import KIND, settle_again
from utfall.portal.work.contracts import Report
from utfall.portal.work.facade import kind


@kind(KIND, needs=Permission.PRICE)
def whatif(payload: Mapping[str, Any], report: Report) -> Any:
    """Settle a program's last days again under other rules."""
    return settle_again(payload, report)
