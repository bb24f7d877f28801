"""The semantic layer: what can be asked of the lake, and in which words. Each metric and dimension is
defined once.
"""

from collections.abc import Mapping
from typing import Final, Literal, TypeVar

from utfall.lake.dimensions import DIMENSIONS, Dimension, Origin
from utfall.lake.errors import UnknownName
from utfall.lake.metrics import METRICS, Metric, Unit, Words

Language = Literal["sv", "nb", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "nb", "en")

_Named = TypeVar("_Named", Metric, Dimension)


def metric(name: str) -> Metric:
    """The metric of this name; UnknownName suggests the nearest."""
    return _named("metric", name, METRICS)


def dimension(name: str) -> Dimension:
    """The dimension of this name; UnknownName suggests the nearest."""
    return _named("dimension", name, DIMENSIONS)


def _named(what: str, name: str, known: Mapping[str, _Named]) -> _Named:
    if name not in known:
        raise UnknownName(what, name, known)
    return known[name]


__all__ = [
    "DIMENSIONS",
    "LANGUAGES",
    "METRICS",
    "Dimension",
    "Language",
    "Metric",
    "Origin",
    "Unit",
    "Words",
    "dimension",
    "metric",
]
