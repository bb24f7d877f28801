"""What is carried out once a second person has agreed; the audit app finds it here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission
from utfall.portal.audit.facade import executor
from utfall.portal.commission.changing import KIND, carry_out_proposal


@executor(KIND, words=_("Change of commission rules"), needs=Permission.PRICE, has_amount=True)
def change_rules(approver: Caller, payload: Mapping[str, Any]) -> None:
    """Put the list of rules in force that was proposed."""
    carry_out_proposal(approver, payload)
