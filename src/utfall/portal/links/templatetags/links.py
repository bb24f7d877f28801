"""Names by number, and how an order with a code came about, in words."""

from collections.abc import Mapping

from django import template

from utfall.portal.links.contracts import Came, LeakVerdict
from utfall.portal.links.words import CAME, VERDICTS, Shown
from utfall.portal.look.formats import share

register = template.Library()


@register.filter
def name_in(number: int | None, names: Mapping[int, str]) -> str:
    """Whose number it is: `{{ link.program|name_in:programs }}`; what cannot be seen is an en dash.

    >>> name_in(7, {7: "Acme"}), name_in(8, {})
    ('Acme', '–')
    """
    return "–" if number is None else names.get(number, "–")


@register.filter
def rough_share(ppm: int | None) -> str:
    """A share to a tenth of a percent, which is as much as one takes in at a glance."""
    return share(None if ppm is None else round(ppm, -3))


@register.filter
def came_words(came: Came) -> str:
    """How an order came, in words."""
    return str(CAME[came])


@register.filter
def leak_shown(verdict: LeakVerdict) -> Shown:
    """A verdict over a code as a badge shows it."""
    return VERDICTS[verdict]
