"""Asking: a question in the caller's reach, answered with rows that a page or another app can read."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Permission, refuse
from utfall.portal.reports.contracts import Column, Query, Report, Row
from utfall.portal.reports.desk import answered, has_begun
from utfall.portal.reports.reach import scope_of
from utfall.portal.reports.words import words_of
from utfall.portal.sealing.facade import terms_in_force

if TYPE_CHECKING:
    from utfall.lake import Query as LakeQuery
    from utfall.lake import Report as LakeReport
    from utfall.terms import Snapshot

ALL_NAMES: Final = gettext_lazy("Take a name from the list of metrics or of dimensions.")
OWN_NAMES: Final = gettext_lazy("Leave it out, or take another of the list of metrics you may see.")


def ask(caller: Caller, query: Query) -> Report:
    """The answer to a question. Refused where it makes no sense, or where nothing was measured yet."""
    return ask_many(caller, [query])[0]


def ask_many(caller: Caller, queries: Sequence[Query]) -> list[Report]:
    """The answers to several questions, in their order, all of the same moment."""
    found = tables(caller, queries)
    return [_report(query, one) for query, one in zip(queries, found, strict=True)]


def tables(caller: Caller, queries: Sequence[Query]) -> "list[LakeReport]":
    """The same as the lake tells it, in columns: for files, which may be long."""
    caller.require(Permission.LOOK)
    with told():
        return answered([lake_query(query) for query in queries], scope_of(caller), terms_in_force())


def rows_within(
    query: Query,
    *,
    advertisers: frozenset[int] | None = None,
    publishers: frozenset[int] | None = None,
    terms: "Snapshot | None" = None,
) -> list[Row] | None:
    """Rows for an app that has itself asked who may see them: of these advertisers or publishers, by days of
    UTC unless terms say by which clock. None before anything was measured.
    """
    from utfall.lake import Scope

    if not has_begun():
        return None
    with told():
        (found,) = answered([lake_query(query)], Scope(advertisers, publishers), terms)
    return list(found.records)


def lake_query(query: Query) -> "LakeQuery":
    """A question in the lake's own form."""
    from utfall.lake import Query as LakeQuery

    return LakeQuery(
        metrics=tuple(query.metrics),
        by=tuple(query.by),
        where={name: tuple(values) for name, values in query.where.items()},
        start=query.start,
        end=query.end,
        order=tuple(query.order),
        limit=query.limit,
    )


@contextmanager
def told() -> Iterator[None]:
    """What the lake refuses, as a refusal that says what to do."""
    from utfall.lake import InvalidQuery, NotInScope, QueryError, TooLarge, TooSlow, UnknownName

    try:
        yield
    except UnknownName as error:
        wanted = {"name": error.name, "suggestion": error.suggestion or ""}
        if error.suggestion:
            said = _("There is no %(name)s. Did you mean %(suggestion)s?") % wanted
            refuse("unknown_name", said, error.what, mend=ALL_NAMES)
        said = _("There is no %(name)s. The lists of metrics and dimensions have all there are.") % wanted
        refuse("unknown_name", said, error.what, mend=ALL_NAMES)
    except NotInScope as error:
        said = _("%(metric)s is for the advertiser alone.") % {"metric": error.metric}
        refuse("not_in_scope", said, "metrics", mend=OWN_NAMES)
    except TooLarge:
        refuse("too_large", _("The answer is too large. Ask by fewer dimensions, or for fewer days."), "by")
    except TooSlow:
        sentence = _("This takes too long. Ask by fewer dimensions, or for fewer days, or make a file of it.")
        refuse("too_slow", sentence, "by")
    except InvalidQuery as error:
        refuse("invalid_query", _("This cannot be asked: %(why)s.") % {"why": str(error)})
    except QueryError as error:
        refuse("invalid_query", str(error))


def _report(query: Query, found: "LakeReport") -> Report:
    rows, totals = tuple(found.records), tuple(found.total_records)
    columns = tuple(_column(each) for each in found.columns)
    return Report(
        query=query,
        columns=columns,
        rows=rows,
        totals=totals,
        shipped=found.shipped,
        names={
            about: {value: called[value] for row in rows if (value := row[about]) in called}
            for about, called in found.names.items()
        },
    )


def _column(about: Any) -> Column:
    from utfall.portal.reports.contracts import Unit

    unit = getattr(about, "unit", None)
    return Column(name=about.name, words=words_of(about), unit=Unit(unit.value) if unit else None)
