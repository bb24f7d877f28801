"""Pages of the leak report: every code with how its orders came about, and the orders behind one."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Kind, Permission
from utfall.portal.links import facade
from utfall.portal.links.contracts import CodeOrder, Leak, LeakReport, LeakVerdict
from utfall.portal.links.leaks import LEAKED_ABOVE_PPM, LEAST_ORDERS, SPANS
from utfall.portal.links.listed import BUYING, WATCHING, number, pages, program_names
from utfall.portal.look.charts import Chart, Series
from utfall.portal.look.formats import rounded
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs

MOST_BARS: Final = 12
"""More codes than these make a picture that nobody reads; the table has them all."""
MOST_SHOWN: Final = 200


@pages.page("codes/leaks/", name="leaks")
def leaks(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How orders with codes came about, and which codes are found where they should not be."""
    report = facade.leaks(caller, program=number(request, "program"), days=_days(request))
    seen = {one.code.publisher for one in report.leaks}
    seen |= {each.publisher for one in report.leaks for each in one.others}
    is_publisher = caller.kind is Kind.PUBLISHER
    context = {
        "report": report,
        "picture": _picture(report, is_publisher=is_publisher),
        "programs": program_names(caller, {one.code.program for one in report.leaks}),
        "publishers": people.party_names(Kind.PUBLISHER, seen),
        "choices": [] if is_publisher else programs.choices(caller),
        "program": number(request, "program"),
        "spans": SPANS,
        "is_publisher": is_publisher,
        "may_act": caller.kind in BUYING and caller.may(Permission.MANAGE),
        "least": LEAST_ORDERS,
        "above": LEAKED_ABOVE_PPM,
        **_sums(report),
    }
    return render(request, "links/leaks.html", context)


@pages.page("codes/<int:code>/orders/", name="code_orders", kinds=WATCHING)
def code_orders(request: HttpRequest, caller: Caller, code: int) -> HttpResponse:
    """The orders of one code, each with the click it came by."""
    view, days = facade.code(caller, code), _days(request)
    orders = facade.code_orders(caller, code, days=days)
    came = request.GET.get("came", "")
    shown = [one for one in orders if came in ("", one.came.value)]
    context = {
        "code": view,
        "orders": shown[:MOST_SHOWN],
        "more": max(len(shown) - MOST_SHOWN, 0),
        "days": days,
        "spans": SPANS,
        "came": came,
        "is_empty": not orders,
        "publisher": people.party_names(Kind.PUBLISHER, {view.publisher}).get(view.publisher, ""),
        "publishers": people.party_names(Kind.PUBLISHER, _seen(shown)),
    }
    return render(request, "links/code_orders.html", context)


def _days(request: HttpRequest) -> int:
    wanted = number(request, "days")
    return wanted if wanted in SPANS else SPANS[-1]


def _seen(orders: list[CodeOrder]) -> set[int]:
    return {one.by for one in orders if one.by is not None}


def _sums(report: LeakReport) -> dict[str, Any]:
    """The figures above the picture; amounts by currency, for they are not added across."""
    at_stake: dict[str, int] = {}
    for one in report.leaks:
        if one.currency:
            at_stake[one.currency] = at_stake.get(one.currency, 0) + one.at_stake_micros
    orders, elsewhere = (sum(getattr(one, name) for one in report.leaks) for name in ("orders", "elsewhere"))
    return {
        "orders": orders,
        "elsewhere": elsewhere,
        "share": elsewhere * 1_000_000 // orders if orders else None,
        "leaking": sum(one.verdict is LeakVerdict.LEAKED for one in report.leaks),
        "at_stake": " · ".join(rounded(sum_, name) for name, sum_ in sorted(at_stake.items())),
    }


def _picture(report: LeakReport, *, is_publisher: bool) -> Chart | None:
    """A bar for each code with orders, the most orders first."""
    codes = sorted((one for one in report.leaks if one.orders), key=lambda one: -one.orders)[:MOST_BARS]
    if not codes:
        return None
    series = [
        Series(_("Without a click"), [one.without_click for one in codes]),
        Series(_("Own clicks"), [one.own_clicks for one in codes]),
        *(_told(codes) if is_publisher else _named(codes)),
    ]
    return Chart(
        title=_("How orders with each code came about"),
        labels=[one.code.code for one in codes],
        series=series,
        kind="stacked",
    )


def _told(codes: list[Leak]) -> list[Series]:
    return [Series(_("Clicks of others"), [one.elsewhere for one in codes])]


def _named(codes: list[Leak]) -> list[Series]:
    return [
        Series(_("Other partners' clicks"), [one.by_rest for one in codes]),
        Series(_("Voucher sites' clicks"), [one.by_vouchers for one in codes]),
    ]
