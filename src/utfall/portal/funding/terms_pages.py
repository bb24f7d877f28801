"""Pages of the operator: where advertisers stand, one of them, its terms, and settling by hand."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from utfall.portal.access import Caller, Kind, Menu, Refused
from utfall.portal.access.paging import whole
from utfall.portal.funding import facade
from utfall.portal.funding.chapter import OPERATING, go, pages
from utfall.portal.funding.contracts import Standing, State, TermsDraft, Way
from utfall.portal.funding.forms import TermsForm
from utfall.portal.look.formats import number
from utfall.portal.look.forms import blame
from utfall.portal.people import facade as people

SHOWN: Final = 200
WORST_FIRST: Final = (State.EXHAUSTED, State.LOW, State.WELL, State.OPEN)


@pages.page(
    "funding/", name="index", menu=Menu(gettext_lazy("Deposits and credit"), "scale", 44), **OPERATING
)
def index(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Where every advertiser stands, those with the least left first."""
    found = facade.all_standings()
    wanted, words = request.GET.get("state", ""), request.GET.get("q", "").strip().casefold()
    names = people.party_names(Kind.ADVERTISER, {one.advertiser for one in found})
    rows = [
        one
        for one in sorted(found, key=_worst_first)
        if wanted in ("", one.state.value) and words in _name(names, one.advertiser).casefold()
    ]
    context = {
        "rows": [(one, _name(names, one.advertiser)) for one in rows[:SHOWN]],
        "hidden": max(len(rows) - SHOWN, 0),
        "shown": SHOWN,
        "wanted": wanted,
        "is_new": not found,
        "settlings": facade.settlings(caller, after=whole(request.GET.get("after", ""))),
    }
    return render(request, "funding/index.html", context)


def _worst_first(one: Standing) -> tuple[int, int]:
    return WORST_FIRST.index(one.state), -(one.share_ppm or one.used_micros)


def _name(names: dict[int, str], number: int) -> str:
    return names.get(number, f"#{number}")


@pages.page("funding/advertisers/<int:advertiser>/", name="advertiser", methods=("GET", "POST"), **OPERATING)
def advertiser(request: HttpRequest, caller: Caller, advertiser: int) -> HttpResponse:
    """One advertiser: where it stands, its terms, and what its deposit paid."""
    party = people.party(Kind.ADVERTISER, advertiser)
    standings = sorted(facade.standings(advertiser), key=lambda one: (not one.used_micros, one.currency))
    form = TermsForm(request.POST or None, initial=_standing_terms(standings))
    if request.method == "POST" and form.is_valid():
        try:
            facade.set_terms(caller, advertiser, _draft(form))
        except Refused as refused:
            blame(form, refused)
        else:
            messages.success(request, _("Agreed. It holds from now on."))
            return go(caller, "advertiser", advertiser)
    context = {
        "party": party,
        "standings": standings,
        "history": facade.history(caller, advertiser),
        "settlings": facade.settlings(
            caller, advertiser=advertiser, after=whole(request.GET.get("after", ""))
        ),
        "form": form,
    }
    return render(request, "funding/advertiser.html", context, status=422 if form.errors else 200)


def _standing_terms(standings: list[Standing]) -> dict[str, Any]:
    """What holds in the currency that is used most, so that nothing is given up by leaving it out."""
    if not standings:
        return {}
    terms = max(standings, key=lambda one: one.used_micros).terms
    told: dict[str, Any] = {"currency": terms.currency, "way": terms.way.value}
    if terms.way is Way.INVOICED:
        told |= {"limit": terms.limit_micros, "days_to_pay": terms.days_to_pay}
    return told


def _draft(form: TermsForm) -> TermsDraft:
    told = form.cleaned_data
    return TermsDraft(
        currency=told["currency"],
        way=Way(told["way"]),
        limit_micros=told["limit"],
        days_to_pay=told["days_to_pay"],
        why=told["why"],
    )


@pages.page("funding/advertisers/<int:advertiser>/settle/", name="settle", methods=("POST",), **OPERATING)
def settle(request: HttpRequest, caller: Caller, advertiser: int) -> HttpResponse:
    """Pay from the deposit what is open, now."""
    count = facade.settle_now(caller, advertiser)
    if count:
        words = ngettext(
            "%(count)s paper is settled within a moment.",
            "%(count)s papers are settled within a moment.",
            count,
        )
        messages.success(request, words % {"count": number(count)})
    else:
        messages.info(request, _("Nothing is open that the deposit could pay, or it is on its way already."))
    return go(caller, "advertiser", advertiser)
