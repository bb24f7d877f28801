"""What tracking puts on the first page: that it went silent."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.home.cards import Attention, card
from utfall.portal.tracking.checking import silent_since
from utfall.portal.tracking.setting_up import heard


@card(kinds=frozenset({Kind.ADVERTISER}), order=15)
def silence(caller: Caller) -> Attention | None:
    """Orders came regularly, and come no more."""
    if silent_since(heard(caller, caller.number)) is None:
        return None
    return Attention(
        words=_("Tracking went silent."),
        url=reverse("tracking:setup", kwargs={"org": caller.slug}),
        icon="radar-2",
        tone="bad",
        action=_("Live debugger"),
    )
