"""The one way into quality."""

from utfall.portal.quality.deadlines import see_to_deadlines
from utfall.portal.quality.doubts import doubt_words, doubts
from utfall.portal.quality.findings import (
    blamed,
    blaming,
    finding,
    findings,
    handled,
    handling_of,
    held,
    open_findings,
    stakes,
)
from utfall.portal.quality.holding import decline, dismiss, hold, release, reopen, undo
from utfall.portal.quality.profiles import look, looks, mine, profile, profiles
from utfall.portal.quality.reviewing import review_all

__all__ = [
    "blamed",
    "blaming",
    "decline",
    "dismiss",
    "doubt_words",
    "doubts",
    "finding",
    "findings",
    "handled",
    "handling_of",
    "held",
    "hold",
    "look",
    "looks",
    "mine",
    "open_findings",
    "profile",
    "profiles",
    "release",
    "reopen",
    "review_all",
    "see_to_deadlines",
    "stakes",
    "undo",
]
