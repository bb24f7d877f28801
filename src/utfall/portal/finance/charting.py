"""The charts of finance: each has its numbers as a table, as money in the reader's language."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from django.utils.translation import gettext_lazy as _

from utfall.portal.access.errors import Words
from utfall.portal.finance.contracts import Fee, Figures, Forecast
from utfall.portal.finance.words import AGES
from utfall.portal.look.charts import Chart, Kind, Series
from utfall.portal.look.formats import locale, rounded


def ages(found: Figures) -> Chart:
    """What is not paid, by age."""
    series = [(_("Not paid"), list(found.ages))]
    return _chart(_("Open invoices by age"), [str(one) for one in AGES], series, found.currency)


def fees(told: Sequence[Fee], currency: str) -> Chart:
    """What the network earned, by month."""
    labels = [month_words(one.month) for one in told]
    return _chart(_("Fees by month"), labels, [(_("Fees"), [one.micros for one in told])], currency)


def cash(told: Forecast, currency: str) -> Chart:
    """With what each week ends."""
    labels = [_day(one.starts) for one in told.weeks]
    ends = [(_("In the bank at its end"), [one.ends_micros for one in told.weeks])]
    return _chart(_("Cash to come, by week"), labels, ends, currency, kind="area")


def _chart(
    title: Words,
    labels: Sequence[str],
    series: Sequence[tuple[Words, list[int]]],
    currency: str,
    kind: Kind = "bar",
) -> Chart:
    # A picture needs no more than whole hundredths; the table beside it has the amounts.
    return Chart(
        title=title,
        labels=labels,
        series=[Series(name, [round(micros / 1_000_000, 2) for micros in values]) for name, values in series],
        kind=kind,
        shown=[[rounded(micros, currency) for micros in values] for _name, values in series],
    )


def month_words(month: str) -> str:
    """A month (`2026-11`) as people write it; nothing for none."""
    return format_date(date.fromisoformat(f"{month}-01"), "MMM y", locale=locale()) if month else ""


def _day(day: date) -> str:
    return format_date(day, "d MMM", locale=locale())
