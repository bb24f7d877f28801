"""Making a report that somebody put together: its days, its comparison, the names it was filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, refuse
from utfall.portal.reports.asking import ask_many
from utfall.portal.reports.calendar import Preset, Span, before, span_of, today, zone_of
from utfall.portal.reports.contracts import Query, Report, Value
from utfall.portal.reports.wanted import Wanted
from utfall.portal.sealing.facade import terms_in_force

CLOCKS = frozenset({"hour", "day", "week", "month"})
IDS = frozenset({"program", "advertiser", "publisher", "group", "link", "rule"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report that was made. `other`: of the days it is compared with."""

    wanted: Wanted
    query: Query
    zone: str
    span: Span | None
    report: Report
    other_span: Span | None = None
    other: Report | None = None


def make(caller: Caller, wanted: Wanted, *, rows: int | None = None) -> Made:
    """The report, and what it is compared with, of one moment. `rows`: at most so many instead of its own."""
    span = days_of(caller, wanted)
    other_span = before(span, wanted.against) if span else None
    query = query_of(caller, wanted, span, rows)
    compared = [_compared(query, other_span)] if other_span else []
    report, *others = ask_many(caller, [query, *compared])
    return Made(
        wanted=wanted,
        query=query,
        zone=zone_of(caller, _program(query)),
        span=span,
        report=report,
        other_span=other_span,
        other=others[0] if others else None,
    )


def days_of(caller: Caller, wanted: Wanted) -> Span | None:
    """The days that a report is about, by the clock of its program."""
    if wanted.preset is not Preset.CUSTOM:
        program = wanted.where.get("program", ())
        only = int(str(program[0])) if len(program) == 1 and str(program[0]).isdecimal() else None
        return span_of(wanted.preset, today(caller, only))
    if wanted.start is None or wanted.end is None:
        refuse("days_missing", _("Say from which day until which."), "from")
    if wanted.end <= wanted.start:
        refuse("days_reversed", _("The last day comes before the first. Swap them."), "to")
    return Span(wanted.start, wanted.end)


def clock_of(caller: Caller, wanted: Wanted) -> str:
    """The zone whose days a report counts; its single events are told by the same clock."""
    return zone_of(caller, _program(query_of(caller, wanted, None)))


def query_of(caller: Caller, wanted: Wanted, span: Span | None, rows: int | None = None) -> Query:
    """The question behind a report. A pivot asks for all rows: they are put together before they are cut."""
    by = (*wanted.by, wanted.pivot) if wanted.pivot and wanted.pivot not in wanted.by else wanted.by
    order = (
        (wanted.order,) if wanted.order and wanted.order.removeprefix("-") in (*by, *wanted.metrics) else ()
    )
    return Query(
        metrics=wanted.metrics,
        by=by,
        where={name: resolved(caller, name, values) for name, values in wanted.where.items()},
        start=span.start if span else None,
        end=span.end if span else None,
        order=order or usual_order(wanted, by),
        limit=rows or (PIVOT_ROWS if wanted.pivot else wanted.limit),
    )


PIVOT_ROWS = 20_000


def usual_order(wanted: Wanted, by: tuple[str, ...]) -> tuple[str, ...]:
    """Time runs forward; all else begins with the largest."""
    return () if not by or CLOCKS & set(by) else (f"-{wanted.metrics[0]}",)


def _compared(query: Query, span: Span) -> Query:
    """The same of other days. Days cannot be compared one by one, so of them only the sums are asked for."""
    by = () if CLOCKS & set(query.by) else query.by
    order = query.order if by else ()
    return Query(query.metrics, by, query.where, span.start, span.end, order, PIVOT_ROWS if by else None)


def resolved(caller: Caller, name: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    """Values of a condition, where names stand for ids. Refused where nobody is called so."""
    if name not in IDS:
        return values
    named = {called.casefold(): number for number, called in names_of(caller, name).items()}
    return tuple(_number(name, value, named) for value in values)


def _number(name: str, value: Value, named: Mapping[str, int]) -> Value:
    if value is None or isinstance(value, int) or value.removeprefix("#").isdecimal():
        return None if value is None else int(str(value).removeprefix("#"))
    found = named.get(value.casefold())
    if found is None:
        refuse(
            "no_such_name",
            _("Nothing is called “%(name)s” here. Pick from the list.") % {"name": value},
            name,
        )
    return found


def names_of(caller: Caller, name: str) -> dict[int, str]:
    """What the ids of a dimension are called, as far as the caller may know them: its own programs, what is
    theirs, and the publishers in them.
    """
    terms = terms_in_force()
    if terms is None:
        return {}
    programs = _programs(caller)
    market: Any = terms.market
    if name == "program":
        return {number: terms.programs[number].name for number in programs}
    if name == "advertiser":
        owners = {terms.programs[number].advertiser for number in programs}
        return {number: terms.advertisers[number].name for number in owners}
    if name == "publisher":
        return {number: terms.publishers[number].name for number in _publishers(caller, programs)}
    if name == "link":
        own = caller.publishers if caller.kind is Kind.PUBLISHER else None
        kept = (one for one in market.links if one.program in programs)
        return {one.id: one.key for one in kept if own is None or one.publisher in own}
    held = market.groups if name == "group" else market.rules
    hidden = caller.kind is Kind.PUBLISHER
    return {} if hidden else {one.id: one.name for one in held if one.program in programs}


def _programs(caller: Caller) -> set[int]:
    terms = terms_in_force()
    assert terms is not None, "names are asked for where there are terms"
    if caller.sees_all:
        return set(terms.programs)
    if caller.kind is Kind.PUBLISHER:
        return {one.program for one in terms.market.enrolments if one.publisher in caller.publishers}
    return {one.id for one in terms.programs.values() if one.advertiser in caller.advertisers}


def _publishers(caller: Caller, programs: set[int]) -> set[int]:
    terms = terms_in_force()
    assert terms is not None, "names are asked for where there are terms"
    if caller.sees_all:
        return set(terms.publishers)
    if caller.kind is Kind.PUBLISHER:
        return set(caller.publishers) & set(terms.publishers)
    found = {one.publisher for one in terms.market.enrolments if one.program in programs}
    return found & set(terms.publishers)


def _program(query: Query) -> int | None:
    values = query.where.get("program", ())
    return values[0] if len(values) == 1 and isinstance(values[0], int) else None


def last_day(span: Span) -> date:
    """The last day of a span, as people say it."""
    return date.fromordinal(span.end.toordinal() - 1)
