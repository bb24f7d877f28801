"""The marketplace: what programs offer, what publishers met there, and why somebody cannot apply."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from utfall.events import Outcome
from utfall.portal.access import Caller, Kind, Permission, Slice
from utfall.portal.access.paging import LARGEST
from utfall.portal.commission import facade as commission
from utfall.portal.partners.contracts import (
    Offer,
    OfferFilter,
    Order,
)
from utfall.portal.partners.eligibility import Applicant, obstacles_of
from utfall.portal.partners.experience import experiences
from utfall.portal.partners.models import Partnership
from utfall.portal.partners.partnering import views_of
from utfall.portal.people import facade as people
from utfall.portal.programs import facade as programs
from utfall.portal.programs.contracts import PriceKind, ProgramView, StartingPrice, Visibility
from utfall.terms import Flat, PerThousand, Portion, Price

MOST: Final = 1000
"""How many programs a marketplace holds; the newest are seen."""


def marketplace(
    caller: Caller, wanted: OfferFilter | None = None, *, after: int | None = None, count: int = 24
) -> Slice[Offer]:
    """Listed programs as one publisher sees them; the cursor is the place in the chosen order."""
    caller.require(Permission.LOOK)
    wanted = wanted or OfferFilter()
    found = _offers(caller, [one for one in _listed(caller, wanted) if _fits(one, wanted)])
    if wanted.open_only:
        found = [one for one in found if one.is_open]
    found = _sorted(found, wanted.order)
    first, size = after or 0, min(max(count, 1), LARGEST)
    part = [replace(one, pays=pays(caller, one.program)) for one in found[first : first + size]]
    return Slice(part, first + size if len(found) > first + size else None)


def offer(caller: Caller, program: int) -> Offer:
    """One program as a publisher sees it: a listed one, or one that it is in or invited to."""
    caller.require(Permission.LOOK)
    return offers_of(caller, [programs.program(caller, program)])[0]


def offers_of(caller: Caller, listed: Sequence[ProgramView]) -> list[Offer]:
    """Programs with what publishers met in them and how the caller stands there."""
    caller.require(Permission.LOOK)
    return [replace(one, pays=pays(caller, one.program)) for one in _offers(caller, listed)]


def _offers(caller: Caller, listed: Sequence[ProgramView]) -> list[Offer]:
    """All but the prices, which are asked program by program once it is known which are shown."""
    advertisers = people.parties(Kind.ADVERTISER, {one.advertiser for one in listed})
    told = experiences(listed)
    rows = Partnership.objects.of(caller).filter(program__in=[one.id for one in listed])
    own = {one.program: one for one in views_of(rows.filter(publisher__in=caller.publishers))}
    applicant = Applicant(caller)
    return [
        Offer(
            program=one,
            advertiser=advertisers[one.advertiser],
            pays=(),
            experience=told[one.id],
            obstacles=tuple(obstacles_of(applicant, one, own.get(one.id))),
            partnership=own.get(one.id),
        )
        for one in listed
    ]


def pays(caller: Caller, program: ProgramView) -> tuple[str, ...]:
    """What a program pays, in sentences: the rules for this publisher, or its first price."""
    found = [one.words for one in commission.rules_for_publisher(caller, program.id)]
    if found:
        return tuple(dict.fromkeys(found))
    price = program.starting_price
    return (commission.price_words(_price(price), price.outcome, price.currency),) if price else ()


def _price(price: StartingPrice) -> Price:
    match price.kind:
        case PriceKind.SHARE:
            return Portion(ppm=price.ppm)
        case PriceKind.PER_THOUSAND:
            return PerThousand(micros=price.micros)
        case PriceKind.PER_UNIT:
            return Flat(micros=price.micros, per="unit")
        case PriceKind.FLAT:
            return Flat(micros=price.micros)


def _listed(caller: Caller, wanted: OfferFilter) -> list[ProgramView]:
    found: list[ProgramView] = []
    cursor = None
    while len(found) < MOST:
        part = programs.open_programs(
            caller,
            search=wanted.search,
            category=wanted.category,
            country=wanted.country,
            currency=wanted.currency,
            outcome=Outcome(wanted.outcome) if wanted.outcome else None,
            after=cursor,
            count=LARGEST,
        )
        found += part.items
        cursor = part.following
        if cursor is None:
            break
    return found[:MOST]


def _fits(one: ProgramView, wanted: OfferFilter) -> bool:
    price = one.starting_price
    if wanted.price is not None and (price is None or price.kind is not wanted.price):
        return False
    return not wanted.promotion_type or one.terms.allows(wanted.promotion_type)


def _sorted(offers: list[Offer], order: Order) -> list[Offer]:
    """In the chosen order; what is unknown stands last, and ties are newest first."""
    match order:
        case Order.NAME:
            return sorted(offers, key=lambda one: one.program.name.casefold())
        case Order.EPC:
            return sorted(offers, key=lambda one: -(one.experience.epc_micros or -1))
        case Order.ACCEPTANCE:
            return sorted(offers, key=lambda one: -_or_less(one.experience.acceptance_ppm))
        case Order.FASTEST:
            seconds = [one.experience.decision_seconds for one in offers]
            slowest = max((one for one in seconds if one is not None), default=0) + 1
            return sorted(
                offers, key=lambda one: _or(one.experience.decision_seconds, slowest, one.program.visibility)
            )
        case Order.NEWEST:
            return offers


def _or_less(value: int | None) -> int:
    return -1 if value is None else value


def _or(seconds: int | None, slowest: int, visibility: Visibility) -> int:
    """How long one waits for a decision; where everybody is let in, not at all."""
    if visibility is Visibility.PUBLIC:
        return 0
    return slowest if seconds is None else seconds
