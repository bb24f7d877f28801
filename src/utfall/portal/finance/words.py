"""What ages, accounts and tables of finance are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words

AGES: Final[tuple[Words, ...]] = (
    _("Not due"),
    _("1–30 days over"),
    _("31–60 days over"),
    _("61–90 days over"),
    _("Older"),
)
OWNERS: Final[dict[str, Words]] = {
    "advertiser": _("Advertisers"),
    "publisher": _("Publishers"),
    "operator": _("The network"),
}
BUCKETS: Final[dict[str, Words]] = {
    "accrued": _("Pending orders"),
    "owed": _("Approved, not invoiced"),
    "receivable": _("Invoices not paid"),
    "deposit": _("Deposits"),
    "pending": _("Pending commission"),
    "approved": _("Commission on hold"),
    "payable": _("Payable"),
    "transfer": _("With the bank"),
    "fee_pending": _("Pending fees"),
    "fee": _("Fees"),
    "bank": _("In the bank"),
    "suspense": _("Of unknown owners"),
    "vat_out": _("Tax on invoices"),
    "vat_in": _("Tax on self-billing"),
    "rounding": _("Rounding"),
    "exchange": _("Exchange"),
}
TABLES: Final[dict[str, Words]] = {
    "accounts": _("Balances"),
    "receivables": _("Open invoices by age"),
    "credit": _("Deposits and credit"),
    "coming": _("Payable by day"),
    "fees": _("Fees by month"),
    "advertiser_fees": _("Fees by advertiser"),
    "forecast": _("Cash to come"),
    "positions": _("Gain and loss by currency"),
    "deposits": _("Deposits"),
    "payable": _("Payable to publishers"),
    "unowned": _("Of unknown owners"),
}
OF_NOW: Final = frozenset({"credit", "coming", "forecast"})
"""Tables of what is to come, which nobody knows of a past day."""
OF_THEN: Final = frozenset({"deposits", "payable", "unowned"})
"""Tables of a past day alone."""
