"""A code that leaked: real orders, settled into a real book, of a program with three partners.

HOST20 belongs to Acme Blog. Of its twelve orders five came without a click, three by a click of Acme Blog
itself, three by one of a voucher site and one by one of another blog. Each is of 1000.00 and earns 80.00.
This is the worked example of docs/guides/links.md.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from tests.portal.market import Tenant, TwoTenants, tenant
from tests.portal.partners.test_partnerships import approved
from tests.scenarios.world import reference
from utfall.events import AnyEvent, Click, Consent, Conversion, Line, Outcome, Source, encode, event_id
from utfall.journal import StreamWriter
from utfall.portal.access import Kind
from utfall.portal.access.times import to_ms
from utfall.portal.links import facade
from utfall.portal.links.contracts import CodeDraft, CodeView
from utfall.portal.links.models import Code as CodeRow
from utfall.portal.partners import facade as partners
from utfall.portal.partners.models import Partnership
from utfall.portal.site import site
from utfall.terms import (
    Advertiser,
    Code,
    Enrolment,
    Link,
    Market,
    Portion,
    Program,
    ProgramTerms,
    Publisher,
    Rule,
)
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler, SettlerConfig

THOUSAND = Line(amount_micros=1_000_000_000)
_NUMBERS = count(1)


def new_id(at: int) -> str:
    return event_id(at, next(_NUMBERS).to_bytes(10, "big"))


@dataclass(frozen=True)
class Leaking:
    """The program, its code, and who takes part."""

    market: TwoTenants
    program: int
    code: CodeView
    owner: int
    voucher: int
    blog: int
    began: datetime

    def click(self, publisher: int, at: int) -> Click:
        return Click(
            id=new_id(at),
            occurred_at=at,
            received_at=at,
            advertiser=self.market.a.advertiser.number,
            program=self.program,
            publisher=publisher,
            link=publisher,
        )

    def order(
        self, name: str, at: int, *clicks: Click, code: str = "host20", checkout_at: int | None = None
    ) -> Conversion:
        return Conversion(
            id=new_id(at),
            occurred_at=at,
            received_at=at,
            source=Source.API,
            advertiser=self.market.a.advertiser.number,
            outcome=Outcome.SALE,
            order=name,
            currency="SEK",
            lines=(THOUSAND,),
            clicks=tuple(map(reference, clicks)),
            code=code,
            checkout_at=checkout_at,
            consent=Consent.GRANTED,
        )


def leaking(market: TwoTenants, *, orders: int = 12) -> Leaking:
    """The worked example, settled; or only the first orders of it."""
    told = _agreed(market)
    events = list(_happened(told, orders))
    with StreamWriter(Path(site().journal_dir), "edge-0") as writer:
        writer.append([encode(one) for one in sorted(events, key=lambda one: one.received_at)])
    config = SettlerConfig(
        journal_dir=Path(site().journal_dir),
        book_path=Path(site().book_path),
        snapshots_dir=Path(site().journal_dir).parent / "settled-snapshots",
        keys_dir=Path(site().keys_dir),
    )
    publish(_terms(told), config.snapshots_dir)
    with Settler(config) as settler:
        settler.settle_all()
    return told


def _agreed(market: TwoTenants) -> Leaking:
    view = approved(market)
    voucher = _partner(market, "Rabatt", "voucher", view.program)
    blog = _partner(market, "Other Blog", "content", view.program)
    code = facade.assign_code(
        market.a.advertiser.caller(),
        CodeDraft(program=view.program, publisher=view.publisher, code="HOST20"),
    )
    began = timezone.now() - timedelta(days=60)
    CodeRow.objects.system().filter(pk=code.id).update(starts_at=began)
    return Leaking(market, view.program, code, view.publisher, voucher.number, blog.number, began)


def _partner(market: TwoTenants, name: str, promotion_type: str, program: int) -> Tenant:
    with transaction.atomic():
        made = tenant(Kind.PUBLISHER, name, hashed="!")
    invited = partners.invite(market.a.advertiser.caller(), program, made.number)
    partners.answer(made.caller(), invited.id, accept=True)
    Partnership.objects.system().filter(pk=invited.id).update(promotion_types=[promotion_type])
    return made


def _happened(told: Leaking, orders: int) -> list[AnyEvent]:
    """Twelve orders an hour apart, the newest an hour ago."""
    hour, now = 3_600_000, to_ms(timezone.now())
    by = (*[None] * 5, *[told.owner] * 3, *[told.voucher] * 3, told.blog)
    events: list[AnyEvent] = []
    for place, publisher in enumerate(by[:orders]):
        at = now - (len(by) - place) * hour
        # The first click of each is another's, long ago: too old to have led to the order.
        clicks = [told.click(told.blog, at - 50 * 24 * hour)]
        clicks += [] if publisher is None else [told.click(publisher, at - 60_000)]
        checkout_at = at - 120_000 if publisher == told.voucher else None
        events += [*clicks, told.order(f"H-{place + 1:02}", at, *clicks, checkout_at=checkout_at)]
    return [*events, told.order("OTHER", now - hour, code="WINTER")]


def _terms(told: Leaking) -> Market:
    terms = ProgramTerms(version=1, effective_from=0, attribution=("code", "click"))
    number, program = told.market.a.advertiser.number, told.program
    everybody = (told.owner, told.voucher, told.blog)
    return Market(
        zones=(sealed_zone("Europe/Stockholm"),),
        advertisers=(Advertiser(id=number, name="Acme"),),
        publishers=tuple(Publisher(id=one, name=f"P{one}") for one in everybody),
        programs=(
            Program(
                id=program,
                advertiser=number,
                name="Acme",
                currency="SEK",
                zone="Europe/Stockholm",
                versions=(terms,),
            ),
        ),
        enrolments=tuple(Enrolment(program=program, publisher=one, starts_at=0) for one in everybody),
        links=tuple(
            Link(id=one, key=f"k{one}", program=program, publisher=one, destination="https://acme.test/")
            for one in everybody
        ),
        codes=(Code(code="HOST20", program=program, publisher=told.owner),),
        rules=(Rule(id=1, program=program, name="sale", outcome=Outcome.SALE, price=Portion(80_000)),),
    )
