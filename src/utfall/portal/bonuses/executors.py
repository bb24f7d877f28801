"""What is carried out once a second person has agreed; the audit app finds it here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission
from utfall.portal.audit.facade import executor
from utfall.portal.bonuses.granting import KIND, grant_proposed


@executor(KIND, words=_("Bonuses and placements"), needs=Permission.PRICE, has_amount=True)
def grant(approver: Caller, payload: Mapping[str, Any]) -> None:
    """Grant what was proposed."""
    grant_proposed(approver, payload)
