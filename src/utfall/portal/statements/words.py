"""What accounts, sorts and kinds of lines, heads of the chart and verifications are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.accounting import Place, Treatment
from utfall.portal.access.errors import Words
from utfall.portal.statements.contracts import Account, Sort
from utfall.portal.statements.vat_contracts import Counting, Trade

ACCOUNTS: Final[dict[str, Words]] = {
    Account.PAYABLE: _("Payable"),
    Account.OWED: _("Not invoiced yet"),
    Account.RECEIVABLE: _("Invoiced, not paid"),
    Account.DEPOSIT: _("Deposit"),
}
MEANINGS: Final[dict[str, Words]] = {
    Account.PAYABLE: _("What was earned and can no longer be declined, until it is paid out."),
    Account.OWED: _("What is certain and stands on no invoice yet."),
    Account.RECEIVABLE: _("What was invoiced and is not paid."),
    Account.DEPOSIT: _("Money paid in that pays the invoices."),
}
SORTS: Final[dict[str, Words]] = {
    Sort.EARNED: _("Earned"),
    Sort.REFUNDS: _("Reversed"),
    Sort.TAX: _("VAT of self-billing invoices"),
    Sort.PAPERS: _("Invoices and credit notes"),
    Sort.PAID: _("Paid out"),
    Sort.PAID_IN: _("Paid in"),
    Sort.SETTLED: _("Invoices paid from the deposit"),
    Sort.EXCHANGED: _("Exchanged"),
}
BOUGHT: Final[Words] = _("Commission and fees")
"""What an advertiser calls what others earned."""
PAPER: Final[Words] = _("Invoice or credit note")
"""What a line of papers is called on an advertiser's accounts."""
KINDS: Final[dict[str, Words]] = {
    "release": _("Commission"),
    "approve": _("Order approved"),
    "auto_approve": _("Order approved by time"),
    "touches": _("Clicks and views"),
    "bonus": _("Bonus or placement"),
    "clawback": _("Reversed"),
    "tier": _("Correction of a price in steps"),
    "tier_release": _("Correction of a price in steps"),
    "refund": _("Refund"),
    "decline": _("Order declined"),
    "amend": _("Order amended"),
    "payout": _("Payout"),
    "payout_result": _("Payout that failed or came back"),
    "funding": _("Payment"),
    "matching": _("Payment that found its owner"),
    "settling": _("Paid from the deposit"),
    "exchange": _("Exchanged"),
}
HEADS: Final[dict[str, Words]] = {
    "owed": _("Advertisers: certain, not invoiced"),
    "receivable": _("Advertisers: invoiced, not paid"),
    "deposit": _("Advertisers: deposits"),
    "approved": _("Publishers: certain, on hold"),
    "payable": _("Publishers: payable"),
    "transfer": _("Publishers: on its way to the bank"),
    "bank": _("Bank"),
    "suspense": _("Money of unknown owner"),
    "vat_out": _("VAT charged"),
    "vat_in": _("VAT paid"),
    "exchange": _("Exchange between currencies"),
    "sales": _("Sales"),
    "commission": _("Commission to publishers"),
    "rounding": _("Rounding"),
    "earlier": _("Results of earlier years"),
}
HAPPENINGS: Final[dict[str, Words]] = {
    "earned": _("Earned and taken back"),
    "paper": _("Papers"),
    "funding": _("Payments in"),
    "matching": _("Payments that found their owner"),
    "settling": _("Invoices paid from deposits"),
    "payout": _("Payouts"),
    "payout_result": _("What the bank said of payouts"),
    "exchange": _("Exchange"),
}
TRADES: Final[dict[str, Words]] = {
    Trade.SOLD: _("Sold to advertisers"),
    Trade.BOUGHT: _("Bought from publishers"),
}
TAXES: Final[dict[str, Words]] = {
    Trade.SOLD: _("Output VAT, and sales without VAT"),
    Trade.BOUGHT: _("Input VAT, and the base of VAT that you account for as a buyer"),
}
COUNTINGS: Final[dict[str, Words]] = {
    Counting.BOOKED: _("By the day of booking"),
    Counting.SUPPLIED: _("By the day of supply"),
}
TREATMENTS: Final[dict[str, Words]] = {
    Treatment.DOMESTIC: _("VAT within the country"),
    Treatment.REVERSE_CHARGE: _("Reverse charge within the EU"),
    Treatment.ABROAD: _("Supplied outside the seller's country"),
    Treatment.EXPORT: _("Export of services from Norway"),
    Treatment.NOT_REGISTERED: _("The seller is not registered for VAT"),
    Treatment.UNKNOWN: _("Not known"),
}
PLACES: Final[dict[str, Words]] = {
    Place.HOME: _("In the operator's country"),
    Place.UNION: _("Abroad, in an EU country"),
    Place.OUTSIDE: _("Outside the EU"),
    Place.UNKNOWN: _("Its frozen data is damaged or gone"),
}
REPORTING: Final[dict[str, tuple[Words, str]]] = {
    "reported": (_("To report"), "news"),
    "outside": (_("Outside the EU and Norway"), "calm"),
    "unknown": (_("Country not said"), "warn"),
}


def sort_words(sort: Sort, account: Account) -> Words:
    """What a sort of lines is called on an account."""
    is_bought = sort is Sort.EARNED and account is not Account.PAYABLE
    return BOUGHT if is_bought else SORTS[sort]


def kind_words(kind: str, account: Account) -> Words:
    """What a line is called."""
    if kind == "paper":
        return SORTS[Sort.TAX] if account is Account.PAYABLE else PAPER
    return KINDS.get(kind) or sort_words(Sort.EARNED, account)
