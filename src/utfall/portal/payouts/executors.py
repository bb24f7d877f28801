"""What is carried out once a second person has agreed; the audit app finds it here."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission
from utfall.portal.audit.contracts import Required
from utfall.portal.audit.facade import executor
from utfall.portal.payouts.releasing import KIND, approved


@executor(KIND, words=_("Release of payouts"), needs=Permission.MONEY, has_amount=True, usual=Required.ALWAYS)
def release(approver: Caller, payload: Mapping[str, Any]) -> None:
    """Pay the batch that was asked for."""
    approved(approver, payload)
