"""Words of payouts."""

# Written by `python -m tools.client` from the OpenAPI document. Do not edit.

from utfall.client.words import Word


class ExchangeRateUse(Word):
    """What a currency is used for."""

    PAYABLE = "payable"
    ACCOUNT = "account"
    INTO = "into"
    EXCHANGED = "exchanged"


class ExchangeRatesProblem(Word):
    """Why a table of rates was not taken."""

    RATES_UNREACHABLE = "rates_unreachable"
    RATES_NO_TABLE = "rates_no_table"
    RATES_AHEAD = "rates_ahead"
    RATES_NOT_NEWER = "rates_not_newer"


class PayoutBatchState(Word):
    """Where a batch stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    RELEASED = "released"
    SENT = "sent"
    DISCARDED = "discarded"


class PayoutEnd(Word):
    """What a bank says of a payout: it arrived, it was not made, or it was made and came back."""

    COMPLETED = "completed"
    FAILED = "failed"
    RETURNED = "returned"


class PayoutExchangeState(Word):
    """Where an exchange stands: told to the journal with its payout, and undone where that never left."""

    PLANNED = "planned"
    WAITING = "waiting"
    MADE = "made"
    REFUSED = "refused"
    UNDOING = "undoing"
    UNDONE = "undone"
    KEPT = "kept"


class PayoutSchedule(Word):
    """How often a publisher is paid."""

    MONTHLY = "monthly"
    SEMI_MONTHLY = "semi_monthly"
    WEEKLY = "weekly"
    MANUAL = "manual"


class PayoutState(Word):
    """Where a payout stands."""

    DRAFT = "draft"
    PENDING = "pending"
    READY = "ready"
    SENT = "sent"
    COMPLETED = "completed"
    FAILED = "failed"
    RETURNED = "returned"
    REFUSED = "refused"
    DISCARDED = "discarded"


class UnpaidReason(Word):
    """Why somebody is not paid yet; the rows of docs/algorithms/payouts.md."""

    PARTICULARS = "particulars"
    AGREEMENT = "agreement"
    TAX = "tax"
    ACCOUNT_MISSING = "account_missing"
    ACCOUNT_NEW = "account_new"
    ACCOUNT_REFUSED = "account_refused"
    UNSENDABLE = "unsendable"
    STOPPED = "stopped"
    SUSPENDED = "suspended"
    IN_BATCH = "in_batch"
    BELOW_MINIMUM = "below_minimum"
    NOT_YET = "not_yet"
    NOT_ASKED = "not_asked"
    NO_HOUSE_ACCOUNT = "no_house_account"
    RATE_OLD = "rate_old"
    OWED = "owed"


__all__ = [
    "ExchangeRateUse",
    "ExchangeRatesProblem",
    "PayoutBatchState",
    "PayoutEnd",
    "PayoutExchangeState",
    "PayoutSchedule",
    "PayoutState",
    "UnpaidReason",
]
