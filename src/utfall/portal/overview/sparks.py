"""Sparklines with gaps: what is unknown is left out of the line, not drawn as nought."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from utfall.portal.overview.contracts import Value

WIDTH: Final = 96
HEIGHT: Final = 28
MOST: Final = 120
"""Points of a line; of more, every so many-th is drawn."""


def spark(values: Sequence[Value]) -> SafeString:
    """A line without axes; the figures beside it say what it means, so screen readers pass it by."""
    lines = list(segments(values[:: -(-len(values) // MOST)] if values else ()))
    if not lines:
        return SafeString("")
    drawn = format_html_join("", '<polyline points="{}"/>', ((one,) for one in lines))
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        *(WIDTH, HEIGHT, drawn),
    )


def segments(values: Sequence[Value]) -> Iterator[str]:
    """The points of each unbroken stretch; a lone one is a short stroke.

    >>> list(segments([0, 10, None, 5, 5]))
    ['0,26 24,2', '72,14 96,14']
    """
    known = [one for one in values if one is not None]
    if len(known) < 2:
        return
    low, reach = min(known), (max(known) - min(known)) or 1
    step = WIDTH / (len(values) - 1)
    part: list[str] = []
    for place, value in enumerate([*values, None]):
        if value is not None:
            part.append(f"{place * step:g},{HEIGHT - 2 - (value - low) / reach * (HEIGHT - 4):g}")
        elif part:
            yield " ".join(
                part
                if len(part) > 1
                else [part[0], f"{(place - 1) * step + 1:g},{part[0].partition(',')[2]}"]
            )
            part = []
