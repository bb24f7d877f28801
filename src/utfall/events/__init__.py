"""Events: what happened. One documented envelope, a closed set of kinds and of refusal reasons.

Promises: an event is immutable; version one is read forever; the same event has the same bytes everywhere.
Refuses: unknown kinds, versions from the future, wrong types, anything beyond the limits of `limits`.
The journal stores the compact form (msgpack arrays); people and partners see the JSON form (named fields).
"""

from utfall.events.codec import EventDecodeError, decode, decode_many, encode, from_json, to_json
from utfall.events.ids import event_id, event_time
from utfall.events.kinds import (
    Action,
    Amendment,
    AnyEvent,
    Click,
    ClickRef,
    Consent,
    Conversion,
    Cost,
    DeclineReason,
    Impression,
    Line,
    LineChange,
    Outcome,
    Refusal,
    Touch,
    VideoProgress,
    Viewable,
)
from utfall.events.money import (
    Bonus,
    BonusReason,
    Exchange,
    Funding,
    Matching,
    MoneyEvent,
    Owner,
    Paper,
    PaperKind,
    Payout,
    PayoutEnd,
    PayoutResult,
    Settling,
    paper_name,
)
from utfall.events.reasons import REASONS, Reason, Words
from utfall.events.sources import Source
from utfall.events.token import InvalidToken, Token, mint, open_token

__all__ = [
    "REASONS",
    "Action",
    "Amendment",
    "AnyEvent",
    "Bonus",
    "BonusReason",
    "Click",
    "ClickRef",
    "Consent",
    "Conversion",
    "Cost",
    "DeclineReason",
    "EventDecodeError",
    "Exchange",
    "Funding",
    "Impression",
    "InvalidToken",
    "Line",
    "LineChange",
    "Matching",
    "MoneyEvent",
    "Outcome",
    "Owner",
    "Paper",
    "PaperKind",
    "Payout",
    "PayoutEnd",
    "PayoutResult",
    "Reason",
    "Refusal",
    "Settling",
    "Source",
    "Token",
    "Touch",
    "VideoProgress",
    "Viewable",
    "Words",
    "decode",
    "decode_many",
    "encode",
    "event_id",
    "event_time",
    "from_json",
    "mint",
    "open_token",
    "paper_name",
    "to_json",
]
