"""The questions behind a page, asked of reports in one go, and their answers cut to one currency."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from utfall.portal.access import Caller
from utfall.portal.overview.boards import FUNNEL, Board, board_of
from utfall.portal.overview.contracts import Asked, Days, Grain
from utfall.portal.overview.days import Span, before, grain_of, point_of, span_of
from utfall.portal.reports import facade as reports
from utfall.portal.reports.contracts import MetricView, Query, Report, Row, Unit

RANKED_AT_MOST: Final = 5_000
ADDS_UP: Final = frozenset({Unit.COUNT, Unit.MONEY})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was asked and answered. `extra`: the answers to the questions that came along."""

    asked: Asked
    board: Board
    about: Mapping[str, MetricView]
    zone: str
    today: date
    span: Span
    other_span: Span | None
    grain: Grain
    report: Report
    other: Report | None
    rank: Report
    other_rank: Report | None
    rank_metric: str
    extra: Sequence[Report]
    currencies: Sequence[str]
    currency: str

    @property
    def same_hours(self) -> bool:
        """Whether only the hours that today has had are compared."""
        return self.asked.days is Days.TODAY

    def total(self, report: Report | None) -> Row:
        """The sums of a report in the currency that is shown."""
        rows = [] if report is None else self.mine(report.totals)
        return rows[0] if rows else {}

    def mine(self, rows: Iterable[Row]) -> list[Row]:
        """The rows in the currency that is shown."""
        return [row for row in rows if not self.currency or row.get("currency") == self.currency]

    def by_point(self, report: Report | None) -> dict[str, Row]:
        """The rows of a report over time, by point."""
        rows = [] if report is None else self.mine(report.rows)
        return {point_of(row[self.grain.value], self.grain): row for row in rows}


def measure(caller: Caller, asked: Asked, extra: Sequence[Query] = ()) -> Measured:
    """Ask everything a page needs, of one moment."""
    board = board_of(caller)
    about = {one.name: one for one in reports.metrics(caller)}
    zone = reports.zone_of(caller, asked.program)
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    span = span_of(asked, today)
    other_span = before(span, asked.against)
    chosen = chosen_metrics(asked, board, about)
    names = tuple(dict.fromkeys((*board.cards, *FUNNEL, *chosen)))
    rank_metric = asked.metric if asked.metric in about and about[asked.metric].unit in ADDS_UP else ""
    rank_metric = rank_metric or board.rank_metric
    grain = grain_of(span)
    spans = [span, other_span] if other_span else [span]
    questions = [Query(names, (grain.value,), _where(asked), one.start, one.end) for one in spans]
    questions += [_ranking(board, rank_metric, asked, one) for one in spans]
    told = reports.ask_many(caller, [*questions, *extra])
    report, other = told[0], told[1] if other_span else None
    rank, other_rank = told[len(spans)], told[len(spans) + 1] if other_span else None
    currencies = _currencies([report, *([other] if other else [])])
    return Measured(
        asked=asked,
        board=board,
        about=about,
        zone=zone,
        today=today,
        span=span,
        other_span=other_span,
        grain=grain,
        report=report,
        other=other,
        rank=rank,
        other_rank=other_rank,
        rank_metric=rank_metric,
        extra=told[len(questions) :],
        currencies=currencies,
        currency=asked.currency if asked.currency in currencies else next(iter(currencies), ""),
    )


def chosen_metrics(asked: Asked, board: Board, about: Mapping[str, MetricView]) -> tuple[str, ...]:
    """The one or two metrics over time; names that the caller cannot ask for give way to the usual."""
    if asked.metric not in about:
        return board.metric, board.other
    second = asked.other if asked.other in about and asked.other != asked.metric else ""
    return (asked.metric, second) if second else (asked.metric,)


def _where(asked: Asked) -> dict[str, Sequence[Any]]:
    return {} if asked.program is None else {"program": (asked.program,)}


def _ranking(board: Board, metric: str, asked: Asked, span: Span) -> Query:
    where = {**_where(asked), "currency": (asked.currency,)} if asked.currency else _where(asked)
    by = (board.ranked, "currency")
    return Query((metric,), by, where, span.start, span.end, (f"-{metric}",), RANKED_AT_MOST)


def _currencies(told: Sequence[Report]) -> list[str]:
    """The currencies there are, the one with the most money in it first."""
    sums: dict[str, int] = {}
    for one in told:
        money = [column.name for column in one.columns if column.unit is Unit.MONEY]
        for row in one.totals:
            if currency := row.get("currency"):
                sums[currency] = sums.get(currency, 0) + sum(abs(row[name] or 0) for name in money)
    return sorted(sums, key=lambda one: (-sums[one], one))
