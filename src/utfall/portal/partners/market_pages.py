"""The marketplace: what one could promote, one offer, and applying to it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from utfall.events import Outcome
from utfall.portal.access import Caller, Menu, Permission, Refused
from utfall.portal.funding import facade as funding
from utfall.portal.look.forms import blame
from utfall.portal.partners import facade, words
from utfall.portal.partners.chapter import SELLING, go, number_of, pages
from utfall.portal.partners.contracts import (
    ApplicationDraft,
    EnrolmentView,
    Offer,
    OfferFilter,
    Order,
    PartnershipView,
    State,
)
from utfall.portal.partners.experience import LEAST_CLICKS, LEAST_DECISIONS
from utfall.portal.partners.forms import ApplyForm, country_choices, type_choices
from utfall.portal.partners.rows import owed_in, row_of, types_words
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import PriceKind, Visibility
from utfall.portal.programs.words import CATEGORIES, MANY, PRICES, PROMOTION_TYPES, clauses
from utfall.terms import PromotionType

CURRENCIES = ("SEK", "NOK", "DKK", "EUR", "GBP", "USD")


@pages.page(
    "marketplace/",
    name="marketplace",
    kinds=SELLING,
    menu=Menu(gettext_lazy("Marketplace"), "building-store", 12),
)
def marketplace(request: HttpRequest, caller: Caller) -> HttpResponse:
    """Every listed program, as this publisher sees it."""
    found = facade.marketplace(caller, wanted_of(request.GET), after=number_of(request, "after"))
    named = dict(people.countries())
    owed = owed_in(caller, [one.program.id for one in found.items if one.partnership])
    context = {
        "found": found,
        "offers": [shown(one, named) | {"owed": owed.get(one.program.id)} for one in found.items],
        "asked": request.GET,
        "categories": list(CATEGORIES.items()),
        "countries": country_choices(),
        "outcomes": [(one.value, label) for one, label in MANY.items()],
        "prices": [(one.value, label) for one, label in PRICES.items()],
        "currencies": CURRENCIES,
        "types": type_choices(),
        "orders": [(one.value, label) for one, label in words.ORDERS.items()],
        "least_clicks": LEAST_CLICKS,
        "is_filtered": any(value for name, value in request.GET.items() if name != "sort"),
    }
    return render(request, "partners/marketplace.html", context)


def wanted_of(asked: QueryDict) -> OfferFilter:
    """What a query asks of the marketplace; what it does not know is not asked."""
    price, order, outcome = asked.get("price", ""), asked.get("sort", ""), asked.get("outcome", "")
    return OfferFilter(
        search=asked.get("q", ""),
        category=asked.get("category", ""),
        country=asked.get("country", "")[:2],
        currency=asked.get("currency", "")[:3],
        outcome=outcome if outcome in set(Outcome) else "",
        price=PriceKind(price) if price in set(PriceKind) else None,
        promotion_type=asked.get("type", ""),
        open_only=bool(asked.get("open")),
        order=Order(order) if order in set(Order) else Order.NEWEST,
    )


def shown(offer: Offer, named: dict[str, Any]) -> dict[str, Any]:
    """An offer as a card shows it."""
    told = {one.key: one.says for one in clauses(offer.program.terms)}
    acceptances = [
        (PROMOTION_TYPES[PromotionType(one.promotion_type)], one) for one in offer.experience.by_type
    ]
    return {
        "offer": offer,
        "program": offer.program,
        "window": offer.program.terms.windows.standard,
        "told": told,
        "countries": [named.get(one, one) for one in offer.program.countries],
        "types": types_words(offer.program.terms.promotion_types),
        "acceptances": acceptances,
        "enters_at_once": offer.program.visibility is Visibility.PUBLIC or offer.program.auto_approve,
        "least_decisions": LEAST_DECISIONS,
        "least_clicks": LEAST_CLICKS,
    }


@pages.page("marketplace/<int:program>/", name="offer", kinds=SELLING)
def offer(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """One program for a publisher: what it pays, its terms, how one stands there and what comes next."""
    found = facade.offer(caller, program)
    standing = found.partnership
    facts = shown(found, dict(people.countries()))
    context = facts | {
        "facts": facts,
        "row": row_of(caller, standing) if standing else None,
        "clauses": [one for one in clauses(found.program.terms) if one.key not in ("text", "status")],
        "paragraphs": [one for one in found.program.terms.text.split("\n\n") if one.strip()],
        "applications": facade.applications(caller, program=program).items,
        "letters": facade.letters(caller, standing.id) if standing else [],
        "funded": funding.own_funded(caller, program=program) if standing else [],
        "periods": _grouped(caller, standing) if standing else [],
        "reasons": words.REASONS,
        "may_answer": caller.may(Permission.MANAGE),
        "is_waiting": standing is not None and standing.state is State.PENDING,
    }
    return render(request, "partners/offer.html", context)


def _grouped(caller: Caller, standing: PartnershipView) -> list[tuple[EnrolmentView, str]]:
    """In which group a publisher was when, if it ever was in any."""
    periods = facade.enrolments(caller, standing.id)
    named = programs.group_names({one.group for one in periods if one.group is not None})
    return [(one, named.get(one.group or 0, "")) for one in periods] if named else []


@pages.page(
    "marketplace/<int:program>/apply/",
    name="apply",
    needs=Permission.MANAGE,
    kinds=SELLING,
    methods=("GET", "POST"),
)
def apply(request: HttpRequest, caller: Caller, program: int) -> HttpResponse:
    """Apply, with the program's own questions."""
    found = facade.offer(caller, program)
    if not found.is_open:
        return go(caller, "offer", program=program)
    owned = facade.properties(caller)
    start = {
        "promotion_types": sorted(
            {one.promotion_type for one in owned if found.program.terms.allows(one.promotion_type)}
        ),
        "properties": [one.id for one in owned if found.program.terms.allows(one.promotion_type)],
    }
    data = request.POST if request.method == "POST" else None
    form = ApplyForm(data, initial=start, program=found.program, owned=owned)
    if form.is_bound and form.is_valid():
        answer = _apply(request, caller, found, form)
        if answer is not None:
            return answer
    facts = shown(found, dict(people.countries()))
    context = facts | {"facts": facts, "form": form, "owned": owned}
    return render(request, "partners/apply.html", context, status=422 if form.errors else 200)


def _apply(request: HttpRequest, caller: Caller, found: Offer, form: ApplyForm) -> HttpResponse | None:
    given = form.cleaned_data
    draft = ApplicationDraft(
        program=found.program.id,
        promotion_types=tuple(given["promotion_types"]),
        answers=form.answers,
        properties=tuple(given["properties"]),
        message=given["message"],
    )
    try:
        view = facade.apply(caller, draft)
    except Refused as refused:
        blame(form, refused)
        return None
    if view.state is State.APPROVED:
        messages.success(request, _("You are in. Make your first link."))
    else:
        messages.success(request, _("Sent. We write to you as soon as the advertiser has decided."))
    return go(caller, "offer", program=found.program.id)
