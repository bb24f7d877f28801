"""Where else quality shows: at a blamed order, on the first page."""

from datetime import timedelta
from typing import Final

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Permission
from utfall.portal.access.roles import BUYERS
from utfall.portal.conversions.actions import Fragment, at_order
from utfall.portal.conversions.contracts import OrderView
from utfall.portal.home.cards import Attention, card
from utfall.portal.quality import facade
from utfall.portal.quality.findings import held_count, holds, next_deadline
from utfall.portal.validation.facade import holder

SOON: Final = timedelta(days=3)
holder(holds)


@at_order
def doubtful(caller: Caller, order: OrderView) -> Fragment | None:
    """That an order is blamed or held, with the way to why."""
    if caller.kind not in BUYERS:
        return None
    found, handled = facade.blaming(caller, order.id), facade.handling_of(caller, order.id)
    if not found:
        return None
    return Fragment("quality/parts/at_order.html", {"finding": found[0], "handled": handled})


@card(kinds=BUYERS - {"operator"}, order=8, needs=Permission.MONEY)
def waiting(caller: Caller) -> list[Attention]:
    """Findings that nobody has looked into, and held orders that silence approves soon."""
    found = []
    deadline = next_deadline(caller)
    if deadline is not None and deadline <= timezone.now() + SOON:
        found.append(
            Attention(
                words=_("Held orders are about to be approved by silence"),
                count=held_count(caller),
                icon="hand-stop",
                tone="bad",
                url=reverse("quality:held", args=[caller.slug]),
                action=_("Decide"),
            )
        )
    if count := facade.open_findings(caller):
        found.append(
            Attention(
                words=_("Traffic looks doubtful"),
                count=count,
                icon="shield-search",
                url=reverse("quality:index", args=[caller.slug]),
                action=_("Look"),
            )
        )
    return found
