"""The operator's page of exchange rates: which table is in use, how old it is, and how a newer one comes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from utfall.portal.access import Caller, Permission, Refused
from utfall.portal.look.forms import blame, say_why
from utfall.portal.payouts import facade
from utfall.portal.payouts.chapter import HOUSE, OPERATING, go, pages
from utfall.portal.payouts.forms import RatesForm
from utfall.portal.payouts.words import TABLE_PROBLEMS
from utfall.rates import LARGEST_TABLE

ENVELOPE = 64 << 10
"""What a form is larger than the file in it."""


@pages.page("payouts/rates/", name="rates", **OPERATING)
def rates(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Where exchange rates stand."""
    return _shown(request, caller, RatesForm())


def _shown(request: HttpRequest, caller: Caller, form: RatesForm) -> HttpResponse:
    context = {"view": facade.exchange_rates(caller), "form": form}
    return render(request, "payouts/rates.html", context, status=422 if form.errors else 200)


@pages.page("payouts/rates/fetch/", name="fetch_rates", methods=("POST",), **OPERATING)
def fetch_rates(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Fetch a newer table now."""
    try:
        told = facade.fetch_rates_now(caller).last_fetch
    except Refused as refused:
        say_why(request, refused)
    else:
        if told is not None and told.problem is not None:
            messages.warning(request, str(TABLE_PROBLEMS[told.problem]))
        else:
            messages.success(request, _("A newer table is in use."))
    return go(caller, "rates")


@pages.page(
    "payouts/rates/file/",
    name="give_rates",
    methods=("POST",),
    takes=LARGEST_TABLE + ENVELOPE,
    needs=Permission.OPERATE,
    kinds=HOUSE,
)
def give_rates(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Use the table of a file."""
    form = RatesForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            facade.give_rates(caller, form.cleaned_data["file"].read(LARGEST_TABLE + 1))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("A newer table is in use."))
            return go(caller, "rates")
    return _shown(request, caller, form)
