"""metrics.md, from the edge's table of what it counts."""

from tools.reference.markdown import code, prose, table
from utfall.edge.metrics import METRICS, PREFIX

INTRODUCTION = """
What `GET /metrics` of the edge tells a monitor, in the text format of Prometheus. Each figure is the sum over
all workers that are alive; a counter's name ends in `_total` there.
"""


def page() -> list[str]:
    rows = [
        (code(PREFIX + name), measure.kind, code(measure.label or ""), measure.help)
        for name, measure in METRICS.items()
    ]
    return ["# Metrics", prose(INTRODUCTION), table(("metric", "kind", "label", "what it counts"), rows)]
