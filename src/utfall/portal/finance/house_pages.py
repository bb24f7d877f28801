"""The operator's page: the house's money in one currency, and its tables as files."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Menu
from utfall.portal.access.errors import Words
from utfall.portal.finance import charting, facade
from utfall.portal.finance.chapter import OPERATING, pages
from utfall.portal.finance.contracts import Account, Figures, Receivable
from utfall.portal.finance.words import AGES, BUCKETS, OWNERS, TABLES
from utfall.portal.look.streaming import streamed
from utfall.portal.payouts import facade as payouts

SHOWN = 20
"""Lines of a table on the page; the file has all of them."""


@pages.page("finance/", name="index", menu=Menu(gettext_lazy("Finance"), "chart-bar", 40), **OPERATING)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Where the money stands, how old what is owed is, what was earned, and what comes and goes."""
    found = facade.figures(caller, request.GET.get("currency", "")[:3])
    return render(request, "finance/index.html", {**_context(found), "old_rates": payouts.old_rates()})


def _context(found: Figures) -> dict[str, object]:
    return {
        "found": found,
        "tabs": [_tab(one, found.currency) for one in found.currencies],
        "kpis": _kpis(found),
        "ages": AGES,
        "age_chart": charting.ages(found) if found.receivables else None,
        "fee_chart": charting.fees(found.fees, found.currency) if any(_fees(found)) else None,
        "cash_chart": charting.cash(found.forecast, found.currency),
        "has_cash": any(one.in_micros or one.out_micros for one in found.forecast.weeks),
        "accounts": [_account(one) for one in found.accounts if one.micros],
        "weeks": [one for one in found.forecast.weeks if one.in_micros or one.out_micros],
        "tables": TABLES.items(),
        "receivables": [_receivable(one) for one in found.receivables[:SHOWN]],
        "age_sums": list(zip(AGES, found.ages, strict=True)) if len(found.receivables) > 1 else [],
        "receivables_hidden": max(len(found.receivables) - SHOWN, 0),
        "used": found.used[:SHOWN],
        "used_hidden": max(len(found.used) - SHOWN, 0),
    }


def _receivable(one: Receivable) -> dict[str, object]:
    """A line of the table, each amount with the words of its age."""
    return {
        "advertiser": one.advertiser,
        "name": one.name,
        "rows": list(zip(AGES, one.ages, strict=True)),
        "total": one.total_micros,
    }


def _tab(currency: str, chosen: str) -> tuple[str, str, bool]:
    return f"?currency={currency}", currency, currency == chosen


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
    currency = request.GET.get("currency", "")[:3]
    lines = facade.csv_lines(caller, table, currency)
    return streamed(lines, f"{table}-{currency or 'all'}.csv")
