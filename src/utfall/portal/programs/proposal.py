"""A text of the terms to begin with, in the advertiser's language: what nearly every program says."""

from django.utils.translation import gettext

from utfall.events import Outcome
from utfall.portal.programs.contracts import ProgramView
from utfall.terms import PromotionType


def proposed_text(view: ProgramView) -> str:
    """Paragraphs that fit what the draft allows; every one of them to be changed."""
    types = set(view.terms.promotion_types) or set(PromotionType)
    paragraphs = [
        gettext("You promote %(name)s truthfully and mark every link and ad as advertising.")
        % {"name": view.name},
        gettext("You do not bid on our name, its misspellings or our domains in search engines."),
        gettext("You do not buy through your own links, and pay nobody to click or to buy."),
    ]
    if PromotionType.EMAIL in types:
        paragraphs.append(
            gettext("You send e-mail only to people who asked you for it, under your own name.")
        )
    if PromotionType.VOUCHER in types:
        paragraphs.append(gettext("You publish only codes that we gave you. Codes of others earn nothing."))
    if view.outcome is Outcome.LEAD:
        paragraphs.append(
            gettext("A lead counts when the person can be reached, asked for it knowingly and is new to us.")
        )
    paragraphs.append(
        gettext(
            "What breaks these terms is declined with a reason, and you can answer it with your receipts."
        )
    )
    return "\n\n".join(paragraphs)
