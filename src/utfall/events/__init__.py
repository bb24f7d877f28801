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
    Source,
    Touch,
    VideoProgress,
    Viewable,
)
from utfall.events.reasons import REASONS, Reason, Words
from utfall.events.token import InvalidToken, Token, mint, open_token

__all__ = [
    "REASONS",
    "Action",
    "Amendment",
    "AnyEvent",
    "Click",
    "ClickRef",
    "Consent",
    "Conversion",
    "Cost",
    "DeclineReason",
    "EventDecodeError",
    "Impression",
    "InvalidToken",
    "Line",
    "LineChange",
    "Outcome",
    "Reason",
    "Refusal",
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
    "to_json",
]
