"""A picture of revenue and commission over time: one HTML file with its own SVG, for light and dark screens.

Nothing is loaded from anywhere, so the file can be sent, printed and kept. Each chart has a table with its
figures.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 16, 16, 34
MICROS = 1_000_000
STYLE = Path(__file__).with_name("chart.css")


class Series(NamedTuple):
    """One row of figures in micros, with its name and the colour it has in the style sheet."""

    name: str
    colour: str
    values: Sequence[int]


class Mark(NamedTuple):
    """A horizontal line at a figure that was agreed."""

    name: str
    value: int


@dataclass(frozen=True)
class Chart:
    """Figures over time, as bars beside each other or as lines."""

    title: str
    words: str
    places: Sequence[str]
    series: Sequence[Series]
    marks: Sequence[Mark] = ()
    lines: bool = False

    @property
    def top(self) -> int:
        """The figure at the top of the scale: a round one above all others."""
        most = max(
            [*(value for each in self.series for value in each.values), *(each.value for each in self.marks)]
        )
        return round_up(most)

    @property
    def steps(self) -> int:
        """How many parts the scale has, so that each is a round figure."""
        return next((parts for parts in (5, 4) if len(str(self.top // parts).rstrip("0")) == 1), 4)

    def y(self, value: int) -> float:
        """Where a figure stands."""
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top

    def x(self, index: float) -> float:
        """Where the middle of a place is."""
        return LEFT + (WIDTH - LEFT - RIGHT) * (index + 0.5) / len(self.places)


def round_up(value: int) -> int:
    """
    >>> round_up(399), round_up(81), round_up(1)
    (400, 100, 1)
    """
    unit = 10 ** (len(str(value)) - 1)
    return next(unit * step // 2 for step in (2, 4, 5, 6, 8, 10, 12, 16, 20) if unit * step // 2 >= value)


def page(title: str, lead: str, charts: Sequence[Chart]) -> str:
    """The whole file."""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="en"><meta charset="utf-8"><title>{escape(title)}</title>',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<style>{STYLE.read_text(encoding='utf-8')}</style>",
            f"<main><h1>{escape(title)}</h1><p>{escape(lead)}</p>",
            *(_figure(chart) for chart in charts),
            "</main></html>",
            "",
        ]
    )


def _figure(chart: Chart) -> str:
    legend = "".join(f'<li class="{each.colour}"><i></i>{escape(each.name)}</li>' for each in chart.series)
    marks = "".join(f'<li class="mark"><i></i>{escape(each.name)}</li>' for each in chart.marks)
    return "\n".join(
        [
            f"<figure><figcaption><h2>{escape(chart.title)}</h2><p>{escape(chart.words)}</p></figcaption>",
            f"<ul>{legend}{marks}</ul>" if len(chart.series) + len(chart.marks) > 1 else "",
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(chart.title)}">',
            *_scale(chart),
            *(_lines(chart) if chart.lines else _bars(chart)),
            *_marks(chart),
            "</svg>",
            _table(chart),
            "</figure>",
        ]
    )


def _scale(chart: Chart) -> list[str]:
    drawn = []
    for step in range(chart.steps + 1):
        value = chart.top * step // chart.steps
        at = chart.y(value)
        drawn.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        drawn.append(f'<text x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{units(value)}</text>')
    every = -(-len(chart.places) // 9)
    for index, place in enumerate(chart.places):
        if index % every == 0:
            at_x = chart.x(index)
            drawn.append(
                f'<text x="{at_x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{escape(place)}</text>'
            )
    return drawn


def _bars(chart: Chart) -> list[str]:
    wide = (WIDTH - LEFT - RIGHT) / len(chart.places) * 0.72 / len(chart.series)
    drawn = []
    for number, series in enumerate(chart.series):
        for index, value in enumerate(series.values):
            left = chart.x(index) + (number - len(chart.series) / 2) * wide
            high = chart.y(0) - chart.y(value)
            words = f"{chart.places[index]}: {series.name} {exact(value)}"
            drawn.append(
                f'<rect class="{series.colour}" x="{left:.1f}" y="{chart.y(value):.1f}"'
                f' width="{wide - 1:.1f}" height="{high:.1f}" rx="1.5"><title>{escape(words)}</title></rect>'
            )
    return drawn


def _lines(chart: Chart) -> list[str]:
    drawn = []
    for series in chart.series:
        points = " ".join(
            f"{chart.x(index):.1f},{chart.y(value):.1f}" for index, value in enumerate(series.values)
        )
        drawn.append(f'<polyline class="{series.colour}" points="{points}"/>')
        for index, value in enumerate(series.values):
            words = escape(f"{chart.places[index]}: {series.name} {exact(value)}")
            drawn.append(
                f'<circle class="{series.colour}" cx="{chart.x(index):.1f}" cy="{chart.y(value):.1f}" r="3">'
                f"<title>{words}</title></circle>"
            )
    return drawn


def _marks(chart: Chart) -> list[str]:
    return [
        f'<line class="mark" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{chart.y(each.value):.1f}"'
        f' y2="{chart.y(each.value):.1f}"><title>{escape(each.name)}</title></line>'
        for each in chart.marks
    ]


def _table(chart: Chart) -> str:
    heads = "".join(f"<th>{escape(each.name)}</th>" for each in chart.series)
    rows = "".join(_row(chart, index) for index in range(len(chart.places)))
    return f"<details><summary>Figures</summary><table><tr><th></th>{heads}</tr>{rows}</table></details>"


def _row(chart: Chart, index: int) -> str:
    figures = "".join(f"<td>{exact(each.values[index])}</td>" for each in chart.series)
    return f"<tr><th>{escape(chart.places[index])}</th>{figures}</tr>"


def units(micros: int) -> str:
    """An axis label in whole units, or with the decimals it needs."""
    text = f"{micros // MICROS:,}" if micros % MICROS == 0 else f"{micros / MICROS:,.2f}"
    return text.replace(",", "\N{NO-BREAK SPACE}")


def exact(micros: int) -> str:
    """
    >>> exact(1234500000)
    '1\\xa0234.50'
    """
    whole, part = divmod(micros, MICROS)
    return f"{whole:,}".replace(",", "\N{NO-BREAK SPACE}") + "." + f"{part:06}".rstrip("0").ljust(2, "0")


def running(values: Sequence[int], add: Callable[[int, int], int] = int.__add__) -> list[int]:
    """
    >>> running([1, 2, 3])
    [1, 3, 6]
    """
    total, sums = 0, []
    for value in values:
        total = add(total, value)
        sums.append(total)
    return sums
