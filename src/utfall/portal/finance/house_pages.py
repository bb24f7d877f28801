"""The operator's page: the house's money in one currency, and its tables as files."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu, Refused, refuse
from utfall.portal.access.errors import Words
from utfall.portal.finance import charting, facade
from utfall.portal.finance.chapter import OPERATING, pages
from utfall.portal.finance.contracts import Account, Figures, Receivable
from utfall.portal.finance.words import AGES, BUCKETS, OWNERS, TABLES
from utfall.portal.look.streaming import streamed
from utfall.portal.payouts import facade as payouts

SHOWN = 20
"""Lines of a table on the page; the file has all of them."""
EARNED = "#fees-by-advertiser"


@pages.page("finance/", name="index", menu=Menu(gettext_lazy("Finance"), "chart-bar", 40), **OPERATING)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Where the money stands, how old what is owed is, what was earned, and what comes and goes."""
    problems: Any = ()
    currency = _currency(request)
    try:
        found = facade.figures(caller, currency, _day(request))
    except Refused as refused:
        found, problems = facade.figures(caller, currency), refused.problems
    context = {
        **_context(found),
        "earned": _earned(found, request.GET.get("month", "")),
        "days": facade.past_days(),
        "old_rates": None if found.as_of else payouts.old_rates(),
        "problems": problems,
    }
    return render(request, "finance/index.html", context, status=422 if problems else 200)


def _currency(request: HttpRequest) -> str:
    return request.GET.get("currency", "")[:3]


def _day(request: HttpRequest) -> date | None:
    """The past day that is asked for; None is now. What is no day is refused, for now was not asked for."""
    text = request.GET.get("as_of", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        refuse("no_such_day", gettext_lazy("There is no such day."), "as_of")


def _address(found: Figures, **more: str) -> str:
    """This page of a currency, with its past day."""
    told = {"currency": found.currency} | ({"as_of": found.as_of.isoformat()} if found.as_of else {})
    return "?" + urlencode(told | more)


def _context(found: Figures) -> dict[str, object]:
    return {
        "found": found,
        "tabs": [(_address(found, currency=one), one, one == found.currency) for one in found.currencies],
        "kpis": _kpis(found),
        "ages": AGES,
        "age_chart": charting.ages(found) if found.receivables else None,
        "fee_chart": charting.fees(found.fees, found.currency) if any(_fees(found)) else None,
        **_cash(found),
        "accounts": [_account(one) for one in found.accounts if one.micros],
        "tables": [(one, TABLES[one]) for one in facade.tables_of(found.as_of)],
        "receivables": [_receivable(one) for one in found.receivables[:SHOWN]],
        "age_sums": list(zip(AGES, found.ages, strict=True)) if len(found.receivables) > 1 else [],
        "receivables_hidden": max(len(found.receivables) - SHOWN, 0),
        "used": found.used[:SHOWN],
        "used_hidden": max(len(found.used) - SHOWN, 0),
        "stood": found.stood[:SHOWN],
        "stood_hidden": max(len(found.stood) - SHOWN, 0),
        "payables": found.payables[:SHOWN],
        "payables_hidden": max(len(found.payables) - SHOWN, 0),
        "unowned": found.unowned[:SHOWN],
        "unowned_hidden": max(len(found.unowned) - SHOWN, 0),
    }


def _cash(found: Figures) -> dict[str, object]:
    """What is to come, week by week; of a past day nothing."""
    if found.forecast is None:
        return {}
    weeks = [one for one in found.forecast.weeks if one.in_micros or one.out_micros]
    return {
        "cash_chart": charting.cash(found.forecast, found.currency),
        "has_cash": bool(weeks),
        "weeks": weeks,
    }


def _earned(found: Figures, month: str) -> dict[str, object]:
    """The fees of a month by advertiser, of the last one where none is named, and the months with any."""
    known = sorted({one.month for one in found.advertiser_fees}, reverse=True)
    told = {one.month: one.micros for one in found.fees}
    chosen = month if month in told else next(reversed(told), "")
    of_month = [one for one in found.advertiser_fees if one.month == chosen]
    return {
        "name": charting.month_words(chosen),
        "months": [
            (_address(found, month=one) + EARNED, charting.month_words(one), one == chosen) for one in known
        ],
        "rows": of_month[:SHOWN],
        "hidden": max(len(of_month) - SHOWN, 0),
        "rest": sum(one.micros for one in of_month[SHOWN:]),
        "total": told.get(chosen, 0),
    }


def _receivable(one: Receivable) -> dict[str, object]:
    """A line of the table, each amount with the words of its age."""
    return {
        "advertiser": one.advertiser,
        "name": one.name,
        "rows": list(zip(AGES, one.ages, strict=True)),
        "total": one.total_micros,
    }


def _kpis(found: Figures) -> dict[str, int]:
    """What stands at the top, each positive as people say it."""
    return {
        "bank": found.stands("operator", "bank"),
        "deposit": -found.stands("advertiser", "deposit"),
        "receivable": found.stands("advertiser", "receivable"),
        "payable": -found.stands("publisher", "payable"),
        "suspense": -found.stands("operator", "suspense"),
        "fee": found.fees[-1].micros if found.fees else 0,
    }


def _fees(found: Figures) -> list[int]:
    return [one.micros for one in found.fees]


def _account(one: Account) -> tuple[Words, Words, int]:
    """Whose it is, what it is called, and what stands there."""
    return OWNERS.get(one.owner, one.owner), BUCKETS.get(one.bucket, one.bucket), one.micros


@pages.page("finance/<slug:table>.csv", name="csv", **OPERATING)
def csv(request: HttpRequest, caller: Caller, table: str) -> HttpResponse:
    """A table with all of its lines."""
    currency, day = _currency(request), _day(request)
    lines = facade.csv_lines(caller, table, currency, day)
    name = "-".join((table, currency or "all", *((day.isoformat(),) if day else ())))
    return streamed(lines, f"{name}.csv")
