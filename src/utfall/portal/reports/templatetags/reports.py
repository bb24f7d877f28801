"""What the templates of reports need: a metric that explains itself, names of ids."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from utfall.portal.access.errors import Words
from utfall.portal.reports.contracts import MetricView
from utfall.portal.reports.saying import UNKNOWN
from utfall.portal.reports.words import words_of
from utfall.portal.tracking.words import KINDS

register = template.Library()


@register.inclusion_tag("reports/explain.html")
def explain(explained: Mapping[str, MetricView], name: str) -> dict[str, Any]:
    """A metric explains itself: name, formula, unit, what is included."""
    units = {
        "count": _("a number"),
        "money": _("an amount of money"),
        "price": _("an amount of money for one"),
        "ratio": _("a share or a ratio"),
    }
    metric = explained.get(name)
    return {"metric": metric, "unit": units[metric.unit.value] if metric else ""}


@register.simple_tag
def called_in(names: Mapping[str, Mapping[int, str]], about: str, value: int | None) -> str:
    """What an id is called."""
    return UNKNOWN if value is None else names.get(about, {}).get(value, f"#{value}")


@register.simple_tag
def kind_words(kind: str) -> Words:
    """What a kind of event is called."""
    return KINDS.get(kind, kind)


@register.simple_tag
def metric_words(name: str) -> str:
    """What a metric is called."""
    from utfall.lake import METRICS

    return words_of(METRICS[name]) if name in METRICS else name
