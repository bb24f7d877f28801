"""The lake's words in the reader's language: metrics, dimensions, what they include."""

from typing import TYPE_CHECKING, Any, Final

from django.utils import translation

from utfall.portal.access import Caller, Permission
from utfall.portal.reports.contracts import DimensionView, MetricView, Unit
from utfall.portal.reports.reach import sees_as_publisher

if TYPE_CHECKING:
    from utfall.lake import Language

_LANGUAGES: "Final[tuple[Language, ...]]" = ("sv", "nb", "en")
HIDDEN: Final = frozenset({"advertiser", "rule"})
"""What a publisher is not offered to ask by; it may still be asked for, within its own facts."""


def language() -> "Language":
    """The reader's language, as the lake calls it."""
    chosen = (translation.get_language() or "en").partition("-")[0]
    return next((one for one in _LANGUAGES if one == chosen), "en")


def words_of(about: Any) -> str:
    """What a metric or dimension is called."""
    return str(getattr(about.words, language()))


def metrics(caller: Caller) -> tuple[MetricView, ...]:
    """Every metric that the caller may ask for, with its formula and what it includes."""
    from utfall.lake import METRICS
    from utfall.lake.explanations import formula_in_words, included

    caller.require(Permission.LOOK)
    seen = [one for one in METRICS.values() if not (sees_as_publisher(caller) and one.for_advertiser_only)]
    return tuple(
        MetricView(
            name=one.name,
            words=words_of(one),
            unit=Unit(one.unit.value),
            formula=formula_in_words(one.formula, language()),
            included=str(getattr(included(one), language())),
            of_money=one.of_money,
        )
        for one in seen
    )


def dimensions(caller: Caller) -> tuple[DimensionView, ...]:
    """Every dimension that the caller may ask by."""
    from utfall.lake import DIMENSIONS
    from utfall.lake.explanations import said

    caller.require(Permission.LOOK)
    return tuple(
        DimensionView(
            name=one.name,
            words=words_of(one),
            kind=one.origin.value,
            described=str(getattr(said(one), language())),
        )
        for one in DIMENSIONS.values()
        if not (sees_as_publisher(caller) and one.name in HIDDEN)
    )
