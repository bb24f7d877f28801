"""What verdicts, states, ways and actions are called; every verdict with its sentence and how to mend it."""

from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.tracking.reasons_words import reason_words
from utfall.portal.validation.contracts import Due, Hold, RowState, State, Way


class Verdict(NamedTuple):
    """What is wrong with a row, and how to mend it."""

    sentence: Words
    mend: Words


VERDICTS: Final[dict[str, Verdict]] = {
    "row_unreadable": Verdict(
        _("This row could not be read."), _("Compare it with the columns described here.")
    ),
    "order_missing": Verdict(
        _("The row names no order."), _("Give our number in “id”, or your reference in “order”.")
    ),
    "unknown_order": Verdict(
        _("You have no order with this number or reference."),
        _("Correct it, or wait until the order has been settled."),
    ),
    "ambiguous_order": Verdict(
        _("Several of your orders have this reference."),
        _("Add the columns “order_date” and “outcome” (sale, lead, action, install)."),
    ),
    "date_differs": Verdict(
        _("The order was not placed on this day."), _("Check that this is the right order.")
    ),
    "date_invalid": Verdict(_("The day could not be read."), _("Write it as 2026-01-31.")),
    "date_ambiguous": Verdict(
        _("The day could be two: nobody knows which number is the month."), _("Write it as 2026-01-31.")
    ),
    "twice": Verdict(
        _("An earlier row is about the same order."), _("Decide about each order once in a batch.")
    ),
    "action_unknown": Verdict(_("There is no such decision."), _("Use approve, decline, amend or refund.")),
    "reason_missing": Verdict(
        _("A declined or refunded order needs a reason, which its partner reads."),
        _("Give one of the reasons described here."),
    ),
    "reason_unknown": Verdict(_("There is no such reason."), _("Give one of the reasons described here.")),
    "evidence_missing": Verdict(
        _("The program asks for evidence with this reason."),
        _("Say in a sentence what happened; the partner reads it."),
    ),
    "evidence_too_long": Verdict(
        _("The evidence is longer than 500 characters."), _("Shorten it, or refer to a case of yours.")
    ),
    "already_approved": Verdict(
        _("This order is approved already."), _("Nothing to do. To take it back, refund it.")
    ),
    "already_declined": Verdict(_("This order was declined before."), _("Nothing to do.")),
    "already_reversed": Verdict(_("All of this order was refunded before."), _("Nothing to do.")),
    "order_is_held": Verdict(
        _("This order is held, for its traffic looks doubtful."),
        _("Release it in the review queue, or say in “despite_hold” why it is approved all the same."),
    ),
    "despite_hold_too_long": Verdict(
        _("The reason to approve a held order is longer than 500 characters."), _("Shorten it.")
    ),
    "owes_nothing": Verdict(
        _("This order earned nobody a commission, so there is nothing to approve."),
        _("See its receipt for the reason."),
    ),
    "not_pending": Verdict(
        _("The commission is approved, so the order can neither be declined nor amended."),
        _("Refund it instead, wholly or in part."),
    ),
    "deadline_passed": Verdict(
        _("The time to object is over: silence has approved this order."),
        _("Refund it instead, wholly or in part."),
    ),
    "was_refunded": Verdict(
        _("A part of this order was refunded, so its lines can no longer be amended."),
        _("Refund what is left, wholly or in part."),
    ),
    "amount_invalid": Verdict(
        _("The amount could not be read."), _("Write it with a dot and without a currency: 199.50.")
    ),
    "amount_missing": Verdict(
        _("An amendment says what the order, or some of its lines, now amount to."),
        _("Give an amount, or lines with their amounts."),
    ),
    "amount_and_lines": Verdict(
        _("An amount of the whole and of single lines cannot both be given."), _("Leave one of them out.")
    ),
    "amount_too_large": Verdict(
        _("This is more than is left of the order or of its line."), _("Take back at most what is left.")
    ),
    "amount_unwanted": Verdict(
        _("An approval or a decline is about the whole order and takes no amounts."),
        _("Use amend or refund for a part of it."),
    ),
    "currency_differs": Verdict(
        _("The order is in another currency."), _("Give the amount in the currency of the order.")
    ),
    "line_unknown": Verdict(
        _("The order has no such line."), _("Lines count from 1, in the order of the receipt.")
    ),
    "nothing_changed": Verdict(_("The order already is as you say."), _("Nothing to do.")),
}
"""Everything that judging may say. What settlement says is in `tracking.reasons_words`."""

STATES: Final[dict[State, tuple[Words, str]]] = {
    State.READING: (_("Being read"), "news"),
    State.READY: (_("To be confirmed"), "warn"),
    State.WRITING: (_("Being written"), "news"),
    State.WRITTEN: (_("Being settled"), "news"),
    State.SETTLED: (_("Settled"), "good"),
    State.DISCARDED: (_("Discarded"), "calm"),
    State.FAILED: (_("Failed"), "bad"),
}
ROW_STATES: Final[dict[RowState, tuple[Words, str]]] = {
    RowState.REFUSED: (_("Refused"), "bad"),
    RowState.READY: (_("Good"), "news"),
    RowState.WAITING: (_("Being settled"), "news"),
    RowState.ACCEPTED: (_("Done"), "good"),
    RowState.OVERRULED: (_("Refused at settlement"), "bad"),
}
WAYS: Final[dict[Way, Words]] = {
    Way.PAGE: _("One order"),
    Way.SELECTION: _("Selected orders"),
    Way.FILTER: _("All that match"),
    Way.FILE: _("File"),
    Way.API: _("API"),
    Way.CLAIM: _("Claim"),
}
DUES: Final[dict[Due, tuple[Words, str]]] = {
    Due.TODAY: (_("Today"), "clock-exclamation"),
    Due.WEEK: (_("Within a week"), "calendar"),
    Due.LATER: (_("Later"), "clock-hour-4"),
    Due.NEVER: (_("Never by itself"), "hand-stop"),
}
"""When silence approves."""
VERBS: Final[dict[str, Words]] = {
    "approve": _("Approve"),
    "decline": _("Decline"),
    "amend": _("Amend"),
    "refund": _("Refund"),
}


def held_for(hold: Hold) -> str:
    """That an order is held, naming for what."""
    return str(_("Held for %(name)s: %(sentence)s") % {"name": hold.name, "sentence": hold.sentence})


def words_of(code: str) -> Verdict:
    """What a code says: judging's own, or one of settlement's reasons."""
    if not code:
        return Verdict("", "")
    if code in VERDICTS:
        return VERDICTS[code]
    told = reason_words(code)
    return Verdict(told.sentence or code, told.mend)
