"""Figures at a glance: a value with its change and a line of how it came about, and bars of shares."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.html import format_html
from django.utils.safestring import SafeString

from utfall.portal.access.errors import Words
from utfall.portal.look.formats import share
from utfall.portal.look.library import register

WIDTH: Final = 96
HEIGHT: Final = 28


@register.inclusion_tag("look/parts/kpi.html")
def kpi(
    label: Words,
    value: str,
    change: int | None = None,
    *,
    good: str = "up",
    help: Words = "",  # the word templates use
    href: str = "",
    spark: Sequence[int | float] = (),
    note: Words = "",
) -> dict[str, Any]:
    """A figure: `{% kpi _("Sales") sales|number change=ppm spark=per_day href=url %}`.

    `change` is in parts per million against the time before; `good` says which way is: up, down or neither.
    """
    direction = "up" if (change or 0) > 0 else "down" if (change or 0) < 0 else "level"
    tone = "calm" if good == "neither" or direction == "level" else "good" if direction == good else "bad"
    return {
        "label": label,
        "value": value,
        "change": change,
        "direction": direction,
        "tone": tone,
        "help": help,
        "href": href,
        "spark": sparkline(spark) if len(spark) > 1 else "",
        "note": note,
    }


@register.simple_tag
def sparkline(values: Sequence[int | float]) -> SafeString:
    """A line without axes; the figures beside it say what it means, so screen readers pass it by."""
    points = spark_points(values)
    if not points:
        return SafeString("")
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">'
        '<polyline points="{}"/></svg>',
        *(WIDTH, HEIGHT, points),
    )


def spark_points(values: Sequence[int | float]) -> str:
    """
    >>> spark_points([0, 5, 10])
    '0,26 48,14 96,2'
    >>> spark_points([3, 3])
    '0,26 96,26'
    """
    if len(values) < 2:
        return ""
    low, reach = min(values), (max(values) - min(values)) or 1
    step = WIDTH / (len(values) - 1)
    inner = HEIGHT - 4
    return " ".join(
        f"{place * step:g},{HEIGHT - 2 - (value - low) / reach * inner:g}"
        for place, value in enumerate(values)
    )


@register.inclusion_tag("look/parts/bar.html")
def bar(part: int | None, whole: int | None, words: Words = "", tone: str = "") -> dict[str, Any]:
    """How much of a whole there is: `{% bar spent cap _("of the budget") %}`; beyond the whole it says so."""
    ppm = part * 1_000_000 // whole if part is not None and whole else 0
    return {
        "percent": min(100, ppm / 10_000),
        "told": share(ppm // 1000 * 1000),
        "words": words,
        "tone": tone or ("bad" if ppm > 1_000_000 else ""),
    }
