"""Pages of a publisher: what it earned and when it gets it, how it is paid, and its payouts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.invoices.account_form import initial_of
from utfall.portal.look.forms import blame, say_why
from utfall.portal.payouts import facade
from utfall.portal.payouts.chapter import EARNING, OWN, SEEING, go, pages
from utfall.portal.payouts.contracts import DetailsView, PayoutView, Schedule
from utfall.portal.payouts.forms import OutcomeForm, PayeeForm, WhyForm, WishesForm
from utfall.portal.payouts.words import OF_ACCOUNT


@pages.page("earnings/", name="earnings", kinds=EARNING, menu=Menu(gettext_lazy("Earnings"), "coins", 40))
def earnings(request: HttpRequest, caller: Caller) -> HttpResponse:
    """What was earned, and the answer to when it is paid and why not yet."""
    context = {
        "earnings": facade.earnings(caller),
        "payouts": facade.payouts(caller, after=whole(request.GET.get("after", ""))),
        "may_mend": caller.may(Permission.MONEY),
    }
    return render(request, "payouts/earnings.html", context)


@pages.page(
    "getting-paid/",
    name="details",
    methods=("GET", "POST"),
    menu=Menu(gettext_lazy("Getting paid"), "wallet", 41),
    **OWN,
)
def details(request: HttpRequest, caller: Caller) -> HttpResponse:
    """How the publisher is paid, and what is missing."""
    view = facade.details(caller)
    currencies = sorted({*facade.payout_currencies(), *filter(None, [view.into])})
    form = WishesForm(request.POST or None, initial=_wishes(view), currencies=currencies)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            facade.set_wishes(
                caller,
                currency=told["currency"].strip().upper(),
                minimum_micros=told["minimum"],
                schedule=Schedule(told["schedule"]),
                into=told["into"],
            )
            messages.success(request, _("Saved."))
            return go(caller, "details")
        except Refused as refused:
            blame(form, refused)
    context = {"view": view, "form": form, "stop": WhyForm(auto_id="stop_%s"), "is_own": True}
    return render(request, "payouts/details.html", context, status=422 if form.errors else 200)


def _wishes(view: DetailsView) -> dict[str, object]:
    return {
        "schedule": view.schedule.value,
        "minimum": view.minimum_micros,
        "currency": view.currency,
        "into": view.into,
    }


@pages.page("getting-paid/account/", name="account", methods=("GET", "POST"), **OWN)
def account(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Give another account."""
    view = facade.details(caller)
    initial = {"scheme": "iban"}
    if view.account is not None and not view.account.refused:
        initial = {"holder": view.account.holder, **initial_of(view.account.account), "number": ""}
    form = PayeeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_account(caller, form.cleaned_data["holder"], form.account())
            messages.success(request, _("Saved. It is used once three days have passed."))
            return go(caller, "details")
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "view": view}
    return render(request, "payouts/account.html", context, status=422 if form.errors else 200)


@pages.page("getting-paid/ask/", name="ask", methods=("POST",), **OWN)
def ask(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Ask to be paid."""
    try:
        facade.ask(caller)
        messages.success(request, _("Asked. You are paid with the next batch."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "details")


@pages.page("getting-paid/stop/", name="stop", methods=("POST",), **OWN)
def stop(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Something is wrong: pay nothing until the operator has looked."""
    try:
        facade.stop(caller, request.POST.get("why", ""))
        messages.success(request, _("Stopped. The operator lets payouts go on once this is cleared."))
    except Refused as refused:
        say_why(request, refused)
    return go(caller, "details")


@pages.page("payouts/<int:payout>/", name="payout", kinds=SEEING)
def payout(request: HttpRequest, caller: Caller, payout: int) -> HttpResponse:
    """One payout: where it stands, and each commission in it with its receipt."""
    return shown(request, caller, payout)


def shown(request: HttpRequest, caller: Caller, payout: int, form: OutcomeForm | None = None) -> HttpResponse:
    """A payout's page, with a form that was refused where one was."""
    view = facade.payout(caller, payout)
    is_operator = caller.kind is Kind.OPERATOR and caller.may(Permission.MONEY)
    ends = facade.ends_of(view.state)
    commissions, following = facade.commissions(caller, payout, after=request.GET.get("after", ""))
    context = {
        "payout": view,
        "commissions": commissions,
        "following": following,
        "sums": facade.sums(caller, payout),
        "form": form or OutcomeForm(ends=ends),
        "is_operator": is_operator,
        "mend": _mend(caller, view),
        "may_note": is_operator and bool(ends),
    }
    return render(request, "payouts/payout.html", context, status=422 if form and form.errors else 200)


def _mend(caller: Caller, view: PayoutView) -> str:
    """The page on which a publisher mends what the bank refused."""
    is_own = caller.kind is Kind.PUBLISHER and caller.may(Permission.MONEY)
    return "payouts:account" if is_own and view.reason in OF_ACCOUNT else ""
