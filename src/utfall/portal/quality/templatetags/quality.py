"""Detectors, states and shares of quality, for its pages."""

from django import template
from django.utils.safestring import SafeString

from utfall.portal.access.errors import Words
from utfall.portal.look.pieces import icon as drawn
from utfall.portal.look.states import badge
from utfall.portal.quality.contracts import Ends, Handling, State
from utfall.portal.quality.words import DETECTORS, ENDS, HANDLINGS, ICONS, STATES, rough, rough_share
from utfall.portal.tracking.reasons_words import reason_words
from utfall.science.quality import Detector

register = template.Library()
MILLION = 1_000_000


@register.filter
def detector_words(detector: Detector) -> Words:
    """What a detector finds."""
    return DETECTORS[detector]


@register.filter
def detector_icon(detector: Detector) -> SafeString:
    """Its icon."""
    return drawn(ICONS[detector])


@register.filter
def finding_state(state: State) -> SafeString:
    """Where a finding stands, as a badge."""
    words, tone = STATES[state]
    return badge(words, tone)


@register.filter
def handling(state: Handling) -> SafeString:
    """What was decided about an order, as a badge."""
    words, tone = HANDLINGS[state]
    return badge(words, tone)


@register.filter
def ends_words(ends: Ends) -> Words:
    """What happens to a held order when nobody decides."""
    return ENDS[ends]


@register.filter
def refusal_words(reason: str) -> str:
    """Why clicks did not count."""
    return reason_words(reason).sentence or reason


@register.filter
def rough_time(seconds: int | None) -> str:
    """A time to the minute, hour or day; a dash where there is none."""
    return "–" if seconds is None else rough(seconds)


@register.filter
def about(ppm: int | None) -> str:
    """A share, to what matters of it."""
    return rough_share(ppm)


@register.filter
def ppm(chance: float | None) -> int | None:
    """A probability in parts per million, as `share` reads it."""
    return None if chance is None else round(chance * MILLION)
