"""A small market with everything real: a journal on disk, sealed snapshots, keys, a book and a settler.

Program 7 of advertiser 1 (SEK, Stockholm): 8 % on sales, 12 % on shoes, fee 20 %, hold 30 days, approval
after 30 days; clicks at 0.25, impressions at 2.00 per thousand. Publisher 3 has link 11, publisher 4 has link
12.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from utfall.engine import Policy, TrafficPolicy
from utfall.events import (
    Action,
    Amendment,
    AnyEvent,
    Click,
    ClickRef,
    Consent,
    Conversion,
    Impression,
    Line,
    Outcome,
    Source,
    encode,
    event_id,
)
from utfall.journal import StreamWriter
from utfall.portal.book import facade
from utfall.terms import (
    Advertiser,
    Code,
    Enrolment,
    Flat,
    Limit,
    Link,
    Market,
    PerThousand,
    Portion,
    Program,
    ProgramTerms,
    Publisher,
    Rule,
)
from utfall.terms import (
    Test as Condition,
)
from utfall.workers.invariants import Evidence
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler, SettlerConfig

SECOND, MINUTE, HOUR, DAY = 1000, 60_000, 3_600_000, 86_400_000
NOON = 1_793_534_400_000
"""2026-11-01 12:00 UTC."""
UNLIMITED = Policy(traffic=TrafficPolicy(link_clicks_per_minute=0, address_clicks_per_minute=0))


def market(*limits: Limit, **changes: Any) -> Market:
    """The market of these tests, with limits, and with changes to the program's terms."""
    terms = ProgramTerms(version=1, effective_from=0, fee_ppm=200_000, **changes)
    return Market(
        zones=(sealed_zone("Europe/Stockholm"),),
        advertisers=(Advertiser(id=1, name="Fjäll"),),
        publishers=(Publisher(id=3, name="Blogg"), Publisher(id=4, name="Rabatt")),
        programs=(
            Program(
                id=7, advertiser=1, name="Fjäll", currency="SEK", zone="Europe/Stockholm", versions=(terms,)
            ),
        ),
        enrolments=(
            Enrolment(program=7, publisher=3, starts_at=0),
            Enrolment(program=7, publisher=4, starts_at=0),
        ),
        links=(
            Link(id=11, key="blogg", program=7, publisher=3, destination="https://fjall.example/"),
            Link(id=12, key="rabatt", program=7, publisher=4, destination="https://fjall.example/"),
        ),
        codes=(Code(code="VINTER", program=7, publisher=4),),
        rules=(
            Rule(id=1, program=7, name="sale", outcome=Outcome.SALE, price=Portion(80_000)),
            Rule(
                id=2,
                program=7,
                name="shoes",
                outcome=Outcome.SALE,
                price=Portion(120_000),
                priority=10,
                when=Condition("line.category", "eq", "shoes"),
            ),
            Rule(id=3, program=7, name="lead", outcome=Outcome.LEAD, price=Flat(30_000_000)),
            Rule(id=4, program=7, name="click", outcome=Outcome.CLICK, price=PerThousand(250_000_000)),
            Rule(id=5, program=7, name="shown", outcome=Outcome.IMPRESSION, price=PerThousand(2_000_000)),
        ),
        limits=limits,
    )


class Ids:
    """Event ids in order of time, the same in every run."""

    def __init__(self) -> None:
        self._count = 0

    def at(self, at: int) -> str:
        self._count += 1
        return event_id(at, self._count.to_bytes(10, "big"))


def config_of(folder: Path, **more: Any) -> SettlerConfig:
    """The settler of the installation in a folder."""
    return SettlerConfig(
        journal_dir=folder / "journal",
        book_path=folder / "book.sqlite3",
        snapshots_dir=folder / "snapshots",
        keys_dir=folder / "keys",
        **more,
    )


def evidence_of(config: SettlerConfig, book: facade.Book | None = None) -> Evidence:
    """What the invariants look at: what a settler made, or another book in the place of its own."""
    return Evidence(
        book=book or facade.open_book(config.book_path),
        journal_dir=config.journal_dir,
        snapshots_dir=config.snapshots_dir,
        keys_dir=config.keys_dir,
    )


class World:
    """One installation in a folder, and the clock that its settler sees."""

    def __init__(self, folder: Path, *limits: Limit, **changes: Any) -> None:
        self.folder = folder
        self.now = NOON
        self.ids = Ids()
        self.config = config_of(folder, policy=UNLIMITED)
        self.snapshot = publish(market(*limits, **changes), self.config.snapshots_dir)

    @property
    def book(self) -> facade.Book:
        return facade.open_book(self.config.book_path)

    def append(self, *events: AnyEvent, stream: str = "edge-0") -> None:
        with StreamWriter(self.config.journal_dir, stream) as writer:
            writer.append([encode(event) for event in events])

    def settle(self, *events: AnyEvent, stream: str = "edge-0") -> int:
        """Append events and settle all there is; how many batches it took."""
        if events:
            self.append(*events, stream=stream)
        with Settler(self.config, lambda: self.now) as settler:
            return settler.settle_all()

    def standing(self) -> dict[str, int]:
        """What stands on every account that is not empty: `publisher 3 pending` and so on, in micros."""
        found = facade.balances(self.book)
        return {
            f"{one.owner} {one.owner_id} {one.bucket}": one.balance_micros
            for one in found
            if one.balance_micros
        }

    def receipts(self, order: str, outcome: str = "sale") -> list[dict[str, Any]]:
        """The bodies of an order's receipts."""
        number = facade.conversion(self.book, 1, outcome, order).id
        found = facade.receipts_of_conversion(self.book, number)
        return [msgspec.json.decode(one.body) for one in found]

    def click(self, link: int = 11, at: int | None = None, **fields: Any) -> Click:
        at = self.now if at is None else at
        place = {"advertiser": 1, "program": 7, "publisher": 3 if link == 11 else 4, "link": link}
        return Click(id=self.ids.at(at), occurred_at=at, received_at=at, **{**place, **fields})

    def impression(self, link: int = 11, at: int | None = None, **fields: Any) -> Impression:
        at = self.now if at is None else at
        place = {"advertiser": 1, "program": 7, "publisher": 3 if link == 11 else 4, "link": link}
        return Impression(id=self.ids.at(at), occurred_at=at, received_at=at, **{**place, **fields})

    def sale(self, order: str, *lines: Line, clicks: Iterable[Click] = (), **fields: Any) -> Conversion:
        at = fields.pop("at", self.now)
        told = {"outcome": Outcome.SALE, "currency": "SEK", "source": Source.API, "consent": Consent.GRANTED}
        return Conversion(
            id=self.ids.at(at),
            occurred_at=at,
            received_at=at,
            advertiser=1,
            order=order,
            lines=lines,
            clicks=tuple(map(reference, clicks)),
            **{**told, **fields},
        )

    def amend(self, order: str, action: Action, **fields: Any) -> Amendment:
        return Amendment(
            id=self.ids.at(self.now),
            occurred_at=self.now,
            received_at=self.now,
            advertiser=1,
            outcome=fields.pop("outcome", Outcome.SALE),
            order=order,
            action=action,
            **fields,
        )


def reference(click: Click) -> ClickRef:
    """What the token of a click says."""
    return ClickRef(
        id=click.id, at=click.occurred_at, link=click.link, program=click.program, publisher=click.publisher
    )


WORKED: tuple[Line, ...] = (
    Line(amount_micros=899_000_000, category="shoes"),
    Line(amount_micros=79_900_000, category="socks"),
    Line(amount_micros=12_350_000),
)
"""The order that docs/algorithms/pricing.md works by hand: commission 115.26, fee 23.052, cost 138.312."""
