"""Grants in words and badges."""

from django import template
from django.utils.safestring import SafeString

from utfall.portal.access.errors import Words
from utfall.portal.bonuses.words import REASONS, STATES
from utfall.portal.look.states import badge
from utfall.portal.tracking.reasons_words import reason_words

register = template.Library()


@register.filter
def grant_reason(reason: str) -> Words:
    """What a grant is."""
    return REASONS[reason]


@register.filter
def grant_state(state: str) -> SafeString:
    """How far a grant is, as a badge."""
    return badge(*STATES[state])


@register.filter
def grant_refused(code: str) -> Words:
    """Why the book refused a grant."""
    return reason_words(code).sentence
