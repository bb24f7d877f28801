"""Why somebody gets no paper, in words, with what mends it."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.invoices.parties import UNTAXED
from utfall.portal.tracking.reasons_words import reason_words

REASONS: Final[dict[str, Words]] = {
    "nothing_earned": _("Nothing was earned since the paper before."),
    "below_unit": _("It is less than the smallest unit of the currency, and waits for the next paper."),
    "particulars": _(
        "The billing details are not complete. They are filled in by the party, or by you for it."
    ),
    "agreement": _(
        "The self-billing agreement is not accepted. The publisher accepts it under billing details."
    ),
    "no_house_account": _("There is no account of ours in this currency. Add it under our accounts."),
    "no_rate": _(
        "The tax must be said in the seller's own currency, too, and there is no rate of the last seven days."
        " Put a newer table of rates in place, and draft again."
    ),
    "under_way": _("A paper of theirs in this currency is on its way. Draft again in a moment."),
    "changed": _("Billing details changed since the draft. Draft again, and look at what it says now."),
    **{f"tax_{code}": sentence for code, sentence in UNTAXED.items()},
}


def sentence_of(code: str) -> Words:
    """Why there is no paper: our own reason, or settlement's."""
    return REASONS.get(code) or reason_words(code).sentence or code
