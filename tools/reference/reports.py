"""reports.md, from the semantic layer of the lake."""

from tools.reference.markdown import code, prose, table
from utfall.lake.semantics import DIMENSIONS, METRICS

INTRODUCTION = """
What a report can show and group by. Every metric and dimension is defined once, in `utfall.lake`, and means
the same in the table, CSV, JSON and Parquet. Sums are exact integers; a quotient is taken of finished sums.
Unknown is not zero: an undefined quotient is empty.

Units: `count` is a number of outcomes, `money` whole micros of one currency, `price` micros per one of
something, `ratio` a plain quotient. What holds money is only ever shown for one currency at a time.
"""


def page() -> list[str]:
    metrics = [
        (code(each.name), each.unit.value, each.description, each.words.en, each.words.sv, each.words.nb)
        for each in METRICS.values()
    ]
    dimensions = [
        (code(each.name), each.description, each.words.en, each.words.sv, each.words.nb)
        for each in DIMENSIONS.values()
    ]
    return [
        "# Reports",
        prose(INTRODUCTION),
        "## Metrics",
        table(("metric", "unit", "formula", "English", "svenska", "norsk"), metrics),
        "## Dimensions",
        table(("dimension", "what it is", "English", "svenska", "norsk"), dimensions),
    ]
