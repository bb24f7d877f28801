"""The core's sentences about reasons and eliminations, listed so that the catalogues hold them.

The core knows no languages: its sentences are English and are translated where they are shown. A test
compares this list with the core's own. `DOOR` says more where the field tells more than the reason.
"""

from typing import Final, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from utfall.engine.attribution import ELIMINATIONS, Elimination
from utfall.events import REASONS, Reason


class Told(NamedTuple):
    """A reason in the reader's language: what it means and how to mend it."""

    sentence: str
    mend: str


SENTENCES: Final = (
    _("The request or row could not be read."),
    _("Send valid JSON or query parameters as the API reference shows."),
    _("The row's kind is not one we know."),
    _("Use one of the kinds listed in the events reference."),
    _("The event names a version newer than this installation reads."),
    _("Upgrade Utfall, or send an older version."),
    _("A required field is missing."),
    _("Add the field named in the verdict."),
    _("A field has the wrong type, length or value."),
    _("Correct the field named in the verdict."),
    _("The request exceeds a size limit."),
    _("Send less at a time; limits are in the settings."),
    _("The key is missing, unknown or expired."),
    _("Send a valid bearer key."),
    _("The key is valid but not for this advertiser or publisher."),
    _("Use a key of the right organisation."),
    _("The event could not be made durable just now; nothing was accepted."),
    _("Retry with the same event id."),
    _("No tracking link has this key."),
    _("Copy the link again from the publisher's page."),
    _("No program has this id."),
    _("Use a program id of this advertiser."),
    _("No advertiser has this id."),
    _("Use the advertiser id of the tracking set-up."),
    _("No conversion with this order reference is known."),
    _("Send the conversion first, or correct the reference."),
    _("The deep link leads outside the domains the program allows."),
    _("Link to a page on an allowed domain."),
    _("The click token is not one we signed, or it was altered."),
    _("Pass the token exactly as it arrived."),
    _("The currency is not an ISO 4217 code."),
    _("Send a three-letter currency code."),
    _("An event with this id was already accepted."),
    _("Nothing to do: the first one counts."),
    _("This order was already recorded and the call added nothing new."),
    _("The event happened longer ago than the program accepts."),
    _("Send events as they happen, or import them."),
    _("The event's time lies in the future."),
    _("Correct the sender's clock or time zone."),
    _("The program was not live at that time."),
    _("Check the program's start and end."),
    _("The program was paused at that time."),
    _("Resume the program."),
    _("The link was not valid at that time."),
    _("Renew the link."),
    _("The publisher was not approved in the program at that time."),
    _("Apply to the program, or approve the publisher."),
    _("A test event: it is shown but moves no money."),
    _("Remove the test flag to go live."),
    _("The visitor is a known robot."),
    _("None: robots are kept and never billed."),
    _("The same visitor clicked the same link within the hour."),
    _("None: the first click counts."),
    _("Too many clicks came from one address in a minute."),
    _("None, or raise the limit for a known proxy."),
    _("Too many clicks came on one link in a minute."),
    _("None, or raise the limit before a large campaign."),
    _("No click, view or code of a publisher qualified for this order."),
    _("See the receipt: each touch says why."),
    _("The program does not pay orders that the advertiser credits to this channel."),
    _("See the program's channel policy."),
    _("The order's currency differs from the program's."),
    _("Send the order in the program's currency."),
    _("No commission rule of the program matches."),
    _("Add a rule, or a default rule."),
    _("A cap of the program was reached."),
    _("Raise the cap, or wait for its next period."),
    _("The program's budget is used up."),
    _("Raise the budget."),
    _("The commission is no longer pending, so it cannot be approved, declined or amended."),
    _("Refund an approved order instead."),
    _("The order was declined before."),
    _("Nothing to do."),
    _("The refund is larger than what is left of the order or line."),
    _("Refund at most the remaining amount."),
    _("The amendment changes nothing."),
    _("Send what changed."),
    _("No publisher has this id."),
    _("Use the id of a publisher of this network."),
    _("This movement of the bank was recorded before."),
    _("No payment of this name waits for its owner."),
    _("Look up where the payment stands: it may have been matched, or sent back."),
    _("The paper's number is not the next of its series."),
    _("Issue it again under the next number."),
    _("The amount is not what the book says stands there."),
    _("Make it anew from the book as it now stands."),
    _("The account holds less than the amount."),
    _("Take at most what the account holds now."),
    _("The amount is not a whole number of the currency's smallest coin."),
    _("Round it down; the rest stays on the account."),
    _("No paper of this party and currency has this number."),
    _("Look up the paper's number."),
    _("The amount is more than what is left of the paper."),
    _("Take at most what is left of it."),
    _("No payout has this number."),
    _("Look up the payout's number."),
    _("Another payout has this number."),
    _("Use the next number."),
    _("The payout is not in a state that this can follow on."),
    _("Look up what became of the payout."),
    _("The amount in the other currency is not what the rate makes of it."),
    _("Work it out again from the rate."),
    _("The book has no such entry to count up to, or an earlier paper counted further."),
    _("Take the number of the book's last entry."),
    _("No exchange of this name can be taken back: it is unknown, taken back or paid out."),
    _("Exchange the amount anew, at the rate of today."),
    _("The order is locked: the time in which it could be changed is over."),
    _("Refund it instead: a chargeback is possible at any time."),
    _("The program asks for evidence with this reason, and none was given."),
    _("Say in `evidence` what happened; the publisher reads it."),
    _("The program's terms let silence wait for no return window."),
    _("Say in the terms how many days a delivery takes."),
    _("The order has no such item, or it was returned."),
    _("Nothing to do: another item may decide."),
    _("Silence already waits as long, or for ever."),
    _("Nothing to do: the later day holds."),
    _("Its link or code is not known."),
    _("It belongs to another advertiser or program."),
    _("The program was not active when the order was placed."),
    _("It happened after the order."),
    _("It happened after the checkout began; it keeps a claim and takes nothing."),
    _("The program does not attribute by this method."),
    _("The program's policy for the order's channel excludes it."),
    _("It is older than the look-back window of its class."),
    _("A method that stands before it in the program's order won."),
    _("A touch of a higher class won."),
    _("A later touch of the same class won."),
    _("The order was attributed before this touch was known."),
)
"""Every sentence of `REASONS` and `ELIMINATIONS`."""

DOOR: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("unauthorised", "token"): (
        _("The postback secret is missing or wrong, or the advertiser has none, and nothing can be amended."),
        _("Send the advertiser's secret as `token`, or the row to `/v1/events` with a bearer key."),
    ),
    ("forbidden", "accepts_pixel"): (
        _("This advertiser takes orders from servers only."),
        _("Tell of the order by a postback, or by `/v1/events`."),
    ),
}


def reason_words(reason: str, field: str = "") -> Told:
    """A reason in words; nothing for what is none of ours."""
    if (reason, field) in DOOR:
        sentence, mend = DOOR[reason, field]
        return Told(gettext(sentence), gettext(mend))
    try:
        words = REASONS[Reason(reason)]
    except ValueError:
        return Told("", "")
    return Told(gettext(words.sentence), gettext(words.mend))


def fate_words(elimination: str) -> str:
    """Why a touch did not win."""
    try:
        return gettext(ELIMINATIONS[Elimination(elimination)])
    except ValueError:
        return elimination
