"""What the first page tells the operator of reports."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.home.cards import Attention, card
from utfall.portal.reports.differing import count


@card(kinds=frozenset({Kind.OPERATOR}), order=11, needs=Permission.OPERATE)
def sums_that_differ(caller: Caller) -> Attention | None:
    """Sums that reports and book tell differently."""
    found = count(caller)
    if not found:
        return None
    return Attention(
        words=_("Sums that differ between reports and book"),
        url=reverse("reports:differences", kwargs={"org": caller.slug}),
        count=found,
        icon="scale",
        tone="bad",
        action=_("See which"),
    )
