"""A page's numbers as templates show them: words, addresses, widths, and the chart's data."""

import json
from typing import Any, Final

from django.urls import reverse
from django.utils.safestring import SafeString

from utfall.engine import OrderStatus
from utfall.events import Outcome
from utfall.portal.access import Caller, Kind
from utfall.portal.look.formats import compact, locale, number, share
from utfall.portal.overview import leading, words
from utfall.portal.overview.boards import hue_of
from utfall.portal.overview.contracts import Figure, Line, Overview, Ranked, Step
from utfall.portal.overview.sparks import spark
from utfall.portal.programs import words as program_words
from utfall.portal.reports.contracts import MetricView, Unit

UNKNOWN: Final = "–"
_APPROVED: Final = (OrderStatus.APPROVED.value, OrderStatus.PAYABLE.value)


def shown(caller: Caller, found: Overview) -> dict[str, Any]:
    """Everything the board's template needs."""
    lines = [_line(found, one) for one in found.lines]
    ways = [leading.point(caller, found, one) for one in found.labels]
    return {
        "found": found,
        "cards": [_card(caller, found, one) for one in found.figures],
        "chart": chart(found, lines, ways),
        "series": series(found, lines, ways),
        "steps": [_step(caller, found, place) for place in range(len(found.funnel))],
        "top": [_ranked(caller, found, one) for one in found.ranking.top],
        "bottom": [_ranked(caller, found, one) for one in found.ranking.bottom],
        "ranked_report": leading.report(caller, found, [found.ranking.about.name], found.ranking.by),
        "goals": [_goal(caller, one) for one in found.goals],
        "budgets": [_pace(caller, one) for one in found.budgets],
        "span": words.span_words(found.first, found.last),
        "other_span": (
            words.span_words(found.other_first, found.other_last)
            if found.other_first and found.other_last
            else ""
        ),
        "is_publisher": caller.kind is Kind.PUBLISHER,
    }


def _card(caller: Caller, found: Overview, one: Figure) -> dict[str, Any]:
    up = (one.change or 0) > 0
    level = not one.change
    tone = "calm" if level or one.good == "neither" else "good" if up is (one.good == "up") else "bad"
    name = one.about.name
    href = leading.orders(caller, found) if name == "conversions" else leading.report(caller, found, [name])
    return {
        "about": one.about,
        "value": words.at_a_glance(one.about, one.value, found.currency),
        "exact": words.told(one.about, one.value, found.currency),
        "before": words.at_a_glance(one.about, one.before, found.currency),
        "change": words.change_words(one.change),
        "direction": "level" if level else "up" if up else "down",
        "tone": tone,
        "spark": spark(one.spark),
        "href": href,
        "hue": hue_of(name),
    }


def series(found: Overview, lines: list[dict[str, Any]], ways: list[str]) -> list[dict[str, Any]]:
    """The lines as a table: each point with its values, those it is compared with, and its way further in."""
    rows = []
    for place, point in enumerate(found.labels):
        cells = []
        for line in lines:
            cells.append(line["shown"][place])
            if found.other_labels:
                before = line["shownBefore"]
                cells.append(before[place] if place < len(before) else UNKNOWN)
        rows.append({"label": words.point_words(point, found.grain), "cells": cells, "href": ways[place]})
    return rows


def chart(found: Overview, lines: list[dict[str, Any]], ways: list[str]) -> SafeString:
    """The lines as JSON for the chart's module. Within a script element only its end could be misread."""
    data = {
        "labels": [words.point_words(one, found.grain) for one in found.labels],
        "before": [words.point_words(one, found.grain) for one in found.other_labels],
        "lines": lines,
        "ways": ways,
        "locale": locale().replace("_", "-"),
        "currency": found.currency,
    }
    return SafeString(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c"))


def _line(found: Overview, one: Line) -> dict[str, Any]:
    return {
        "name": one.about.words,
        "hue": hue_of(one.about.name),
        "unit": "money" if one.about.unit in (Unit.MONEY, Unit.PRICE) else one.about.unit.value,
        "times": one.about.name in words.TIMES,
        "values": [_scaled(one.about, value) for value in one.values],
        "before": [_scaled(one.about, value) for value in one.before],
        "shown": [words.told(one.about, value, found.currency) for value in one.values],
        "shownBefore": [words.told(one.about, value, found.currency) for value in one.before],
    }


def _scaled(about: MetricView, value: Any) -> Any:
    """A number along the axis: whole units of money, shares in percent."""
    if value is None or about.unit is Unit.COUNT:
        return value
    if about.unit in (Unit.MONEY, Unit.PRICE):
        return round(value / 1_000_000, 2)
    return round(value, 4) if about.name in words.TIMES else round(value * 100, 4)


def _step(caller: Caller, found: Overview, place: int) -> dict[str, Any]:
    one: Step = found.funnel[place]
    if one.name == "approved":
        href = leading.orders(caller, found, _APPROVED)
    elif one.name == "conversions":
        href = leading.orders(caller, found)
    else:
        href = leading.report(caller, found, [one.name])
    largest = max((each.count or 0 for each in found.funnel), default=0)
    return {
        "words": words.STEPS[one.name],
        "name": one.name,
        "count": compact(one.count),
        "rate": share(_neat(one.rate)) if one.rate is not None else "",
        "width": _width(one.count, largest),
        "href": href,
    }


def _neat(ppm: int) -> int:
    return round(ppm, -3) if ppm >= 10_000 else round(ppm, -1)


def _width(count: int | None, largest: int) -> float:
    """The width of a bar in percent. A fourth root, so that one order in ten thousand views is still seen."""
    if not count or not largest:
        return 0.0
    return float(max(100 * (count / largest) ** 0.25, 2))


def _ranked(caller: Caller, found: Overview, one: Ranked) -> dict[str, Any]:
    about, by = found.ranking.about, found.ranking.by
    largest = max((each.value for each in found.ranking.top), default=0)
    return {
        "name": one.name,
        "id": one.id,
        "value": words.at_a_glance(about, one.value, found.currency),
        "change": words.change_words(one.change),
        "tone": "good" if (one.change or 0) > 0 else "bad" if (one.change or 0) < 0 else "calm",
        "is_new": one.is_new,
        "width": max(0, 100 * one.value / largest) if largest > 0 else 0,
        "href": leading.report(caller, found, [about.name], where={by: one.id}),
    }


def _goal(caller: Caller, one: Any) -> dict[str, Any]:
    return {
        "goal": one,
        "outcomes": program_words.MANY[Outcome(one.outcome)],
        "done": f"{number(one.done)} / {number(one.target)}",
        "verdict": program_words.VERDICTS[one.verdict],
        "tone": words.GOAL_TONES[one.verdict],
        "ceiling": program_words.CEILINGS.get(one.ceiling, "") if one.ceiling in ("at_risk", "over") else "",
        "href": reverse("programs:program", kwargs={"org": caller.slug, "program": one.program}),
    }


def _pace(caller: Caller, one: Any) -> dict[str, Any]:
    return {
        "pace": one,
        "spent": min(100, (one.spent + one.reserved) * 100 / one.cap) if one.cap else 100,
        "gone": one.gone / 10_000 if one.gone is not None else None,
        "gone_words": share(round(one.gone, -4)) if one.gone is not None else "",
        "words": words.PACES[one.verdict],
        "tone": words.PACE_TONES[one.verdict],
        "used": one.spent + one.reserved,
        "href": reverse("programs:limits", kwargs={"org": caller.slug, "program": one.program}),
    }
