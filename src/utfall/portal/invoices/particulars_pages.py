"""Pages of particulars and of the house's accounts."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.portal.access import Caller, Kind, Menu, Permission, Refused
from utfall.portal.access.paging import whole
from utfall.portal.invoices import facade
from utfall.portal.invoices.account_form import initial_of
from utfall.portal.invoices.chapter import HOUSE, PARTIES, pages
from utfall.portal.invoices.contracts import ParticularsView
from utfall.portal.invoices.forms import HouseForm, ParticularsForm
from utfall.portal.look.forms import blame, say_why
from utfall.portal.people import facade as people


@pages.page(
    "billing/",
    name="particulars",
    needs=Permission.MONEY,
    kinds=PARTIES,
    methods=("GET", "POST"),
    menu=Menu(gettext_lazy("Billing details"), "id", 46),
)
def particulars(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Whom papers name: the caller's own, or those of the party that is asked for."""
    choices = people.advertiser_choices(caller) if caller.kind is Kind.AGENCY else []
    advertiser, publisher = _asked(request, caller, choices)
    view = facade.particulars(caller, advertiser=advertiser, publisher=publisher)
    form = ParticularsForm(request.POST or None, initial=_initial(view))
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_particulars(caller, form.draft(), advertiser=advertiser, publisher=publisher)
            messages.success(request, _("Saved. Papers that are issued from now on name you like this."))
            return redirect(request.get_full_path())
        except Refused as refused:
            blame(form, refused)
    context = {
        "form": form,
        "view": view,
        "is_own": caller.kind is not Kind.OPERATOR or not (advertiser or publisher),
        "is_operator": caller.kind is Kind.OPERATOR,
        "choices": choices,
        "chosen": advertiser,
        "party": _name(view),
    }
    return render(request, "invoices/particulars.html", context, status=422 if form.errors else 200)


def _asked(
    request: HttpRequest, caller: Caller, choices: list[tuple[int, str]]
) -> tuple[int | None, int | None]:
    advertiser = whole(request.GET.get("advertiser", ""))
    if caller.kind is Kind.AGENCY and advertiser is None and choices:
        advertiser = choices[0][0]
    return advertiser, whole(request.GET.get("publisher", ""))


def _initial(view: ParticularsView) -> dict[str, str]:
    """What is known; a party without particulars begins with what its organisation says of itself."""
    told = asdict(view.draft)
    if view.changed_at is None and view.kind is not Kind.OPERATOR:
        party = people.party(view.kind, view.number)
        told |= {"name": party.name, "country": party.country, "email": party.contact_email}
    return told


def _name(view: ParticularsView) -> str:
    return "" if view.kind is Kind.OPERATOR else people.party(view.kind, view.number).name


@pages.page(
    "billing/agreement/",
    name="agree",
    needs=Permission.MONEY,
    kinds=frozenset({Kind.PUBLISHER}),
    methods=("GET", "POST"),
)
def agree(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The self-billing agreement, and accepting it."""
    if request.method == "POST":
        try:
            facade.accept_agreement(caller)
            messages.success(request, _("Agreed. Your invoices are written for you from now on."))
            return redirect("payouts:details", caller.slug)
        except Refused as refused:
            say_why(request, refused)
            return redirect("invoices:particulars", caller.slug)
    context = {"view": facade.particulars(caller), "house": facade.view_of(Kind.OPERATOR, 0)}
    return render(request, "invoices/agreement.html", context)


@pages.page("billing/accounts/", name="house", needs=Permission.MONEY, kinds=HOUSE, methods=("GET", "POST"))
def house(request: HttpRequest, caller: Caller) -> HttpResponse:
    """The accounts that publishers are paid from and advertisers pay into."""
    accounts = facade.house_accounts(caller)
    chosen = next((one for one in accounts if one.currency == request.GET.get("currency")), None)
    initial = {}
    if chosen is not None:
        told = {"currency": chosen.currency, "payer_number": chosen.payer_number}
        initial = told | initial_of(chosen.account)
    form = HouseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_house_account(caller, form.house_account())
            messages.success(request, _("Saved. The next files use it."))
            return redirect("invoices:house", caller.slug)
        except Refused as refused:
            blame(form, refused)
    context = {"form": form, "accounts": accounts, "chosen": chosen}
    return render(request, "invoices/house.html", context, status=422 if form.errors else 200)


@pages.page(
    "billing/accounts/remove/", name="remove_house", needs=Permission.MONEY, kinds=HOUSE, methods=("POST",)
)
def remove_house(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Pay nothing in a currency any more."""
    facade.remove_house_account(caller, request.POST.get("currency", ""))
    messages.success(request, _("Removed. Nothing is paid in this currency until there is an account."))
    return redirect("invoices:house", caller.slug)
