"""Orders that have lived: earned against another, declined with evidence, refunded in part, unpaid."""

import time
from pathlib import Path
from typing import Any

import msgspec

from tests.portal.market import Side, TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.tracking.settled import new_id
from tests.scenarios.world import DAY, HOUR, MINUTE, reference
from utfall.events import (
    Action,
    Amendment,
    AnyEvent,
    Click,
    Consent,
    Conversion,
    DeclineReason,
    Line,
    LineChange,
    Outcome,
    Source,
    encode,
)
from utfall.journal import StreamWriter
from utfall.portal.site import site
from utfall.terms import (
    Advertiser,
    Enrolment,
    Link,
    Market,
    Portion,
    Program,
    ProgramTerms,
    Publisher,
    Rule,
)
from utfall.workers.follow import catch_up
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler, SettlerConfig

BASKET = (
    Line(amount_micros=1_299_000_000, sku="ski-boot", category="boots"),
    Line(amount_micros=249_500_000, sku="wool-sock", category="socks", quantity=2),
)


class Lived:
    """A book of side A's orders, in which B's publisher is another partner of the same program."""

    def __init__(self, market: TwoTenants) -> None:
        self.market, self.side = market, market.a
        self.program = live(market.a.advertiser.caller(), market.operator.caller(), "Fjällbutiken").id
        self.now = time.time_ns() // 1_000_000 - 40 * DAY
        root = Path(site().journal_dir).parent
        self.config = SettlerConfig(
            journal_dir=Path(site().journal_dir),
            book_path=Path(site().book_path),
            snapshots_dir=root / "lived-snapshots",
            keys_dir=Path(site().keys_dir),
        )
        publish(self._terms(), self.config.snapshots_dir)

    def _terms(self) -> Market:
        publishers = (self.side.publisher, self.market.b.publisher)
        advertiser = self.side.advertiser
        terms = ProgramTerms(
            version=1, effective_from=0, fee_ppm=200_000, auto_approval_days=30, hold_days=20
        )
        return Market(
            zones=(sealed_zone("Europe/Stockholm"),),
            advertisers=(Advertiser(id=advertiser.number, name=advertiser.name),),
            publishers=tuple(Publisher(id=one.number, name=one.name) for one in publishers),
            programs=(
                Program(
                    id=self.program,
                    advertiser=advertiser.number,
                    name="Fjällbutiken",
                    currency="SEK",
                    zone="Europe/Stockholm",
                    versions=(terms,),
                ),
            ),
            enrolments=tuple(
                Enrolment(program=self.program, publisher=one.number, starts_at=0) for one in publishers
            ),
            links=tuple(
                Link(
                    id=one.number,
                    key=f"k{one.number}",
                    program=self.program,
                    publisher=one.number,
                    destination="https://shop.example/",
                )
                for one in publishers
            ),
            rules=(
                Rule(id=1, program=self.program, name="sale", outcome=Outcome.SALE, price=Portion(80_000)),
            ),
        )

    def click(self, side: Side, **more: Any) -> Click:
        """A click on a side's link, now."""
        number = side.publisher.number
        return Click(
            id=new_id(self.now),
            occurred_at=self.now,
            received_at=self.now,
            advertiser=self.side.advertiser.number,
            program=self.program,
            publisher=number,
            link=number,
            device="phone",
            country="SE",
            **more,
        )

    def sale(self, order: str, *clicks: Click, lines: tuple[Line, ...] = BASKET, **more: Any) -> Conversion:
        """An order, now."""
        told: dict[str, Any] = {"outcome": Outcome.SALE, "currency": "SEK", "consent": Consent.GRANTED}
        return Conversion(
            id=new_id(self.now),
            occurred_at=self.now,
            received_at=self.now,
            source=Source.POSTBACK,
            advertiser=self.side.advertiser.number,
            order=order,
            lines=lines,
            clicks=tuple(map(reference, clicks)),
            **{**told, **more},
        )

    def amend(self, order: str, action: Action, **more: Any) -> Amendment:
        """A later decision about an order, now."""
        return Amendment(
            id=new_id(self.now),
            occurred_at=self.now,
            received_at=self.now,
            advertiser=self.side.advertiser.number,
            outcome=Outcome.SALE,
            order=order,
            action=action,
            **more,
        )

    def settle(self, *events: AnyEvent) -> None:
        """Append what happened, settle it and follow it."""
        with StreamWriter(self.config.journal_dir, "edge-0") as writer:
            writer.append([encode(event) for event in events])
        with Settler(self.config, lambda: self.now) as settler:
            settler.settle_all()
        catch_up(self.config.book_path, print)


def lived(market: TwoTenants) -> Lived:
    """Some weeks of orders."""
    told = Lived(market)
    first = told.click(market.b, sub=("banner",))
    told.now += 3 * DAY
    won = told.click(market.a, sub=("newsletter", "autumn"))
    told.now += 2 * HOUR
    told.settle(
        first, won, told.sale("SE-20411", first, won, customer_is_new=True, checkout_at=told.now - MINUTE)
    )
    told.now += 5 * DAY
    told.settle(told.amend("SE-20411", Action.APPROVE))
    told.now += 6 * DAY
    told.settle(
        told.amend(
            "SE-20411",
            Action.REFUND,
            reason=DeclineReason.RETURNED,
            evidence="Return 5512, one pair of socks",
            changes=(LineChange(line=1, amount_micros=124_750_000),),
        )
    )
    for number in range(14):
        told.now += DAY // 2
        click = told.click(market.a if number % 3 else market.b, sub=(f"post-{number % 4}",))
        told.settle(click, told.sale(f"SE-{20500 + number}", *((click,) if number % 5 else ())))
    why = {"reason": DeclineReason.CANCELLED, "evidence": "Cancelled by the customer before shipping"}
    told.settle(told.amend("SE-20502", Action.DECLINE, **why))
    return told


def own_installation(before: Any, folder: Path) -> Any:
    """The installation with a journal and a book in a folder of the test's own."""
    return msgspec.structs.replace(
        before,
        journal_dir=str(folder / "journal"),
        book_path=str(folder / "book.sqlite3"),
        keys_dir=str(folder / "keys"),
    )
