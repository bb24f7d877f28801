"""What states, schedules, reasons and the bank's codes are called."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.payouts.contracts import BatchState, ExchangeState, PayoutState, Reason, Schedule
from utfall.portal.payouts.rate_contracts import TableProblem, Use

SCHEDULES: Final[dict[str, Words]] = {
    Schedule.MONTHLY: _("Monthly, on the 15th"),
    Schedule.SEMI_MONTHLY: _("Twice a month, on the 1st and the 15th"),
    Schedule.WEEKLY: _("Weekly, on Mondays"),
    Schedule.MANUAL: _("When I ask for it"),
}
STATES: Final[dict[str, tuple[Words, str, str]]] = {
    PayoutState.DRAFT: (_("Being prepared"), "calm", "pencil"),
    PayoutState.PENDING: (_("Released"), "news", "clock-hour-4"),
    PayoutState.READY: (_("Ready for the bank"), "news", "file-check"),
    PayoutState.SENT: (_("With the bank"), "warn", "building-bank"),
    PayoutState.COMPLETED: (_("Paid"), "good", "circle-check"),
    PayoutState.FAILED: (_("Failed"), "bad", "alert-circle"),
    PayoutState.RETURNED: (_("Came back"), "bad", "arrow-back-up"),
    PayoutState.REFUSED: (_("Refused by the book"), "bad", "circle-x"),
    PayoutState.DISCARDED: (_("Taken out"), "calm", "circle-x"),
}
BATCH_STATES: Final[dict[str, tuple[Words, str]]] = {
    BatchState.DRAFT: (_("Being prepared"), "calm"),
    BatchState.PROPOSED: (_("Waits for a second person"), "warn"),
    BatchState.RELEASED: (_("Released"), "news"),
    BatchState.SENT: (_("With the bank"), "warn"),
    "over": (_("Answered by the bank"), "good"),
    BatchState.DISCARDED: (_("Discarded"), "calm"),
}
REASONS: Final[dict[str, Words]] = {
    Reason.PARTICULARS: _("The billing details are not complete."),
    Reason.AGREEMENT: _("The self-billing agreement is not accepted."),
    Reason.TAX: _("The VAT cannot be decided."),
    Reason.ACCOUNT_MISSING: _("There is no account to pay to."),
    Reason.ACCOUNT_NEW: _("The account is new: it is used once three days have passed, for your safety."),
    Reason.ACCOUNT_REFUSED: _("The bank refused this account. Give another."),
    Reason.UNSENDABLE: _("The bank would refuse the payment."),
    Reason.STOPPED: _("Payouts are stopped."),
    Reason.SUSPENDED: _("The organisation is not active."),
    Reason.IN_BATCH: _("It stands in a batch that is being prepared."),
    Reason.BELOW_MINIMUM: _("It is less than the minimum."),
    Reason.NOT_YET: _("The next payout day is not here yet."),
    Reason.NOT_ASKED: _("It is paid when it is asked for."),
    Reason.NO_HOUSE_ACCOUNT: _("The operator has no account in this currency."),
    Reason.RATE_OLD: _("The newest exchange rate is too old."),
    Reason.OWED: _("Orders that were paid before were refunded: it is taken from what is earned next."),
}
EXCHANGES: Final[dict[str, Words]] = {
    ExchangeState.PLANNED: _("Exchanged with the release"),
    ExchangeState.WAITING: _("Being settled"),
    ExchangeState.MADE: _("Exchanged"),
    ExchangeState.REFUSED: _("Refused by the book"),
    ExchangeState.UNDOING: _("Being undone"),
    ExchangeState.UNDONE: _("Undone: the payout never left"),
    ExchangeState.KEPT: _("Could not be undone: it stays in the payout currency"),
}
TABLE_PROBLEMS: Final[dict[str, Words]] = {
    TableProblem.UNREACHABLE: _("The address did not answer with a file."),
    TableProblem.NO_TABLE: _("It is no table of exchange rates as the European Central Bank offers it."),
    TableProblem.AHEAD: _("The newest day of the table is yet to come."),
    TableProblem.NOT_NEWER: _("The table has no newer day than the one in use."),
    "no_rates_url": _("No address is set: give a file, or set UTFALL_RATES_URL and restart."),
}
"""Why no newer table of exchange rates came."""
DUE_SHOWN: Final[dict[str, Words]] = {
    "all": _("Everybody"),
    "due": _("Due now"),
    "waiting": _("Not yet, and why"),
}
USES: Final[dict[str, Words]] = {
    Use.PAYABLE: _("payable in it"),
    Use.ACCOUNT: _("paid from our account"),
    Use.INTO: _("publishers want to be paid in it"),
    Use.EXCHANGED: _("exchanged lately"),
}
UNSENDABLE: Final[dict[str, Words]] = {
    "address": _("A payment across a border needs the town and the country of the payee."),
    "bic_needed": _("The BIC of the bank is needed for this currency and country."),
    "too_large": _("A payment may be at most 999,999,999.99."),
    "payee_name": _("The holder of the account is missing."),
}
BANK_CODES: Final[dict[str, Words]] = {
    "AC01": _("The account number is wrong."),
    "AC03": _("The account number is wrong."),
    "AC04": _("The account is closed."),
    "AC06": _("The account is blocked."),
    "AG01": _("The account takes no such payments."),
    "AM04": _("There was not enough on our account."),
    "AM05": _("The bank says that it was sent twice."),
    "BE04": _("The address of the payee is missing."),
    "MD07": _("The payee has died."),
    "MS02": _("The payee refused it."),
    "MS03": _("The bank gives no reason."),
    "RC01": _("The BIC of the bank is wrong."),
    "account_changed": _("The account was changed after the batch was made."),
    "not_due": _("Something came in the way after the batch was made."),
    "by_hand": _("Noted by hand."),
}
OF_ACCOUNT: Final = frozenset({"AC01", "AC03", "AC04", "AC06", "AG01", "BE04", "RC01"})
"""The bank's codes that are about the account: it has to be given anew."""


def bank_words(code: str, said: str = "") -> Words:
    """What a bank's code says, and its own words where it has any."""
    return BANK_CODES.get(code) or said or code
