"""A little traffic in the portal's own journal and book, so that its pages have something true to show."""

import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.portal.market import Side
from tests.scenarios.world import reference
from utfall.events import (
    AnyEvent,
    Click,
    Consent,
    Conversion,
    Line,
    Outcome,
    Reason,
    Refusal,
    Source,
    encode,
    event_id,
)
from utfall.journal import StreamWriter
from utfall.portal.book import facade as book
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
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler, SettlerConfig

BEYOND = 900_000
"""Ids of programs, rules and links here, which the portal's own tables know nothing of."""
_NUMBERS = count(1)


def new_id(at: int) -> str:
    """An id that no other event has."""
    return event_id(at, (next(_NUMBERS) + time.time_ns() % 2**40 * 2**32).to_bytes(10, "big"))


@dataclass(frozen=True)
class Traffic:
    """What happened on one side of the market: a click, an order it earned, a test, and a refusal."""

    side: Side
    order: str
    receipt: int
    events: tuple[AnyEvent, ...]


def market_of(side: Side) -> Market:
    """The terms of one side, as settlement needs them."""
    number = BEYOND + side.advertiser.number
    terms = (ProgramTerms(version=1, effective_from=0, fee_ppm=200_000),)
    return Market(
        zones=(sealed_zone("Europe/Stockholm"),),
        advertisers=(Advertiser(id=side.advertiser.number, name=side.advertiser.name),),
        publishers=(Publisher(id=side.publisher.number, name=side.publisher.name),),
        programs=(
            Program(
                id=number,
                advertiser=side.advertiser.number,
                name=side.advertiser.name,
                currency="SEK",
                zone="Europe/Stockholm",
                versions=terms,
            ),
        ),
        enrolments=(Enrolment(program=number, publisher=side.publisher.number, starts_at=0),),
        links=(
            Link(
                id=number,
                key=f"k{number}",
                program=number,
                publisher=side.publisher.number,
                destination="https://shop.example/",
            ),
        ),
        rules=(Rule(id=number, program=number, name="sale", outcome=Outcome.SALE, price=Portion(80_000)),),
    )


def click_of(side: Side, at: int) -> Click:
    number = BEYOND + side.advertiser.number
    return Click(
        id=new_id(at),
        occurred_at=at,
        received_at=at,
        advertiser=side.advertiser.number,
        program=number,
        publisher=side.publisher.number,
        link=number,
        sub=(f"{side.publisher.name} top",),
    )


def sale_of(side: Side, order: str, at: int, *, test: bool = False, click: Click | None = None) -> Conversion:
    refs = () if click is None else (reference(click),)
    return Conversion(
        id=new_id(at),
        occurred_at=at,
        received_at=at,
        source=Source.POSTBACK,
        advertiser=side.advertiser.number,
        outcome=Outcome.SALE,
        order=order,
        currency="SEK",
        lines=(Line(amount_micros=1_000_000_000, sku="boot-7"),),
        clicks=refs,
        consent=Consent.GRANTED,
        test=test,
    )


def refusal_of(side: Side, order: str, at: int) -> Refusal:
    return Refusal(
        id=new_id(at),
        occurred_at=at,
        received_at=at,
        source=Source.POSTBACK,
        reason=Reason.MISSING_FIELD.value,
        about="conversion",
        advertiser=side.advertiser.number,
        reference=order,
        detail="currency",
    )


def append(*events: AnyEvent, stream: str = "edge-0") -> None:
    """Write events as the edge does."""
    with StreamWriter(Path(site().journal_dir), stream) as writer:
        writer.append([encode(event) for event in events])


def settle(side: Side) -> None:
    """Settle whatever is in the journal, under this side's terms."""
    root = Path(site().journal_dir).parent
    config = SettlerConfig(
        journal_dir=Path(site().journal_dir),
        book_path=Path(site().book_path),
        snapshots_dir=root / "settled-snapshots",
        keys_dir=Path(site().keys_dir),
    )
    publish(market_of(side), config.snapshots_dir)
    with Settler(config) as settler:
        settler.settle_all()


def happen(side: Side, stream: str = "edge-0") -> Traffic:
    """A click and an order it earned, a test order, and one that was refused at the door; all settled."""
    now = time.time_ns() // 1_000_000
    order = f"{side.advertiser.name.split(maxsplit=1)[0]}-{new_id(now)[-6:]}"
    click = click_of(side, now - 60_000)
    events = (
        click,
        sale_of(side, order, now - 3000, click=click),
        sale_of(side, f"{order}-T", now - 2000, test=True),
        refusal_of(side, f"{order}-R", now - 1000),
    )
    append(*events, stream=stream)
    settle(side)
    found = book.open_book(Path(site().book_path), migrate=False)
    number = book.conversion(found, side.advertiser.number, "sale", order).id
    receipt = book.receipts_of_conversion(found, number)[0].id
    book.close_book(found)
    return Traffic(side, order, receipt, events)
