"""What the first page says of approvals."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission
from utfall.portal.audit.facade import waiting
from utfall.portal.home.cards import Attention, card


@card(order=15, needs=Permission.PRICE)
def approvals(caller: Caller) -> Attention | None:
    """Changes that wait for a second person."""
    count = waiting(caller)
    if not count:
        return None
    return Attention(
        words=_("Changes that wait for a second person"),
        url=reverse("audit:approvals", kwargs={"org": caller.slug}),
        count=count,
        icon="checks",
        action=_("Decide"),
    )
