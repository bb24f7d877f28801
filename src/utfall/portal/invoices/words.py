"""What kinds and states of papers and of their runs are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.events import PaperKind
from utfall.portal.access.errors import Words
from utfall.portal.invoices.paper_contracts import PaperState, RunState, Side, Standing

KINDS: Final[dict[str, Words]] = {
    PaperKind.INVOICE: _("Invoice"),
    PaperKind.CREDIT_NOTE: _("Credit note"),
    PaperKind.SELF_BILLING: _("Self-billing invoice"),
    PaperKind.SELF_BILLING_CREDIT: _("Self-billing credit note"),
}
SIDES: Final[dict[str, Words]] = {
    Side.BOTH: _("Invoices and self-billing"),
    Side.ADVERTISER: _("Invoices to advertisers"),
    Side.PUBLISHER: _("Self-billing of publishers"),
}
RUN_STATES: Final[dict[str, tuple[Words, str, str]]] = {
    RunState.DRAFTING: (_("Being drafted"), "news", "loader-2"),
    RunState.DRAFT: (_("To be looked at"), "warn", "eye"),
    RunState.ISSUING: (_("Being issued"), "news", "loader-2"),
    RunState.ISSUED: (_("Issued"), "good", "circle-check"),
    RunState.CANCELLED: (_("Cancelled"), "calm", "circle-x"),
}
PAPER_STATES: Final[dict[str, tuple[Words, str, str]]] = {
    PaperState.DRAFT: (_("Draft"), "calm", "pencil"),
    PaperState.NONE: (_("None"), "warn", "circle-dashed"),
    PaperState.PENDING: (_("On the way"), "news", "clock-hour-4"),
    PaperState.ISSUED: (_("Issued"), "good", "circle-check"),
    PaperState.REFUSED: (_("Refused"), "bad", "circle-x"),
}
STANDINGS: Final[dict[str, Words]] = {
    Standing.OPEN: _("Unpaid"),
    Standing.OVERDUE: _("Overdue"),
    Standing.PAID: _("Paid in full"),
}
BUCKETS: Final[dict[str, Words]] = {
    "owed": _("Earned, not invoiced"),
    "receivable": _("Invoiced, to be paid"),
    "payable": _("Payable to the publisher"),
    "vat_out": _("VAT on invoices"),
    "vat_in": _("VAT on self-billing invoices"),
}
TAXES: Final[dict[str, Words]] = {
    "not_registered": _("The seller is not registered for VAT."),
    "reverse_charge": _("Reverse charge: the customer accounts for the VAT."),
    "abroad": _("Supplied outside the seller's country."),
    "export": _("Export of services from Norway."),
}
