"""What the first page shows of alerts."""

from django.urls import reverse

from utfall.portal.access import Caller
from utfall.portal.alerts import facade
from utfall.portal.home.cards import Attention, card

SHOWN = 3


@card(order=5)
def open_alerts(caller: Caller) -> list[Attention]:
    """The newest alerts that nobody looks after yet."""
    found = facade.alerts(caller, state="open", limit=20).items
    return [
        Attention(
            words=f"{one.program_name}: {one.sentence}" if one.program_name else one.sentence,
            url=reverse("alerts:alert", kwargs={"org": caller.slug, "alert": one.id}),
            icon="bell-ringing",
            tone="bad",
        )
        for one in [each for each in found if each.acknowledged_at is None][:SHOWN]
    ]
