"""Operations of the marketplace: offers for publishers, publishers for advertisers."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from utfall.portal.access.roles import BUYERS
from utfall.portal.funding import facade as funding
from utfall.portal.funding.contracts import Funded
from utfall.portal.funding.schemas import funded_shown
from utfall.portal.partners import facade, schemas
from utfall.portal.partners.chapter import SELLING, endpoints
from utfall.portal.partners.contracts import Offer, OfferFilter, Showcase
from utfall.portal.rest.facade import ApiRequest, Listed, Query, listed


@endpoints.get("/marketplace", answers=Listed[schemas.OfferAnswer], kinds=SELLING, summary="The marketplace")
def marketplace(request: ApiRequest, asked: Query[schemas.Offers]) -> dict[str, Any]:
    """Listed programs, with what they pay, how they decide, and why one cannot apply."""
    wanted = OfferFilter(
        search=asked.q,
        category=asked.category,
        country=asked.country,
        currency=asked.currency,
        outcome=asked.outcome,
        price=asked.price,
        promotion_type=asked.promotion_type.value if asked.promotion_type else "",
        open_only=asked.open_only,
        order=asked.sort,
    )
    found = facade.marketplace(request.caller, wanted, after=asked.after, count=asked.limit)
    waits = funding.lately_funded(request.caller) if any(one.partnership for one in found.items) else []
    return listed(found, lambda one: offer_told(one, waits))


@endpoints.get("/marketplace/{int:program}", answers=schemas.OfferAnswer, kinds=SELLING, summary="One offer")
def offer(request: ApiRequest, program: int) -> dict[str, Any]:
    """One program as this publisher sees it."""
    found = facade.offer(request.caller, program)
    return offer_told(found, funding.own_funded(request.caller, program=program) if found.partnership else [])


def offer_told(one: Offer, waits: Iterable[Funded]) -> dict[str, Any]:
    """An offer as it is answered, with what its reader waits for there."""
    program, met = one.program, one.experience
    return {
        "program": program.id,
        "name": program.name,
        "tagline": program.tagline,
        "advertiser": one.advertiser.name,
        "currency": program.currency,
        "category": program.category,
        "countries": list(program.countries),
        "pays": list(one.pays),
        "click_window_seconds": program.terms.windows.standard,
        "payable_after_days": one.paid_after_days,
        "promotion_types": [each.value for each in program.terms.promotion_types],
        "decision_seconds": met.decision_seconds,
        "acceptance_ppm": met.acceptance_ppm,
        "acceptance_by_type": [asdict(each) for each in met.by_type],
        "epc_micros": met.epc_micros,
        "obstacles": [
            {"code": each.code, "clause": str(each.clause), "says": str(each.says), "mend": str(each.mend)}
            for each in one.obstacles
        ],
        "is_open": one.is_open,
        "partnership": one.partnership,
        "funded": [funded_shown(each) for each in waits if each.program == program.id],
    }


@endpoints.get("/publishers", answers=list[schemas.PublisherAnswer], kinds=BUYERS, summary="Find publishers")
def find(request: ApiRequest, asked: Query[schemas.Publishers]) -> list[dict[str, Any]]:
    """Listed publishers, at most sixty."""
    found = facade.find_publishers(
        request.caller,
        asked.q,
        promotion_type=asked.promotion_type.value if asked.promotion_type else "",
        country=asked.country,
        category=asked.category,
    )
    return [publisher_told(one) for one in found]


@endpoints.get(
    "/publishers/{int:publisher}",
    answers=schemas.PublisherAnswer,
    kinds=BUYERS,
    summary="One publisher",
)
def publisher(request: ApiRequest, publisher: int) -> dict[str, Any]:
    """A listed publisher, or a partner."""
    return publisher_told(facade.showcase(request.caller, publisher))


def publisher_told(one: Showcase) -> dict[str, Any]:
    """A publisher as it is answered."""
    return {
        "number": one.party.number,
        "name": one.party.name,
        "website": one.party.website,
        "country": one.party.country,
        "profile": one.profile,
        "properties": one.properties,
    }
