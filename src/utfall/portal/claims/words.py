"""What findings, states, denials and remarks are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.claims.contracts import Award, Denial, Finding, State

FINDINGS: Final[dict[str, Words]] = {
    Finding.ORDER_UNKNOWN: _("The advertiser has told us of no order with this reference."),
    Finding.ALREADY_YOURS: _("This order is already the publisher's."),
    Finding.DECLINED: _("The advertiser declined this order."),
    Finding.REFUNDED: _("All of this order was refunded."),
    Finding.UNPAID: _("The order is the publisher's, and the terms paid nothing for it."),
    Finding.CODE_OF_ANOTHER: _("The order was placed with a promo code of another partner."),
    Finding.LATER_CLICK_WON: _("The order was won by a later click of another partner."),
    Finding.CLICK_DID_NOT_COUNT: _(
        "There was a click of the publisher's, but it did not count for this order."
    ),
    Finding.NO_CLICK: _("No click of the publisher's led to this order."),
}
STATES: Final[dict[str, tuple[Words, str, str]]] = {
    State.OPEN: (_("Waits for the advertiser"), "warn", "clock-hour-4"),
    State.MORE_INFO: (_("Waits for the publisher"), "news", "message-question"),
    State.APPROVED: (_("Approved"), "good", "circle-check"),
    State.AUTO_APPROVED: (_("Approved by silence"), "good", "circle-check"),
    State.DENIED: (_("Denied"), "bad", "circle-x"),
    State.WITHDRAWN: (_("Withdrawn"), "calm", "circle-x"),
}
DENIALS: Final[dict[str, Words]] = {
    Denial.WON_BY_ANOTHER: _("Another partner earned the order"),
    Denial.ORDER_CANCELLED: _("The order was cancelled or returned"),
    Denial.NO_SUCH_ORDER: _("There is no such order"),
    Denial.NOT_BY_TERMS: _("The terms do not pay for this order"),
    Denial.PROOF_INSUFFICIENT: _("The proof does not show it"),
    Denial.ALREADY_PAID: _("The order is paid already"),
    Denial.OTHER: _("Another reason"),
    Denial.RECEIPT_STANDS: _("Nobody objected to the receipt, which answers the claim"),
    Denial.NO_ANSWER: _("A question was not answered within 30 days"),
}
REMARKS: Final[dict[str, Words]] = {
    "day_differs": _("The order was placed on another day than claimed."),
    "amount_differs": _("The order came to another amount than claimed."),
    "currency_differs": _("The order is in another currency than claimed."),
}
AWARDS: Final[dict[str, tuple[Words, str]]] = {
    Award.NONE: ("", "calm"),
    Award.WRITING: (_("Being written"), "news"),
    Award.WRITTEN: (_("Being settled"), "news"),
    Award.BOOKED: (_("In the book"), "good"),
    Award.OVERRULED: (_("Settlement paid nothing"), "bad"),
}
SIDES: Final[dict[str, Words]] = {"publisher": _("Publisher"), "advertiser": _("Advertiser")}
