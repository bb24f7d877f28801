"""A month of orders for `closing.py`: a portal with everybody in it, and every commission payable.

Through the engine and the real committer: orders in a journal, approved by silence at once, and not held.
Accounts and particulars are put into the tables as if they had been given weeks ago.
"""

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import msgspec
from stdnum import iban, luhn

from utfall.events import ClickRef, Consent, Conversion, Line, Outcome, Source, encode, event_id
from utfall.journal import StreamWriter
from utfall.portal.site import SiteConfig, migrate, setup_site
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

ADVERTISERS: Final = 10
CLOSED_MS: Final = 10_800_000
"""So long before its end a month is settled: in any zone of ours it is the same month still."""
COMMIT_EVENTS: Final = 5000
CURRENCY: Final = "SEK"
HOUSE_IBAN: Final = "SE3550000000054910000003"
TOLD: Final = "fixture.json"


class Fixture(msgspec.Struct, frozen=True):
    """What a kept month is of. `month` is its first day, `until` its end in UTC milliseconds."""

    commissions: int
    publishers: int
    month: str
    until: int
    seconds: float = 0.0


def month_before(day: date) -> date:
    """The first day of the month before."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def midnight(day: date) -> int:
    """UTC in milliseconds."""
    return round(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)


def programs_of(publisher: int) -> tuple[int, ...]:
    """Two programs of different advertisers."""
    first = publisher % ADVERTISERS
    return (first + 1, (first + 1 + publisher // ADVERTISERS % (ADVERTISERS - 1)) % ADVERTISERS + 1)


def market(publishers: int) -> Market:
    """Ten programs, each publisher in two; silence approves at once, and nothing is held."""
    numbers = range(1, ADVERTISERS + 1)
    pairs = [(one, number) for number in range(1, publishers + 1) for one in programs_of(number)]
    terms = ProgramTerms(
        version=1, effective_from=0, fee_ppm=200_000, hold_days=0, auto_approval_days=0, max_age_days=365
    )
    return Market(
        zones=(sealed_zone("Europe/Stockholm"),),
        advertisers=tuple(Advertiser(id=one, name=f"Advertiser {one}") for one in numbers),
        publishers=tuple(
            Publisher(id=number, name=f"Publisher {number}") for number in range(1, publishers + 1)
        ),
        programs=tuple(
            Program(
                id=one,
                advertiser=one,
                name=f"Program {one}",
                currency=CURRENCY,
                zone="Europe/Stockholm",
                versions=(terms,),
            )
            for one in numbers
        ),
        enrolments=tuple(
            Enrolment(program=one, publisher=number, starts_at=0) for one, number in sorted(pairs)
        ),
        links=tuple(
            Link(
                id=number * 100 + one,
                key=f"l{number}-{one}",
                program=one,
                publisher=number,
                destination="https://shop.example/",
            )
            for one, number in sorted(pairs, key=lambda pair: (pair[1], pair[0]))
        ),
        rules=tuple(
            Rule(id=one, program=one, name="sale", outcome=Outcome.SALE, price=Portion(80_000))
            for one in numbers
        ),
    )


def orders(fixture: Fixture) -> Iterator[bytes]:
    """A month of orders in order of time: one of each publisher, and the rest heavy-tailed."""
    chance = random.Random(fixture.commissions)
    numbers = range(1, fixture.publishers + 1)
    rest = fixture.commissions - fixture.publishers
    earners = [*numbers, *chance.choices(numbers, [1 / (one + 20) for one in numbers], k=rest)]
    chance.shuffle(earners)
    since = midnight(date.fromisoformat(fixture.month))
    step = (fixture.until - since - 2 * CLOSED_MS) // fixture.commissions
    for count, publisher in enumerate(earners, start=1):
        program = chance.choice(programs_of(publisher))
        yield encode(_order(count, since + count * step, program, publisher, chance))


def _order(count: int, at: int, program: int, publisher: int, chance: random.Random) -> Conversion:
    click = event_id(at - 3_600_000, count.to_bytes(10, "big"))
    link = publisher * 100 + program
    return Conversion(
        id=event_id(at, (1 << 60 | count).to_bytes(10, "big")),
        occurred_at=at,
        received_at=at,
        source=Source.API,
        advertiser=program,
        outcome=Outcome.SALE,
        order=f"order-{count}",
        currency=CURRENCY,
        lines=(Line(amount_micros=chance.randint(9_900, 299_900) * 10_000),),
        clicks=(ClickRef(id=click, at=at - 3_600_000, link=link, program=program, publisher=publisher),),
        consent=Consent.GRANTED,
    )


def configure(folder: Path, server: str = "") -> None:
    """The portal of an installation in a folder, whose tables may be in a database of a server."""
    folders: dict[str, Any] = {
        f"{name}_dir": str(folder / name) for name in ("journal", "snapshots", "keys", "lake", "media")
    }
    setup_site(
        SiteConfig(
            database_path=str(folder / "portal.sqlite3"),
            book_path=str(folder / "book.sqlite3"),
            secret="a secret for measuring, which guards nothing",
            portal_url="http://localhost",
            public_url="http://localhost",
            server=server,
            **folders,
        )
    )
    migrate()


def settler(folder: Path, clock: Callable[[], int]) -> Any:
    """The settler of that installation."""
    from utfall.workers.settle import Settler, SettlerConfig

    config = SettlerConfig(
        journal_dir=folder / "journal",
        book_path=folder / "book.sqlite3",
        snapshots_dir=folder / "snapshots",
        keys_dir=folder / "keys",
    )
    return Settler(config, clock)


def make(folder: Path, fixture: Fixture, server: str = "") -> None:
    """A portal with everybody in it, and a month of orders settled: approved, and payable."""
    began = time.perf_counter()
    configure(folder, server)
    terms = market(fixture.publishers)
    _admit(terms, fixture.publishers)
    publish(terms, folder / "snapshots")
    with StreamWriter(folder / "journal", "edge-0") as writer:
        batch: list[bytes] = []
        for event in orders(fixture):
            batch.append(event)
            if len(batch) == COMMIT_EVENTS:
                writer.append(batch)
                batch = []
        writer.append(batch)
    with settler(folder, lambda: fixture.until - CLOSED_MS) as one:
        one.settle_all()
    made = msgspec.structs.replace(fixture, seconds=time.perf_counter() - began)
    (folder / TOLD).write_bytes(msgspec.json.encode(made))


def _admit(terms: Market, publishers: int) -> None:
    """Everybody's particulars, agreements and accounts, as if they had been given weeks ago."""
    from utfall.bank import Scheme, bank_account
    from utfall.portal.access import Kind
    from utfall.portal.invoices import facade as invoices
    from utfall.portal.invoices.contracts import AGREEMENT, Draft, HouseAccount
    from utfall.portal.invoices.models import Particulars
    from utfall.portal.payouts.models import Account, Wishes
    from utfall.portal.sealing import facade as sealing

    sealing.adopt(terms)
    operator = people()["cashier"]
    house = bank_account(Scheme.IBAN, HOUSE_IBAN, "SE", "ESSESESS")
    invoices.set_particulars(operator, Draft(name="Network AB", country="SE", town="Malmö", vat=_vat(1)))
    invoices.set_house_account(operator, HouseAccount(currency=CURRENCY, account=house))
    long_ago = datetime.now(UTC) - timedelta(days=60)
    parties = [(Kind.ADVERTISER, one) for one in range(1, ADVERTISERS + 1)]
    parties += [(Kind.PUBLISHER, one) for one in range(1, publishers + 1)]
    Particulars.objects.system().bulk_create(
        Particulars(
            kind=kind.value,
            number=number,
            advertiser=number if kind is Kind.ADVERTISER else None,
            publisher=number if kind is Kind.PUBLISHER else None,
            name=f"{kind.value.title()} {number} AB",
            country="SE",
            town="Lund",
            vat=_vat(number + (2 if kind is Kind.ADVERTISER else 100)),
            agreed_version=AGREEMENT if kind is Kind.PUBLISHER else "",
            agreed_at=long_ago,
            agreed_by="benchmark",
        )
        for kind, number in parties
    )
    Account.objects.system().bulk_create(
        Account(
            publisher=number,
            holder=f"Publisher {number} AB",
            scheme="iban",
            number=_iban(number),
            country="SE",
            usable_from=long_ago,
            since=long_ago,
            actor="benchmark",
        )
        for number in range(1, publishers + 1)
    )
    Wishes.objects.system().bulk_create(
        Wishes(publisher=number, currency=CURRENCY, minimum_micros=1_000_000, schedule="monthly")
        for number in range(1, publishers + 1)
    )


def _vat(number: int) -> str:
    body = f"5597{number:05}"
    return f"SE{body}{luhn.calc_check_digit(body)}01"


def _iban(number: int) -> str:
    bare = f"SE00500{number:017}"
    return f"SE{iban.calc_check_digits(bare)}{bare[4:]}"


def people() -> dict[str, Any]:
    """Two of the operator's, of whom one prepares what the other releases."""
    from utfall.portal.access import Kind, Role
    from utfall.portal.people import facade, founding

    place = founding.somewhere(Kind.OPERATOR, 0, "Network")
    return {
        name: facade.callers_of(founding.join(place, f"{name}@benchmark.test", name, Role.OWNER))[0]
        for name in ("cashier", "second")
    }
