"""Findings, states and denials in words, for the pages of claims."""

from django import template
from django.utils.safestring import SafeString

from utfall.portal.access.errors import Words
from utfall.portal.claims.words import AWARDS, DENIALS, FINDINGS, REMARKS, SIDES, STATES
from utfall.portal.look.states import badge
from utfall.portal.tracking.reasons_words import fate_words, reason_words
from utfall.portal.tracking.words import REASONS

register = template.Library()


@register.filter
def claim_state(state: str) -> SafeString:
    """Where a claim stands, as a badge."""
    words, tone, _icon = STATES[state]
    return badge(words, tone)


@register.filter
def finding_words(finding: str) -> Words:
    """What the receipts say."""
    return FINDINGS[finding]


@register.filter
def remark_words(remark: str) -> Words:
    """What differs from the claim."""
    return REMARKS.get(remark, remark)


@register.filter
def denial_words(denial: str) -> Words:
    """Why it was denied."""
    return DENIALS.get(denial, denial)


@register.filter
def award_badge(award: str) -> SafeString:
    """How far the award is."""
    words, tone = AWARDS[award]
    return badge(words, tone)


@register.filter
def side_words(side: str) -> Words:
    """Who said it."""
    return SIDES.get(side, side)


@register.filter
def rule_words(rule: str) -> str:
    """Why a click did not count."""
    return fate_words(rule)


@register.filter
def why_words(reason: str) -> Words:
    """A reason of the advertiser's or of settlement's."""
    return REASONS.get(reason) or reason_words(reason).sentence or reason
