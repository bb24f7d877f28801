"""Why an order stands where it stands, in words."""

from utfall.portal.tracking.reasons_words import reason_words
from utfall.portal.tracking.words import REASONS


def sentence_of(reason: str | None, status: str) -> str:
    """A reason of settlement's, or of the advertiser who declined or took back; nothing where none is."""
    if not reason:
        return ""
    if status in ("declined", "reversed"):
        return str(REASONS.get(reason, reason))
    return reason_words(reason).sentence or reason
