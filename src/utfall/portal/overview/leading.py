"""Where a number leads: to the report it is a part of, or to the orders behind it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from utfall.portal.access import Caller
from utfall.portal.overview.contracts import Against, Days, Grain, Overview

Pairs = list[tuple[str, str]]
REPORTS_KNOW = frozenset(Days) - {Days.LAST_14, Days.THIS_QUARTER, Days.CUSTOM}
"""Spans that reports call by the same name; the others are led to by their days."""


def report(
    caller: Caller,
    found: Overview,
    metrics: Sequence[str],
    by: str = "",
    where: Mapping[str, object] | None = None,
) -> str:
    """The address of a report of the same days, comparison, program and currency."""
    asked = found.asked
    pairs: Pairs = [("m", name) for name in metrics]
    pairs.append(("by", by or found.grain.value))
    pairs += _days(found)
    if asked.against is not Against.NOTHING:
        pairs.append(("against", asked.against.value))
    wanted: dict[str, object] = {} if asked.program is None else {"program": asked.program}
    wanted = {**wanted, **(where or {})}
    if len(found.currencies) > 1:
        wanted["currency"] = found.currency
    pairs += [(f"is.{name}", str(value)) for name, value in wanted.items()]
    return f"{_place('reports:index', caller.slug)}?{urlencode(pairs)}"


def point(caller: Caller, found: Overview, label: str) -> str:
    """The address of who brought what on one day of the chart; nowhere for an hour or a week."""
    if found.grain is not Grain.DAY:
        return ""
    asked = found.asked
    pairs: Pairs = [("m", one.about.name) for one in found.lines]
    pairs += [("by", found.ranking.by), ("days", "custom"), ("from", label), ("to", label)]
    pairs += [("is.program", str(asked.program))] if asked.program is not None else []
    pairs += [("is.currency", found.currency)] if len(found.currencies) > 1 else []
    return f"{_place('reports:index', caller.slug)}?{urlencode(pairs)}"


def _days(found: Overview) -> Pairs:
    if found.asked.days in REPORTS_KNOW:
        return [("days", found.asked.days.value)]
    return [("days", "custom"), ("from", str(found.first)), ("to", str(found.last))]


def orders(caller: Caller, found: Overview, statuses: Sequence[str] = ()) -> str:
    """The address of the orders placed on these days."""
    pairs: Pairs = [("from", str(found.first)), ("to", str(found.last))]
    pairs += [("program", str(found.asked.program))] if found.asked.program is not None else []
    pairs += [("currency", found.currency)] if len(found.currencies) > 1 else []
    pairs += [("status", one) for one in statuses]
    return f"{_place('conversions:index', caller.slug)}?{urlencode(pairs)}"


@lru_cache(maxsize=1024)
def _place(page: str, slug: str) -> str:
    """The address of a page, of which one overview has a hundred."""
    return reverse(page, kwargs={"org": slug})
