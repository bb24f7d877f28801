"""Ways, states and refusals in words, for the pages of funding and whoever shows what is funded."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.funding.contracts import Funded, Standing, State
from utfall.portal.funding.words import FUNDED, OVERDUE, STATES, STATUSES, TOLD, WAYS, funded_words
from utfall.portal.look.states import badge
from utfall.portal.tracking.reasons_words import reason_words

register = template.Library()


@register.filter
def way_words(way: str) -> Words:
    """How an advertiser pays."""
    return WAYS[way]


@register.filter
def standing_badge(standing: Standing) -> SafeString:
    """How much an advertiser has left, as a badge; who has used nothing yet has not used it up."""
    if standing.state is State.EXHAUSTED and not standing.used_micros:
        return badge(_("Nothing paid in yet"), "warn", "hourglass")
    return badge(*STATES[standing.state])


@register.filter
def funded_state(state: str) -> SafeString:
    """Whether commission is funded, as a badge."""
    return badge(*FUNDED[state])


@register.filter
def funded_badge(one: Funded) -> SafeString:
    """The same of what is funded, with a warning where some of it is overdue."""
    return badge(*(OVERDUE if one.overdue_micros else FUNDED[one.state]))


@register.filter
def funded_says(one: Funded) -> str:
    """How far it is funded, and why not further."""
    return funded_words(one)


@register.filter
def status_words(status: str) -> Words:
    """How far commission is that waits."""
    return STATUSES[status]


@register.filter
def settling_state(state: str) -> SafeString:
    """How far a settling is, as a badge."""
    return badge(*TOLD[state])


@register.filter
def why_refused(code: str) -> Words:
    """Why the book refused something."""
    return reason_words(code).sentence if code else ""
