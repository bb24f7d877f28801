"""What the first page shows of alerts."""

from django.urls import reverse

from utfall.portal.access import Caller
from utfall.portal.alerts import facade
from utfall.portal.alerts.contracts import Kind
from utfall.portal.home.cards import Attention, card

SHOWN = 3
ELSEWHERE = frozenset({Kind.QUALITY, Kind.REMINDER, Kind.CREDIT, Kind.OVERDUE})
"""What the first page tells already: findings, credit, invoices and what waits have cards of their own."""


@card(order=5)
def open_alerts(caller: Caller) -> list[Attention]:
    """The newest alerts that nobody looks after yet."""
    found = facade.alerts(caller, state="open", acknowledged=False, without=ELSEWHERE, limit=SHOWN).items
    return [
        Attention(
            words=f"{one.program_name}: {one.sentence}" if one.program_name else one.sentence,
            url=reverse("alerts:alert", kwargs={"org": caller.slug, "alert": one.id}),
            icon="bell-ringing",
            tone="bad",
        )
        for one in found
    ]
