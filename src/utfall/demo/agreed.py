"""What the demo's parties have agreed, as a market that can be sealed."""

from hashlib import blake2b
from typing import Final

from msgspec.structs import replace

from utfall.demo.cast import APP, PARTNERS, PLACED, SELLERS, SERVICE, SHOP, Seller
from utfall.events import Outcome
from utfall.terms import (
    Advertiser,
    ApiKey,
    Code,
    Enrolment,
    Flat,
    Group,
    Limit,
    Link,
    Market,
    Portion,
    Program,
    ProgramTerms,
    Publisher,
    Rule,
    Test,
)
from utfall.terms.limits import Measure, Over, Period
from utfall.workers.publish import sealed_zone

LEAD_DAYS: Final = 30
"""How long before the first event the terms are in force."""
PREMIUM, CREATORS = 1, 2
_SEK, _NOK = 1_000_000, 1_000_000
_TERMS: Final = {
    SHOP: ProgramTerms(version=1, effective_from=0, fee_ppm=200_000, hold_days=30, auto_approval_days=30),
    SERVICE: ProgramTerms(version=1, effective_from=0, fee_ppm=150_000, hold_days=14, auto_approval_days=14),
    APP: ProgramTerms(version=1, effective_from=0, fee_ppm=200_000, hold_days=14, auto_approval_days=7),
}
_TOP: Final = frozenset({11, 12, 15, 18})
_CREATORS: Final = frozenset({19, 20, 21})


def agreed(since: int, scale: float = 1.0) -> Market:
    """The market, in force from a time; its caps grow with it, and do not shrink."""
    return Market(
        zones=tuple(sealed_zone(name) for name in sorted({one.zone for one in SELLERS})),
        advertisers=tuple(Advertiser(id=one.advertiser, name=one.name) for one in SELLERS),
        publishers=tuple(
            Publisher(id=one.number, name=one.name, promotion_type=one.kind) for one in PARTNERS
        ),
        programs=tuple(_program(one, since) for one in SELLERS),
        groups=(
            Group(id=PREMIUM, program=SHOP, name="Premium"),
            Group(id=CREATORS, program=SHOP, name="Creators"),
        ),
        enrolments=tuple(
            Enrolment(
                program=one.seller.program,
                publisher=one.partner.number,
                starts_at=since,
                group=_group(one.partner.number) if one.seller.program == SHOP else None,
            )
            for one in PLACED
        ),
        links=tuple(
            Link(
                id=one.link,
                key=one.key,
                program=one.seller.program,
                publisher=one.partner.number,
                destination=one.seller.site,
            )
            for one in PLACED
        ),
        codes=tuple(
            Code(code=one.code, program=SHOP, publisher=one.number, starts_at=since)
            for one in PARTNERS
            if one.code
        ),
        rules=_rules(since),
        limits=_limits(max(scale, 1.0)),
        keys=tuple(
            ApiKey(digest=digest(one.key), name=one.key.replace("-", " "), advertiser=one.advertiser)
            for one in SELLERS
        ),
    )


def digest(secret: str) -> str:
    """What is kept of a key."""
    return blake2b(secret.encode(), digest_size=32).hexdigest()


def _group(publisher: int) -> int | None:
    return PREMIUM if publisher in _TOP else CREATORS if publisher in _CREATORS else None


def _program(one: Seller, since: int) -> Program:
    terms = replace(_TERMS[one.program], effective_from=since, attribution=("click", "code", "view"))
    return Program(
        id=one.program,
        advertiser=one.advertiser,
        name=one.program_name,
        currency=one.currency,
        zone=one.zone,
        versions=(terms,),
    )


def _rules(since: int) -> tuple[Rule, ...]:
    sale, lead, install = Outcome.SALE, Outcome.LEAD, Outcome.INSTALL
    kind = "partner.promotion_type"
    is_new, boots = Test("customer.is_new", "eq", True), Test("line.category", "eq", "boots")
    voucher, comparison = Test(kind, "eq", "voucher"), Test(kind, "eq", "price_comparison")
    said: tuple[tuple[int, int, str, Outcome, Portion | Flat, int, Test | None], ...] = (
        (1001, SHOP, "Every sale", sale, Portion(70_000), 0, None),
        (1002, SHOP, "A new customer", sale, Portion(100_000), 10, is_new),
        (
            1003,
            SHOP,
            "Boots, whoever buys them",
            sale,
            Portion(120_000),
            20,
            boots,
        ),
        (1004, SHOP, "Voucher sites", sale, Portion(30_000), 30, voucher),
        (1010, SERVICE, "A company that wants to try", lead, Flat(350 * _SEK), 0, None),
        (1011, SERVICE, "From a comparison", lead, Flat(450 * _SEK), 10, comparison),
        (1020, APP, "An install", install, Flat(22 * _NOK), 0, None),
        (1021, APP, "An install from content", install, Flat(28 * _NOK), 10, Test(kind, "eq", "content")),
    )
    return tuple(
        Rule(
            id=number,
            program=program,
            name=name,
            outcome=outcome,
            price=price,
            priority=priority,
            when=when,
            effective_from=since,
        )
        for number, program, name, outcome, price, priority, when in said
    )


def _limits(scale: float) -> tuple[Limit, ...]:
    day_cap = Limit(
        id=1,
        program=SHOP,
        name="Day cap for each publisher",
        measure=Measure.COMMISSION,
        period=Period.DAY,
        cap=int(6_000 * scale) * _SEK,
        over=Over.CLAMP,
        per_publisher=True,
    )
    month = Limit(
        id=2,
        program=SERVICE,
        name="Month budget",
        measure=Measure.COST,
        period=Period.MONTH,
        cap=int(12_000 * scale) * _SEK,
        is_budget=True,
    )
    return (day_cap, month)
