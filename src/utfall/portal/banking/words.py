"""What files, verdicts and troubles are called, and how a file that was not read is mended."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.banking.contracts import FileKind, Verdict

KINDS: Final[dict[str, Words]] = {
    FileKind.STATEMENT: _("Account statement"),
    FileKind.STATUS: _("Answer to a payout file"),
    FileKind.UNREAD: _("Not read"),
}
VERDICTS: Final[dict[str, tuple[Words, str]]] = {
    Verdict.PAID: (_("Payout paid"), "good"),
    Verdict.FAILED: (_("Payout failed"), "bad"),
    Verdict.RETURNED: (_("Payout came back"), "bad"),
    Verdict.UNDER_WAY: (_("Payout on its way"), "calm"),
    Verdict.KNOWN: (_("Said before"), "calm"),
    Verdict.NOT_NOW: (_("Does not follow, or is of another amount"), "warn"),
    Verdict.UNKNOWN_PAYOUT: (_("No payout has this name"), "warn"),
    Verdict.DEPOSIT: (_("Deposit"), "good"),
    Verdict.SUSPENSE: (_("Whose is it?"), "warn"),
    Verdict.SENT_BACK: (_("Sent back"), "calm"),
    Verdict.OUTGOING: (_("Paid out, not by a payout of ours"), "warn"),
    Verdict.TWICE: (_("Told by another file"), "calm"),
}
TROUBLES: Final[dict[str, Words]] = {
    "not_xml": _("It is not XML. Ask the bank for camt.053, camt.054 or pain.002."),
    "too_large": _("It is larger than 256 MB. Ask the bank for a file a day."),
    "other_message": _("It is another message than camt.053, camt.054 or pain.002."),
    "incomplete": _("Something is missing in it. Fetch it again from the bank."),
    "empty": _("It is empty."),
    "amount": _("An amount in it cannot be read."),
    "date": _("A date in it cannot be read."),
    "balance": _("Its balances and movements do not add up. Fetch it again from the bank."),
    "status": _("It has a status that ISO 20022 does not know."),
    "account_unknown": _("It is about an account that is not among our accounts. Add the account first."),
}
