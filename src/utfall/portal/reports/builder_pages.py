"""The builder: a report is put together, made, charted, narrowed down to single events, and taken along."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Menu, Refused
from utfall.portal.access.paging import whole
from utfall.portal.reports import facade
from utfall.portal.reports.calendar import UTC
from utfall.portal.reports.charting import chart_of
from utfall.portal.reports.contracts import Form, SavedView
from utfall.portal.reports.listed import pages
from utfall.portal.reports.making import IDS, Made, clock_of, last_day, names_of
from utfall.portal.reports.offered import AGAINST, PRESETS, beginnings, dimension_groups, metric_groups
from utfall.portal.reports.rows import rows_html
from utfall.portal.reports.saying import called
from utfall.portal.reports.tabulating import tabulate
from utfall.portal.reports.wanted import Wanted, from_address, from_data

FILTERS = 4
NAMES_OFFERED = 500


@pages.page("reports/", name="index", menu=Menu(_("Reports"), "report-analytics", 5))
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Put a report together, or begin with one that others found worth a look."""
    wanted = from_address(request.GET)
    if wanted is None:
        begin = [(one, one.wanted.address) for one in beginnings(caller)]
        context = {"begin": begin, "kept": facade.all_saved(caller, limit=20), "begun": facade.has_begun()}
        return render(request, "reports/begin.html", {**context, **_offered(caller, begin[0][0].wanted)})
    return show(request, caller, wanted)


@pages.page("reports/events/", name="events")
def events(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The single events behind a number, newest first."""
    wanted = from_address(request.GET)
    if wanted is None:
        return redirect("reports:index", caller.slug)
    problems: list[Any] = []
    found, zone = [], UTC
    try:
        found, zone = facade.events(caller, wanted), clock_of(caller, wanted)
    except Refused as refused:
        problems = list(refused.problems)
    names = {name: names_of(caller, name) for name in ("program", "publisher")}
    context = {
        "rows": found,
        "names": names,
        "problems": problems,
        "wanted": wanted,
        "conditions": conditions(caller, wanted),
        "back": wanted.address,
        "zone": zone,
    }
    with timezone.override(zone):
        return render(request, "reports/events.html", context, status=422 if problems else 200)


@pages.page("reports/receipt/<int:transaction>/", name="receipt")
def receipt(request: HttpRequest, caller: Caller, transaction: int) -> HttpResponse:
    """On to the receipt that explains a transaction."""
    return redirect("tracking:receipt", caller.slug, facade.receipt_of(caller, transaction))


def show(request: HttpRequest, caller: Caller, wanted: Wanted, kept: SavedView | None = None) -> HttpResponse:
    """A report as a page: its chart, its table, and whether it agrees with the book."""
    context = {"kept": kept, "wanted": wanted, **_offered(caller, wanted)}
    try:
        made = facade.make(caller, wanted)
    except Refused as refused:
        context |= {"problems": refused.problems}
        return render(request, "reports/report.html", context, status=refused.status)
    context |= _shown(caller, made)
    return render(request, "reports/report.html", context)


def _shown(caller: Caller, made: Made) -> dict[str, Any]:
    table = tabulate(made)
    return {
        "made": made,
        "table": table,
        "rows": rows_html(caller, table),
        "chart": chart_of(made),
        "last": last_day(made.span) if made.span else None,
        "other_last": last_day(made.other_span) if made.other_span else None,
        "agreement": facade.agreement(caller),
        "conditions": conditions(caller, made.wanted),
        "events": made.wanted.address,
    }


def _offered(caller: Caller, wanted: Wanted) -> dict[str, Any]:
    """What the builder offers, and what it holds now."""
    filters = [(name, ", ".join(map(_typed, values))) for name, values in wanted.where.items()]
    filters += [("", "")] * max(1, FILTERS - len(filters))
    return {
        "metric_groups": metric_groups(caller),
        "dimension_groups": dimension_groups(caller),
        "presets": [(one.value, words) for one, words in PRESETS.items()],
        "against": [(one.value, words) for one, words in AGAINST.items()],
        "filters": filters[: max(FILTERS, len(wanted.where))],
        "forms": [one.value for one in Form],
        "pairs": wanted.pairs,
        "chosen": wanted,
        "chosen_last": last_day_of(wanted),
        "by_places": [wanted.by[place] if place < len(wanted.by) else "" for place in range(3)],
        "known": _known(caller),
        "explained": {one.name: one for one in facade.metrics(caller)},
    }


def last_day_of(wanted: Wanted) -> str:
    """The last day that was chosen, as a date field wants it."""
    from datetime import timedelta

    return (wanted.end - timedelta(days=1)).isoformat() if wanted.end else ""


def _known(caller: Caller) -> list[str]:
    """Names to pick from while somebody types a condition."""
    found = {called for name in ("program", "publisher") for called in names_of(caller, name).values()}
    return sorted(found)[:NAMES_OFFERED]


def _typed(value: Any) -> str:
    return "" if value is None else str(value)


def conditions(caller: Caller, wanted: Wanted) -> list[tuple[str, str, str]]:
    """The conditions of a report: their words, their values in words, and the report without each."""
    from dataclasses import replace

    from utfall.lake import DIMENSIONS
    from utfall.portal.reports.words import words_of

    told = []
    for name, values in wanted.where.items():
        names = names_of(caller, name) if name in IDS else {}
        shown = ", ".join(_condition(name, value, names) for value in values)
        rest = {key: kept for key, kept in wanted.where.items() if key != name}
        words = words_of(DIMENSIONS[name]) if name in DIMENSIONS else name
        told.append((words, shown, replace(wanted, where=rest).address))
    return told


def _condition(name: str, value: Any, names: dict[int, str]) -> str:
    number = whole(str(value).removeprefix("#")) if name in IDS and value is not None else None
    if number is not None:
        return names.get(number, f"#{number}")
    from utfall.portal.reports.contracts import Query, Report

    empty = Report(query=Query(()), columns=(), rows=(), totals=(), shipped=0, names={})
    return called(empty, name, value)


__all__ = ["from_data", "show"]
