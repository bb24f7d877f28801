"""Charts: a figure with its data as JSON for ECharts, and as a table for everybody who does not see it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from utfall.portal.access.errors import Words
from utfall.portal.look.formats import locale
from utfall.portal.look.library import register

Kind = Literal["line", "bar", "stacked", "area", "pie"]


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart, or one colour of its bars. None: unknown, which is not zero."""

    name: Words
    values: Sequence[int | float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What a chart shows. `shown`: the values as words, series by series, where numbers do not suffice."""

    title: Words
    labels: Sequence[str]
    series: Sequence[Series]
    kind: Kind = "line"
    unit: str = ""
    shown: Sequence[Sequence[str]] = ()
    annotations: Sequence[tuple[str, Words]] = ()
    """Labels at which something happened, and what: a vertical line with words."""


@register.inclusion_tag("look/parts/chart.html")
def chart(chart: Chart, *, height: str = "md", title: bool = True) -> dict[str, Any]:
    """A chart with its table: `{% chart sales_per_day %}`; heights sm, md, lg."""
    rows = [
        (label, [_cell(chart, line, place) for line in range(len(chart.series))])
        for place, label in enumerate(chart.labels)
    ]
    return {"chart": chart, "data": _data(chart), "rows": rows, "height": height, "show_title": title}


def _cell(chart: Chart, line: int, place: int) -> object:
    if chart.shown:
        return chart.shown[line][place]
    value = chart.series[line].values[place]
    return "–" if value is None else value


def _data(chart: Chart) -> str:
    told = {
        "kind": chart.kind,
        "title": str(chart.title),
        "labels": [str(label) for label in chart.labels],
        "series": [{"name": str(one.name), "values": list(one.values)} for one in chart.series],
        "unit": chart.unit,
        "shown": [list(line) for line in chart.shown],
        "annotations": [[label, str(words)] for label, words in chart.annotations],
        "locale": locale().replace("_", "-"),
    }
    # Within a script element only its end could be misread.
    return json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
