"""What verdicts, states and choices are called; every verdict with its sentence and how to mend it."""

from typing import Final, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from utfall.portal.access.errors import Words
from utfall.portal.imports.contracts import (
    Booking,
    Dates,
    Decimals,
    Ledger,
    Past,
    RowState,
    State,
    Verdict,
)
from utfall.portal.tracking.reasons_words import reason_words


class Said(NamedTuple):
    """What is to be known about a row, and how to mend it."""

    sentence: Words
    mend: Words = ""


CODES: Final[dict[str, Said]] = {
    # what could not be read
    "row_unreadable": Said(
        _("This row could not be read."), _("It has more cells than the heading, or an open quotation mark.")
    ),
    "external_missing": Said(_("The row has no id."), _("Choose another column for it, or fill it in.")),
    "name_missing": Said(_("The publisher has no name."), _("Fill it in, with 2 to 120 characters.")),
    "destination_missing": Said(_("The row does not say where the link leads."), _("Fill it in.")),
    "code_missing": Said(_("The row has no promo code."), _("Fill it in.")),
    "publisher_missing": Said(
        _("The row names no publisher."),
        _("Choose the column that does, or the partner whose rows they all are."),
    ),
    "date_unreadable": Said(
        _("The day could not be read as you said days are written."),
        _("Choose the other order of day and month, or mend the row."),
    ),
    "date_in_future": Said(_("This has not happened yet."), _("Check the order of day and month.")),
    "amount_unreadable": Said(
        _("The amount could not be read as you said amounts are written."),
        _("Choose the other decimal sign, or mend the row."),
    ),
    "amount_too_large": Said(_("The amount is larger than any order."), _("Check the decimal sign.")),
    "amount_negative": Said(
        _("The amount is below zero."),
        _("A later correction is not a sale: mark the sale itself as declined."),
    ),
    "currency_unknown": Said(
        _("There is no such currency."), _("Three letters, such as SEK; or choose one for all rows.")
    ),
    "status_unknown": Said(
        _("This state is not known."), _("Use pending, approved or declined, or what the network calls them.")
    ),
    # what is not taken over
    "not_active_there": Said(_("This publisher is not active there."), _("Nothing to do.")),
    "ended_there": Said(_("This code has ended."), _("Nothing to do.")),
    "not_a_sale": Said(
        _("This is neither a sale nor a lead."), _("Nothing to do: bonuses and clicks are not taken over.")
    ),
    # what is here
    "known_before": Said(_("This was imported before, and is as it was."), _("Nothing to do.")),
    "partner_has_it": Said(_("The partner has this code already."), _("Nothing to do.")),
    "told_again": Said(_("This transaction was imported before, and stands as it did."), _("Nothing to do.")),
    # what stands against it
    "twice": Said(_("An earlier row has the same id."), _("Leave one of them out.")),
    "publisher_unknown": Said(
        _("This publisher is not known here."),
        _("Import the network's publishers first, then send this file again."),
    ),
    "publisher_known": Said(
        _("This publisher has an account here and is not your partner."),
        _("Choose that known publishers are invited, or invite it among your partners."),
    ),
    "two_publishers": Said(
        _("The name is that of one publisher here, the website that of another."),
        _("Invite the right one among your partners, and give the row its name."),
    ),
    "operator_needed": Said(
        _("New publishers are let in by the operator here."), _("Ask the operator to import this file.")
    ),
    "code_of_another": Said(
        _("The code belongs to another partner of the program."), _("End it there first, under Codes.")
    ),
    "told_otherwise": Said(
        _("This transaction was imported before, of another publisher, moment or currency."),
        _("Check the file; an id must stay with its transaction."),
    ),
    "in_the_book": Said(
        _("The book has this order, so its state is decided here."), _("Decide about it under Validation.")
    ),
    # what is worth knowing of a row that is taken over
    "comes_back": Said(_("This was undone before, and comes back.")),
    "is_partner": Said(_("This publisher is your partner already; only its id there is noted.")),
    "is_invited": Said(_("This publisher has an account here: it is invited, and has to accept.")),
    "key_changed": Said(_("Its key is taken or does not fit, so the link gets a new one.")),
    "order_in_book": Said(
        _("This order is in the book as well, so it is history only."),
        _("Both networks may have paid it: look at the order."),
    ),
    "declined_there": Said(_("It was declined there, so it is history only.")),
    "before_terms": Said(
        _("The program was not live here when it happened, so it is history only."),
    ),
    "too_old_for_terms": Said(_("It is older than the terms accept, so it is history only.")),
    "not_partner_then": Said(
        _("The publisher was not a partner here when it happened, so it is history only.")
    ),
    "no_link_then": Said(
        _("The partner had no link here when it happened, so it is history only."),
    ),
    "price_differs": Said(
        _("Our terms pay another commission than the network, so it is history only."),
        _("Choose that our terms decide, and import it again; or keep it as history."),
    ),
    "no_price": Said(_("Our terms pay nothing for it, so it is history only.")),
    # what stays when an import is undone
    "has_links": Said(_("It has links that still count."), _("End them, or undo their import first.")),
    "has_codes": Said(_("It has promo codes that still count."), _("End them, or undo their import first.")),
    "has_orders": Said(_("Orders were earned with it."), _("It stays: what was earned is not taken back.")),
    "has_clicks": Said(_("It was clicked."), _("End the link under Links, if it should stop.")),
    "has_people": Said(
        _("Somebody has taken over the account."), _("Pause or end the partnership among your partners.")
    ),
    "has_history": Said(_("Its transactions were imported."), _("Undo their import first.")),
    "changed_since": Said(_("A later import changed it."), _("Undo that one first.")),
    "was_here": Said(_("It was here before the import.")),
    "not_settled": Said(_("It is being settled right now."), _("Undo again in a moment.")),
    "not_paused": Said(_("The partnership has moved on since."), _("See it among your partners.")),
}
"""Everything that judging and undoing say themselves. What other apps refuse is said in their words."""

TROUBLES: Final[dict[str, Words]] = {
    "file_empty": _("The file is empty."),
    "file_not_text": _("The file is no table. Save it as CSV in UTF-8."),
    "no_heading": _("The first line must name the columns."),
    "no_rows": _("There is nothing below the heading."),
    "too_many_rows": _("An import takes at most 50,000 rows. Divide the file."),
    "file_gone": _("The file is no longer here. Send it again."),
    "failed": _("Something went wrong while it was worked on."),
}
STATES: Final[dict[State, tuple[Words, str]]] = {
    State.MAPPING: (_("Columns to be checked"), "warn"),
    State.CHECKING: (_("Being checked"), "news"),
    State.CHECKED: (_("Preview"), "warn"),
    State.IMPORTING: (_("Being imported"), "news"),
    State.DONE: (_("Imported"), "good"),
    State.UNDOING: (_("Being undone"), "news"),
    State.UNDONE: (_("Undone"), "calm"),
    State.PART_UNDONE: (_("Partly undone"), "warn"),
    State.DISCARDED: (_("Discarded"), "calm"),
    State.FAILED: (_("Failed"), "bad"),
}
VERDICTS: Final[dict[Verdict, tuple[Words, str]]] = {
    Verdict.NEW: (pgettext_lazy("row", "New"), "good"),
    Verdict.CHANGED: (pgettext_lazy("row", "Changed"), "news"),
    Verdict.HERE: (_("Already here"), "calm"),
    Verdict.LEFT_OUT: (_("Left out"), "calm"),
    Verdict.CONFLICT: (_("Conflict"), "warn"),
    Verdict.UNREADABLE: (_("Unreadable"), "bad"),
}
ROW_STATES: Final[dict[RowState, tuple[Words, str]]] = {
    RowState.JUDGED: ("", "calm"),
    RowState.DONE: (_("Imported"), "good"),
    RowState.UNDONE: (_("Undone"), "calm"),
    RowState.STAYS: (_("Stays"), "warn"),
}
STATUSES: Final[dict[Past, tuple[Words, str]]] = {
    Past.PENDING: (_("Pending there"), "warn"),
    Past.APPROVED: (_("Approved there"), "good"),
    Past.DECLINED: (_("Declined there"), "bad"),
}
BOOKINGS: Final[dict[Booking, tuple[Words, str]]] = {
    Booking.NONE: (_("History"), "calm"),
    Booking.WRITING: (_("Being written"), "news"),
    Booking.WRITTEN: (_("Being settled"), "news"),
    Booking.BOOKED: (_("In the book"), "good"),
    Booking.OVERRULED: (_("Settlement paid nothing"), "bad"),
    Booking.TAKEN_BACK: (_("Taken back"), "calm"),
}
DATES: Final[dict[Dates, Words]] = {
    Dates.ISO: _("Year first: 2026-01-31"),
    Dates.DAY_FIRST: _("Day first: 31/01/2026 or 31.01.2026"),
    Dates.MONTH_FIRST: _("Month first: 01/31/2026"),
}
DECIMALS: Final[dict[Decimals, Words]] = {
    Decimals.DOT: _("With a dot: 1,234.50"),
    Decimals.COMMA: _("With a comma: 1.234,50"),
    Decimals.MINOR: _("Whole cents or öre: 123450"),
}
LEDGERS: Final[dict[Ledger, tuple[Words, Words]]] = {
    Ledger.HISTORY: (
        _("History only"),
        _("Kept to look back on and to compare. Nothing is owed here: the network that tracked them pays."),
    ),
    Ledger.SETTLE: (
        _("Settle here what the terms allow"),
        _(
            "For sales the other network will not pay. What happened while the program was live here and"
            " the publisher was its partner is priced by your terms and owed; everything else is history."
        ),
    ),
}


def said_of(code: str, said: str = "") -> Said:
    """What a code says: our own words, those another app refused with, or settlement's."""
    if not code:
        return Said("")
    if code in CODES:
        return CODES[code]
    if said:
        return Said(said)
    told = reason_words(code)
    return Said(told.sentence or code, told.mend)
