"""Why something was refused, unpaid or unattributed: a closed list, each with a sentence and its mend.

`Reason` values are stored in the lake by name and shown to both sides. A reason is never reused for
another meaning and never removed.
"""

from enum import StrEnum
from typing import Final, NamedTuple


class Reason(StrEnum):
    """A coded reason; `REASONS` holds its words."""

    MALFORMED = "malformed"
    UNKNOWN_KIND = "unknown_kind"
    UNSUPPORTED_VERSION = "unsupported_version"
    MISSING_FIELD = "missing_field"
    INVALID_FIELD = "invalid_field"
    TOO_LARGE = "too_large"
    UNAUTHORISED = "unauthorised"
    FORBIDDEN = "forbidden"
    UNAVAILABLE = "unavailable"
    UNKNOWN_LINK = "unknown_link"
    UNKNOWN_PROGRAM = "unknown_program"
    UNKNOWN_ADVERTISER = "unknown_advertiser"
    UNKNOWN_ORDER = "unknown_order"
    DESTINATION_NOT_ALLOWED = "destination_not_allowed"
    INVALID_CLICK_TOKEN = "invalid_click_token"
    INVALID_CURRENCY = "invalid_currency"
    DUPLICATE_EVENT = "duplicate_event"
    DUPLICATE_ORDER = "duplicate_order"
    TOO_OLD = "too_old"
    FROM_THE_FUTURE = "from_the_future"
    PROGRAM_NOT_ACTIVE = "program_not_active"
    PROGRAM_PAUSED = "program_paused"
    LINK_EXPIRED = "link_expired"
    NOT_ENROLLED = "not_enrolled"
    TEST = "test"
    ROBOT = "robot"
    REPEATED_CLICK = "repeated_click"
    ADDRESS_TOO_FAST = "address_too_fast"
    LINK_TOO_FAST = "link_too_fast"
    NO_TOUCH = "no_touch"
    CHANNEL_EXCLUDED = "channel_excluded"
    CURRENCY_MISMATCH = "currency_mismatch"
    NO_RULE = "no_rule"
    CAP_REACHED = "cap_reached"
    BUDGET_EXHAUSTED = "budget_exhausted"
    NOT_PENDING = "not_pending"
    ALREADY_DECLINED = "already_declined"
    REFUND_EXCEEDS_ORDER = "refund_exceeds_order"
    NOTHING_CHANGED = "nothing_changed"
    UNKNOWN_PUBLISHER = "unknown_publisher"
    DUPLICATE_MOVEMENT = "duplicate_movement"
    UNKNOWN_FUNDING = "unknown_funding"
    NOT_NEXT_NUMBER = "not_next_number"
    AMOUNT_DIFFERS = "amount_differs"
    EXCEEDS_BALANCE = "exceeds_balance"
    NOT_WHOLE = "not_whole"
    UNKNOWN_PAPER = "unknown_paper"
    EXCEEDS_PAPER = "exceeds_paper"
    UNKNOWN_PAYOUT = "unknown_payout"
    NUMBER_TAKEN = "number_taken"
    WRONG_STATE = "wrong_state"
    RATE_DIFFERS = "rate_differs"
    UNKNOWN_BOUND = "unknown_bound"
    UNKNOWN_EXCHANGE = "unknown_exchange"
    LOCKED = "locked"
    EVIDENCE_MISSING = "evidence_missing"
    NOT_AGREED = "not_agreed"
    UNKNOWN_ITEM = "unknown_item"
    NOT_LATER = "not_later"


class Words(NamedTuple):
    """What a reason means and how to mend it."""

    sentence: str
    mend: str


REASONS: Final[dict[Reason, Words]] = {
    Reason.MALFORMED: Words(
        "The request or row could not be read.",
        "Send valid JSON or query parameters as the API reference shows.",
    ),
    Reason.UNKNOWN_KIND: Words(
        "The row's kind is not one we know.", "Use one of the kinds listed in the events reference."
    ),
    Reason.UNSUPPORTED_VERSION: Words(
        "The event names a version newer than this installation reads.",
        "Upgrade Utfall, or send an older version.",
    ),
    Reason.MISSING_FIELD: Words("A required field is missing.", "Add the field named in the verdict."),
    Reason.INVALID_FIELD: Words(
        "A field has the wrong type, length or value.", "Correct the field named in the verdict."
    ),
    Reason.TOO_LARGE: Words(
        "The request exceeds a size limit.", "Send less at a time; limits are in the settings."
    ),
    Reason.UNAUTHORISED: Words("The key is missing, unknown or expired.", "Send a valid bearer key."),
    Reason.FORBIDDEN: Words(
        "The key is valid but not for this advertiser or publisher.", "Use a key of the right organisation."
    ),
    Reason.UNAVAILABLE: Words(
        "The event could not be made durable just now; nothing was accepted.", "Retry with the same event id."
    ),
    Reason.UNKNOWN_LINK: Words(
        "No tracking link has this key.", "Copy the link again from the publisher's page."
    ),
    Reason.UNKNOWN_PROGRAM: Words("No program has this id.", "Use a program id of this advertiser."),
    Reason.UNKNOWN_ADVERTISER: Words(
        "No advertiser has this id.", "Use the advertiser id of the tracking set-up."
    ),
    Reason.UNKNOWN_ORDER: Words(
        "No conversion with this order reference is known.",
        "Send the conversion first, or correct the reference.",
    ),
    Reason.DESTINATION_NOT_ALLOWED: Words(
        "The deep link leads outside the domains the program allows.", "Link to a page on an allowed domain."
    ),
    Reason.INVALID_CLICK_TOKEN: Words(
        "The click token is not one we signed, or it was altered.", "Pass the token exactly as it arrived."
    ),
    Reason.INVALID_CURRENCY: Words(
        "The currency is not an ISO 4217 code.", "Send a three-letter currency code."
    ),
    Reason.DUPLICATE_EVENT: Words(
        "An event with this id was already accepted.", "Nothing to do: the first one counts."
    ),
    Reason.DUPLICATE_ORDER: Words(
        "This order was already recorded and the call added nothing new.",
        "Nothing to do: the first one counts.",
    ),
    Reason.TOO_OLD: Words(
        "The event happened longer ago than the program accepts.",
        "Send events as they happen, or import them.",
    ),
    Reason.FROM_THE_FUTURE: Words(
        "The event's time lies in the future.", "Correct the sender's clock or time zone."
    ),
    Reason.PROGRAM_NOT_ACTIVE: Words(
        "The program was not live at that time.", "Check the program's start and end."
    ),
    Reason.PROGRAM_PAUSED: Words("The program was paused at that time.", "Resume the program."),
    Reason.LINK_EXPIRED: Words("The link was not valid at that time.", "Renew the link."),
    Reason.NOT_ENROLLED: Words(
        "The publisher was not approved in the program at that time.",
        "Apply to the program, or approve the publisher.",
    ),
    Reason.TEST: Words("A test event: it is shown but moves no money.", "Remove the test flag to go live."),
    Reason.ROBOT: Words("The visitor is a known robot.", "None: robots are kept and never billed."),
    Reason.REPEATED_CLICK: Words(
        "The same visitor clicked the same link within the hour.", "None: the first click counts."
    ),
    Reason.ADDRESS_TOO_FAST: Words(
        "Too many clicks came from one address in a minute.", "None, or raise the limit for a known proxy."
    ),
    Reason.LINK_TOO_FAST: Words(
        "Too many clicks came on one link in a minute.", "None, or raise the limit before a large campaign."
    ),
    Reason.NO_TOUCH: Words(
        "No click, view or code of a publisher qualified for this order.",
        "See the receipt: each touch says why.",
    ),
    Reason.CHANNEL_EXCLUDED: Words(
        "The program does not pay orders that the advertiser credits to this channel.",
        "See the program's channel policy.",
    ),
    Reason.CURRENCY_MISMATCH: Words(
        "The order's currency differs from the program's.", "Send the order in the program's currency."
    ),
    Reason.NO_RULE: Words("No commission rule of the program matches.", "Add a rule, or a default rule."),
    Reason.CAP_REACHED: Words(
        "A cap of the program was reached.", "Raise the cap, or wait for its next period."
    ),
    Reason.BUDGET_EXHAUSTED: Words("The program's budget is used up.", "Raise the budget."),
    Reason.NOT_PENDING: Words(
        "The commission is no longer pending, so it cannot be approved, declined or amended.",
        "Refund an approved order instead.",
    ),
    Reason.ALREADY_DECLINED: Words("The order was declined before.", "Nothing to do."),
    Reason.REFUND_EXCEEDS_ORDER: Words(
        "The refund is larger than what is left of the order or line.", "Refund at most the remaining amount."
    ),
    Reason.NOTHING_CHANGED: Words("The amendment changes nothing.", "Send what changed."),
    Reason.UNKNOWN_PUBLISHER: Words(
        "No publisher has this id.",
        "Use the id of a publisher of this network.",
    ),
    Reason.DUPLICATE_MOVEMENT: Words(
        "This movement of the bank was recorded before.",
        "Nothing to do: the first one counts.",
    ),
    Reason.UNKNOWN_FUNDING: Words(
        "No payment of this name waits for its owner.",
        "Look up where the payment stands: it may have been matched, or sent back.",
    ),
    Reason.NOT_NEXT_NUMBER: Words(
        "The paper's number is not the next of its series.",
        "Issue it again under the next number.",
    ),
    Reason.AMOUNT_DIFFERS: Words(
        "The amount is not what the book says stands there.",
        "Make it anew from the book as it now stands.",
    ),
    Reason.EXCEEDS_BALANCE: Words(
        "The account holds less than the amount.",
        "Take at most what the account holds now.",
    ),
    Reason.NOT_WHOLE: Words(
        "The amount is not a whole number of the currency's smallest coin.",
        "Round it down; the rest stays on the account.",
    ),
    Reason.UNKNOWN_PAPER: Words(
        "No paper of this party and currency has this number.",
        "Look up the paper's number.",
    ),
    Reason.EXCEEDS_PAPER: Words(
        "The amount is more than what is left of the paper.",
        "Take at most what is left of it.",
    ),
    Reason.UNKNOWN_PAYOUT: Words(
        "No payout has this number.",
        "Look up the payout's number.",
    ),
    Reason.NUMBER_TAKEN: Words(
        "Another payout has this number.",
        "Use the next number.",
    ),
    Reason.WRONG_STATE: Words(
        "The payout is not in a state that this can follow on.",
        "Look up what became of the payout.",
    ),
    Reason.RATE_DIFFERS: Words(
        "The amount in the other currency is not what the rate makes of it.",
        "Work it out again from the rate.",
    ),
    Reason.UNKNOWN_BOUND: Words(
        "The book has no such entry to count up to, or an earlier paper counted further.",
        "Take the number of the book's last entry.",
    ),
    Reason.UNKNOWN_EXCHANGE: Words(
        "No exchange of this name can be taken back: it is unknown, taken back or paid out.",
        "Exchange the amount anew, at the rate of today.",
    ),
    Reason.LOCKED: Words(
        "The order is locked: the time in which it could be changed is over.",
        "Refund it instead: a chargeback is possible at any time.",
    ),
    Reason.EVIDENCE_MISSING: Words(
        "The program asks for evidence with this reason, and none was given.",
        "Say in `evidence` what happened; the publisher reads it.",
    ),
    Reason.NOT_AGREED: Words(
        "The program's terms let silence wait for no return window.",
        "Say in the terms how many days a delivery takes.",
    ),
    Reason.UNKNOWN_ITEM: Words(
        "The order has no such item, or it was returned.", "Nothing to do: another item may decide."
    ),
    Reason.NOT_LATER: Words(
        "Silence already waits as long, or for ever.", "Nothing to do: the later day holds."
    ),
}
