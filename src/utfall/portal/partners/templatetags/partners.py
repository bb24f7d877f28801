"""How long something takes, as one says it."""

from django import template

from utfall.portal.look.formats import period

register = template.Library()
UNITS = (86_400, 3600, 60)


@register.filter
def rough(seconds: int | None) -> str:
    """A length of time in the largest unit that fits, rounded up: nobody waits longer than they were told.

    >>> -(-100_000 // 86_400)
    2
    """
    if seconds is None:
        return "–"
    unit = next((one for one in UNITS if seconds >= one), 60)
    return period(max(1, -(-seconds // unit)) * unit)
