"""Why somebody gets no paper, in words, with what mends it."""

from datetime import date
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.invoices.parties import UNTAXED
from utfall.portal.look.formats import day
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
        "The VAT must be said in the seller's own currency, too. Fetch a newer table under exchange rates, or"
        " give its file there, and draft again."
    ),
    "under_way": _("A paper of theirs in this currency is on its way. Draft again in a moment."),
    "changed": _("Billing details changed since the draft. Draft again, and look at what it says now."),
    **{f"tax_{code}": sentence for code, sentence in UNTAXED.items()},
}


def sentence_of(code: str, about: str = "") -> Words:
    """Why there is no paper: our own reason, or settlement's. `about`: the two currencies and the day whose
    rate is missing.
    """
    sentence = REASONS.get(code) or reason_words(code).sentence or code
    if code != "no_rate" or not about:
        return sentence
    currency, into, on = about.split()
    missing = gettext("There is no rate of %(currency)s in %(into)s of %(day)s or the seven days before.")
    told = {"currency": currency, "into": into, "day": day(date.fromisoformat(on))}
    return f"{missing % told} {sentence}"
