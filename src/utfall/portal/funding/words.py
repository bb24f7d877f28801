"""What ways, states and shares are called, and what is funded in sentences."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.funding.contracts import Funded, FundedState, State, Told, Way
from utfall.portal.look.formats import rounded

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
FUNDED: Final[dict[str, tuple[Words, str, str]]] = {
    FundedState.FUNDED: (_("Funded"), "good", "circle-check"),
    FundedState.PARTLY: (_("Partly funded"), "warn", "clock-hour-4"),
    FundedState.NOT_YET: (_("Not funded yet"), "calm", "circle-dashed"),
}
OVERDUE: Final[tuple[Words, str, str]] = (_("Overdue"), "bad", "alert-triangle")
STATUSES: Final[dict[str, Words]] = {
    "pending": _("Waits for approval"),
    "approved": _("Approved, on hold"),
    "payable": _("Payable"),
    "owed": _("Approved and payable"),
}
TOLD: Final[dict[str, tuple[Words, str, str]]] = {
    Told.WAITING: (_("On its way to the book"), "news", "clock-hour-4"),
    Told.ACCEPTED: (_("Settled"), "good", "circle-check"),
    Told.REFUSED: (_("Refused by the book"), "bad", "circle-x"),
}


def funded_words(one: Funded) -> str:
    """How far commission is funded, and why not further, in a sentence or two."""
    if one.state is FundedState.FUNDED:
        return gettext("The advertiser has paid for all of it, or the network holds its money for it.")
    told = [
        (one.funded_micros, gettext("%(amount)s is funded.")),
        (one.overdue_micros, gettext("%(amount)s is invoiced, and the advertiser is late in paying.")),
        (one.invoiced_micros, gettext("%(amount)s is invoiced, and can still be paid in time.")),
        (one.later_micros, _later(one.status)),
    ]
    return " ".join(words % {"amount": rounded(micros, one.currency)} for micros, words in told if micros > 0)


def _later(status: str) -> str:
    if status == "pending":
        return gettext("%(amount)s is invoiced once it is approved.")
    return gettext("%(amount)s comes with the next invoice.")
