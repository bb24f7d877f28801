"""A program with a partner and a link, settled under terms that hold since ever, and orders to claim."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import take_part
from tests.portal.programs.drafts import live
from tests.portal.tracking.settled import append, new_id
from tests.portal.validation.conftest import own_site
from tests.scenarios.world import reference
from utfall.events import Click, Consent, Conversion, Line, Outcome, Source
from utfall.portal.access import Caller, Role
from utfall.portal.book import facade as book
from utfall.portal.claims import facade
from utfall.portal.claims.contracts import Draft
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.site import SiteConfig, site
from utfall.terms import Advertiser as SealedAdvertiser
from utfall.terms import Enrolment, Link, Market, Portion, Program, ProgramTerms, Publisher, Rule
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler, SettlerConfig

OTHER = 999
"""Another partner, whom only settlement knows."""
HOUR = 3_600_000

__all__ = ["own_site"]


@dataclass(frozen=True)
class World:
    """A side with its program, the publisher's link, and a moment from which things happened."""

    market: TwoTenants
    side: Side
    program: int
    link: int
    now: int

    def publisher(self, role: Role = Role.MANAGER) -> Caller:
        """Somebody of the publisher's."""
        return self.side.publisher.caller(role)

    def advertiser(self, role: Role = Role.FINANCE) -> Caller:
        """Somebody of the advertiser's."""
        return self.side.advertiser.caller(role)

    def click(self, at: int, publisher: int | None = None) -> Click:
        """A click that earns for the publisher, or for another."""
        is_other = publisher is not None
        return Click(
            id=new_id(at),
            occurred_at=at,
            received_at=at,
            advertiser=self.side.advertiser.number,
            program=self.program,
            publisher=publisher or self.side.publisher.number,
            link=self.link + 1_000_000 if is_other else self.link,
        )

    def order(self, name: str, at: int, *clicks: Click, amount: int = 1000) -> Conversion:
        """An order that the shop tells of."""
        return Conversion(
            id=new_id(at),
            occurred_at=at,
            received_at=at,
            source=Source.POSTBACK,
            advertiser=self.side.advertiser.number,
            outcome=Outcome.SALE,
            order=name,
            currency="SEK",
            lines=(Line(amount_micros=amount * 1_000_000),),
            clicks=tuple(reference(click) for click in clicks),
            consent=Consent.GRANTED,
        )

    def settle(self, *events: Any) -> None:
        """Let things happen, and settle them."""
        if events:
            append(*events)
        root = Path(site().journal_dir).parent
        config = SettlerConfig(
            journal_dir=Path(site().journal_dir),
            book_path=Path(site().book_path),
            snapshots_dir=root / "claim-snapshots",
            keys_dir=Path(site().keys_dir),
        )
        publish(self._terms(), config.snapshots_dir)
        with Settler(config) as settler:
            settler.settle_all()

    def standing(self, name: str) -> Any:
        """An order in the book."""
        found = book.open_book(Path(site().book_path), migrate=False)
        row = book.conversion(found, self.side.advertiser.number, "sale", name)
        book.close_book(found)
        return row

    def draft(self, name: str, amount: int = 1000) -> Draft:
        """A claim for an order of today's."""
        today = datetime.fromtimestamp(self.now / 1000, UTC).date()
        return Draft(
            program=self.program,
            reference=name,
            placed_on=today,
            amount_micros=amount * 1_000_000,
            note="Please",
        )

    def file(self, name: str, amount: int = 1000) -> int:
        """File a claim."""
        return facade.file(self.publisher(), self.draft(name, amount))

    def _terms(self) -> Market:
        side = self.side
        numbers = (side.publisher.number, OTHER)
        return Market(
            zones=(sealed_zone("Europe/Stockholm"),),
            advertisers=(SealedAdvertiser(id=side.advertiser.number, name=side.advertiser.name),),
            publishers=tuple(Publisher(id=one, name=f"p{one}") for one in numbers),
            programs=(
                Program(
                    id=self.program,
                    advertiser=side.advertiser.number,
                    name="Shop",
                    currency="SEK",
                    zone="Europe/Stockholm",
                    versions=(ProgramTerms(version=1, effective_from=0),),
                ),
            ),
            enrolments=tuple(Enrolment(program=self.program, publisher=one, starts_at=0) for one in numbers),
            links=(
                self._link(self.link, side.publisher.number),
                self._link(self.link + 1_000_000, OTHER),
            ),
            rules=(
                Rule(id=1, program=self.program, name="sale", outcome=Outcome.SALE, price=Portion(80_000)),
            ),
        )

    def _link(self, number: int, publisher: int) -> Link:
        return Link(
            id=number,
            key=f"k{number}",
            program=self.program,
            publisher=publisher,
            destination="https://shop.example/",
        )


def world_of(market: TwoTenants, side: Side) -> World:
    """A live program of a side with its publisher as a partner who has a link."""
    program = live(side.advertiser.caller(), market.operator.caller(), side.advertiser.name).id
    take_part(side, program)
    view = links.create_link(
        side.publisher.caller(), LinkDraft(program=program, destination="https://acme.test/")
    )
    return World(market, side, program, view.id, time.time_ns() // 1_000_000)


@pytest.fixture
def world(own_site: SiteConfig, market: TwoTenants) -> World:
    """Side A, ready for claims."""
    return world_of(market, market.a)
