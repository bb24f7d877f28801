"""What the builder offers: metrics and dimensions in groups, spans, and reports to begin with."""

from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from utfall.portal.access import Caller, Kind
from utfall.portal.reports.calendar import Against, Preset
from utfall.portal.reports.contracts import DimensionView, MetricView
from utfall.portal.reports.reach import sees_as_publisher
from utfall.portal.reports.wanted import Wanted
from utfall.portal.reports.words import dimensions, metrics

PRESETS: Final[dict[Preset, Promise]] = {
    Preset.TODAY: _("Today"),
    Preset.YESTERDAY: _("Yesterday"),
    Preset.LAST_7: _("Last 7 days"),
    Preset.LAST_30: _("Last 30 days"),
    Preset.LAST_90: _("Last 90 days"),
    Preset.THIS_MONTH: _("This month"),
    Preset.LAST_MONTH: _("Last month"),
    Preset.THIS_YEAR: _("This year"),
    Preset.LAST_YEAR: _("Last year"),
    Preset.ALL: _("All time"),
    Preset.CUSTOM: _("Other days"),
}
AGAINST: Final[dict[Against, Promise]] = {
    Against.NOTHING: _("Compared with nothing"),
    Against.PERIOD: _("Compared with the days before"),
    Against.YEAR: _("Compared with a year ago"),
}
_TRAFFIC: Final = (
    *("impressions", "viewables", "completed_views", "clicks", "gross_impressions", "gross_clicks"),
    "invalid_clicks",
)
_OUTCOMES: Final = ("conversions", "sales", "leads", "actions", "installs", "revenue", "aov")
_EARNED: Final = ("commission_pending", "commission_approved", "commission_declined", "epc", "approval_rate")
METRIC_GROUPS: Final[tuple[tuple[Promise, tuple[str, ...]], ...]] = (
    (_("Traffic"), _TRAFFIC),
    (_("Outcomes"), _OUTCOMES),
    (_("Money"), ("cost", "fee", "imported_cost", "cpa", "cpc", "cpl", "ecpm", "roas", "roi")),
    (_("Commission"), _EARNED),
    (_("Rates"), ("ctr", "cvr", "viewability")),
)
DIMENSION_GROUPS: Final[tuple[tuple[Promise, tuple[str, ...]], ...]] = (
    (_("Time"), ("hour", "day", "week", "month")),
    (_("Partnership"), ("program", "advertiser", "publisher", "group", "link", "code", "rule")),
    (_("Visitors"), ("device", "os", "browser", "country", "customer", "channel")),
    (
        _("Decisions"),
        ("kind", "status", "verdict", "reason", "price_model", "source", "category", "currency"),
    ),
)
MORE: Final = _("More")


class Begin(NamedTuple):
    """A report to begin with."""

    words: Promise
    says: Promise
    icon: str
    wanted: Wanted


def beginnings(caller: Caller) -> list[Begin]:
    """Reports that are worth a look, ready made for this kind of organisation."""
    money = ("commission_pending", "commission_approved") if sees_as_publisher(caller) else ("cost", "roas")
    who = "program" if caller.kind is Kind.PUBLISHER else "publisher"
    trend = Wanted(metrics=("clicks", "conversions", *money), by=("day",))
    return [
        Begin(
            _("Day by day"),
            _("Clicks, conversions and money of the last 30 days."),
            icon="chart-line",
            wanted=trend,
        ),
        Begin(
            _("Who brings it"),
            _("Each partner with its conversion rate, against the days before."),
            icon="users-group",
            wanted=Wanted(
                metrics=("clicks", "conversions", "cvr", money[0]), by=(who,), against=Against.PERIOD
            ),
        ),
        Begin(
            _("Where clicks are lost"),
            _("Refused clicks by reason, week by week."),
            icon="filter-x",
            wanted=Wanted(
                metrics=("invalid_clicks", "gross_clicks"),
                by=("reason",),
                pivot="week",
                preset=Preset.LAST_90,
            ),
        ),
        Begin(
            _("Devices and countries"),
            _("How well each converts."),
            icon="devices",
            wanted=Wanted(metrics=("clicks", "conversions", "cvr"), by=("country", "device")),
        ),
        Begin(
            _("Approved and declined"),
            _("Commission month by month, and how much of it was approved."),
            icon="checks",
            wanted=Wanted(
                metrics=("commission_pending", "commission_approved", "commission_declined", "approval_rate"),
                by=("month",),
                preset=Preset.THIS_YEAR,
            ),
        ),
    ]


def metric_groups(caller: Caller) -> list[tuple[Any, list[MetricView]]]:
    """Metrics in groups; what no group names comes last."""
    return _grouped({one.name: one for one in metrics(caller)}, METRIC_GROUPS)


def dimension_groups(caller: Caller) -> list[tuple[Any, list[DimensionView]]]:
    """Dimensions in groups; what no group names comes last."""
    return _grouped({one.name: one for one in dimensions(caller)}, DIMENSION_GROUPS)


def _grouped(known: dict[str, Any], groups: Any) -> list[tuple[Any, list[Any]]]:
    found = [(words, [known.pop(name) for name in names if name in known]) for words, names in groups]
    return [(words, members) for words, members in (*found, (MORE, list(known.values()))) if members]
