"""What ways, states and shares are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.funding.contracts import FundedState, State, Told, Way

WAYS: Final[dict[str, Words]] = {
    Way.PREPAID: _("Prepaid"),
    Way.INVOICED: _("Invoiced"),
}
STATES: Final[dict[str, tuple[Words, str, str]]] = {
    State.OPEN: (_("No limit"), "calm", "circle-dashed"),
    State.WELL: (_("Enough left"), "good", "circle-check"),
    State.LOW: (_("Little left"), "warn", "alert-triangle"),
    State.EXHAUSTED: (_("Used up"), "bad", "alert-circle"),
}
FUNDED: Final[dict[str, tuple[Words, str]]] = {
    FundedState.FUNDED: (_("Funded"), "good"),
    FundedState.PARTLY: (_("Partly funded"), "warn"),
    FundedState.NOT_YET: (_("Not funded yet"), "calm"),
}
TOLD: Final[dict[str, tuple[Words, str, str]]] = {
    Told.WAITING: (_("On its way to the book"), "news", "clock-hour-4"),
    Told.ACCEPTED: (_("Settled"), "good", "circle-check"),
    Told.REFUSED: (_("Refused by the book"), "bad", "circle-x"),
}
