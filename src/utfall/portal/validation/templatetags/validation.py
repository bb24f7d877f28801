"""States, ways and verbs in words, for the pages of validation."""

from django import template
from django.utils.safestring import SafeString

from utfall.portal.access.errors import Words
from utfall.portal.look.states import badge
from utfall.portal.tracking.words import REASONS
from utfall.portal.validation.contracts import Due, RowState, State, Way
from utfall.portal.validation.words import DUES, ROW_STATES, STATES, VERBS, WAYS, words_of

register = template.Library()
ICONS = {
    "approve": "check",
    "decline": "x",
    "amend": "pencil",
    "refund": "receipt-refund",
}


@register.filter
def batch_state(state: str) -> SafeString:
    """How far a batch is, as a badge."""
    words, tone = STATES[State(state)]
    return badge(words, tone)


@register.filter
def row_state(state: str) -> SafeString:
    """What became of a row, as a badge."""
    words, tone = ROW_STATES[RowState(state)]
    return badge(words, tone)


@register.filter
def way_words(way: str) -> Words:
    """How decisions came."""
    return WAYS[Way(way)]


@register.filter
def due_words(due: str) -> Words:
    """When silence approves."""
    return DUES[Due(due)][0]


@register.filter
def due_icon(due: str) -> str:
    """The icon of a span of days."""
    return DUES[Due(due)][1]


@register.filter
def verb_words(action: str) -> Words:
    """What is decided, as a verb."""
    return VERBS.get(action, action)


@register.filter
def verb_icon(action: str) -> str:
    """The icon of a decision."""
    return ICONS.get(action, "checklist")


@register.filter
def decline_words(reason: str) -> Words:
    """A reason of the advertiser's."""
    return REASONS.get(reason, reason)


@register.filter
def code_words(code: str) -> Words:
    """What a verdict's code says."""
    return words_of(code).sentence


@register.filter
def code_mend(code: str) -> Words:
    """How to mend what a verdict's code says."""
    return words_of(code).mend
