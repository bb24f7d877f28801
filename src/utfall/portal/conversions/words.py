"""What columns, states and decisions are called."""

from typing import Final, NamedTuple

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from utfall.engine import OrderStatus
from utfall.portal.access.errors import Words


class Standing(NamedTuple):
    """How a status is called and shown."""

    words: Words
    tone: str
    icon: str
    meaning: Words


STANDINGS: Final[dict[OrderStatus, Standing]] = {
    OrderStatus.PENDING: Standing(
        pgettext_lazy("order", "Pending"),
        "warn",
        icon="clock-hour-4",
        meaning=_("It counts, and the advertiser may still decline it."),
    ),
    OrderStatus.APPROVED: Standing(
        pgettext_lazy("order", "Approved"),
        "good",
        icon="circle-check",
        meaning=_("The commission is certain and waits for its hold to end."),
    ),
    OrderStatus.PAYABLE: Standing(
        pgettext_lazy("order", "Payable"),
        "good",
        icon="coins",
        meaning=_("The hold has ended: it is paid out with the next payout."),
    ),
    OrderStatus.DECLINED: Standing(
        pgettext_lazy("order", "Declined"),
        "bad",
        icon="circle-x",
        meaning=_("The advertiser declined it, with a reason."),
    ),
    OrderStatus.REVERSED: Standing(
        pgettext_lazy("order", "Reversed"),
        "bad",
        icon="arrow-back-up",
        meaning=_("All of it was refunded, and the commission taken back."),
    ),
    OrderStatus.UNPAID: Standing(
        pgettext_lazy("order", "Unpaid"),
        "calm",
        icon="circle-dashed",
        meaning=_("A real order that owes nobody anything; the reason says why."),
    ),
}

PAID: Final = Standing(
    pgettext_lazy("order", "Paid"),
    "good",
    icon="cash-banknote",
    meaning=_("The commission was paid out, as the bank says."),
)
"""What a payable order becomes that was paid out: no status of the book's, for a payout may come back."""

DECISIONS: Final[dict[str, Words]] = {
    "conversion": _("The order is recorded"),
    "merge": _("A later call added to it"),
    "approve": _("Approved by the advertiser"),
    "auto_approve": _("Approved: nobody objected in time"),
    "decline": _("Declined by the advertiser"),
    "amend": _("Its lines were replaced, and it was priced again"),
    "refund": _("Refunded"),
    "release": _("The hold ended: the commission can be paid out"),
    "paid_out": _("The commission was paid out"),
    "defer": _("Approval waits until the item can no longer be returned"),
    "lock": _("Locked: only a refund changes it now"),
    "chargeback": _("Charged back: refunded after it was locked"),
}
AHEAD: Final[dict[str, Words]] = {
    "auto_approve": _("It will be approved, unless the advertiser objects before"),
    "release": _("The hold will end, and the commission can be paid out"),
    "lock": _("It will be locked: after that only a refund changes it"),
}
TOUCHES: Final[dict[str, Words]] = {
    "click": _("Click"),
    "view": _("View"),
    "code": _("Promo code"),
    "recurring": _("Recurring customer"),
}
ICONS: Final[dict[str, str]] = {
    "click": "pointer",
    "view": "eye",
    "code": "ticket",
    "checkout": "shopping-bag",
    "sale": "shopping-cart",
    "lead": "user-plus",
    "action": "bolt",
    "install": "device-mobile",
    "conversion": "file-check",
    "merge": "git-merge",
    "approve": "circle-check",
    "auto_approve": "clock-check",
    "decline": "circle-x",
    "amend": "pencil",
    "refund": "receipt-refund",
    "release": "lock-open",
    "paid_out": "cash-banknote",
    "defer": "clock-pause",
    "lock": "lock",
    "chargeback": "receipt-refund",
}
DEADLINES: Final[dict[str, Words]] = {
    "approval": _("Approval"),
    "hold": _("Hold ends"),
    "lock": _("Locked"),
}
METHODS: Final = ("click", "view", "code", "recurring")
OUTCOMES: Final = ("sale", "lead", "action", "install")
CUSTOMERS: Final[dict[str, Words]] = {
    "new": pgettext_lazy("customer", "New"),
    "returning": pgettext_lazy("customer", "Returning"),
    "lapsed": pgettext_lazy("customer", "Lapsed"),
}
UNPAID_BECAUSE: Final = (
    *("no_touch", "channel_excluded", "no_rule", "cap_reached", "budget_exhausted", "currency_mismatch"),
)
DECLINED_BECAUSE: Final = (
    *("cancelled", "returned", "credit_check", "breach_of_terms", "duplicate", "out_of_stock", "fraud"),
    *("test", "other"),
)


def window_words(sku: str, window_days: int, delivery_days: int) -> str:
    """Why silence waits: 30 days to return the item, counted from 3 days after the order."""
    return_for = ngettext("%(count)s day", "%(count)s days", window_days) % {"count": window_days}
    delivered = ngettext("%(count)s day", "%(count)s days", delivery_days) % {"count": delivery_days}
    return gettext("%(return_for)s to return %(sku)s, counted from %(delivered)s after the order") % {
        "return_for": return_for,
        "sku": sku,
        "delivered": delivered,
    }


class Column(NamedTuple):
    """A column of the list. `sort` is what its heading sorts by; `side` who may see it, empty for both."""

    key: str
    words: Words
    sort: str = ""
    side: str = ""
    is_number: bool = False


COLUMNS: Final = (
    Column("date", _("Placed"), sort="occurred"),
    Column("status", _("Status")),
    Column("publisher", _("Publisher"), side="advertiser"),
    Column("advertiser", _("Advertiser"), side="publisher"),
    Column("program", _("Program")),
    Column("outcome", _("Outcome")),
    Column("method", _("Earned by")),
    Column("why", _("Why")),
    Column("code", _("Code")),
    Column("subs", _("Sub-ids")),
    Column("link", _("Link")),
    Column("country", _("Country")),
    Column("device", _("Device")),
    Column("channel", _("Channel"), side="advertiser"),
    Column("customer", _("Customer"), side="advertiser"),
    Column("source", _("Told by"), side="advertiser"),
    Column("delay", _("Touch to order"), is_number=True),
    Column("decided", _("Decided")),
    Column("due", _("Next date")),
    Column("amount", _("Amount"), sort="amount", side="advertiser", is_number=True),
    Column("fee", _("Network fee"), side="advertiser", is_number=True),
    Column("commission", _("Commission"), sort="commission", is_number=True),
)
USUAL: Final[dict[str, tuple[str, ...]]] = {
    "advertiser": ("date", "status", "publisher", "program", "method", "amount", "commission"),
    "publisher": ("date", "status", "program", "subs", "method", "due", "commission"),
}
