"""What the board can be asked for, as HTML: long lists that seldom change are not written with every page."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from utfall.portal.reports.contracts import MetricView

Choice = tuple[str, str]
KEPT: Final = 64


@lru_cache(maxsize=KEPT)
def options(choices: Sequence[Choice], chosen: str) -> SafeString:
    """The options of a choice, one of them chosen.

    >>> options((("1", "A & B"), ("2", "C")), "2")
    '<option value="1">A &amp; B</option><option value="2" selected>C</option>'
    """
    return SafeString("".join([_option(value, words, value == chosen) for value, words in choices]))


def _option(value: str, words: str, is_chosen: bool) -> str:
    return f'<option value="{escape(value)}"{" selected" * is_chosen}>{escape(words)}</option>'


def metric_options(metrics: Sequence[MetricView], chosen: str) -> SafeString:
    """The metrics to choose from, one of them chosen."""
    return options(tuple((one.name, one.words) for one in metrics), chosen)


def explained(metrics: tuple[MetricView, ...]) -> SafeString:
    """What every metric is, in the reader's language: opened by the buttons beside their names."""
    return _explained(metrics, get_language() or "")


@lru_cache(maxsize=KEPT)
def _explained(metrics: tuple[MetricView, ...], _language: str) -> SafeString:
    return render_to_string("overview/explained.html", {"metrics": metrics})
