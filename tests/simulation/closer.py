"""A month that a process closes, and may be killed at; another goes on where it was.

    python -m tests.simulation.closer make FOLDER
    python -m tests.simulation.closer close FOLDER HOUR

The clock stands on the second of December, at the hour of this life: whoever comes after waits no minute
until what was left is written. The tables are files of the folder, unless a file in it names a database.
"""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import msgspec
from stdnum import iban

from tests.scenarios import world
from tests.scenarios.world import HOUR, Ids
from utfall.events import (
    AnyEvent,
    ClickRef,
    Consent,
    Conversion,
    Line,
    Outcome,
    Source,
    encode,
)
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
from utfall.workers.settle import Settler, SettlerConfig

PUBLISHERS: Final = 40
ORDERS: Final = 3
NOVEMBER: Final = 1_793_534_400_000
"""2026-11-01 12:00 UTC."""
HOUSE: Final = "SE3550000000054910000003"
SERVER: Final = "server"
"""The file that names a PostgreSQL database, where there is one."""


def server_of(folder: Path) -> str:
    """The database of the installation in a folder; empty: files."""
    place = folder / SERVER
    return place.read_text() if place.exists() else ""


def configure(folder: Path) -> None:
    """The portal of the installation in a folder, whose tables `make` has made."""
    folders: dict[str, Any] = {
        f"{name}_dir": str(folder / name) for name in ("journal", "snapshots", "keys", "lake", "media")
    }
    setup_site(
        SiteConfig(
            database_path=str(folder / "portal.sqlite3"),
            book_path=str(folder / "book.sqlite3"),
            secret="a secret for tests, which guards nothing",
            portal_url="http://testserver",
            public_url="http://clicks.test",
            server=server_of(folder),
            **folders,
        )
    )


def config_of(folder: Path) -> SettlerConfig:
    """Small batches: more places to be killed at."""
    return world.config_of(folder, batch_events=12)


def settle(folder: Path, now: int) -> None:
    """Settle what waits."""
    with Settler(config_of(folder), lambda: now) as settler:
        settler.settle_all()


def market() -> Market:
    """One program; silence approves at once, and nothing is held."""
    numbers = range(1, PUBLISHERS + 1)
    terms = ProgramTerms(version=1, effective_from=0, fee_ppm=200_000, hold_days=0, auto_approval_days=0)
    return Market(
        zones=(sealed_zone("Europe/Stockholm"),),
        advertisers=(Advertiser(id=1, name="Fjäll"),),
        publishers=tuple(Publisher(id=one, name=f"Blogg {one}") for one in numbers),
        programs=(
            Program(
                id=7, advertiser=1, name="Fjäll", currency="SEK", zone="Europe/Stockholm", versions=(terms,)
            ),
        ),
        enrolments=tuple(Enrolment(program=7, publisher=one, starts_at=0) for one in numbers),
        links=tuple(
            Link(id=one, key=f"k{one}", program=7, publisher=one, destination="https://shop.example/")
            for one in numbers
        ),
        rules=(Rule(id=1, program=7, name="sale", outcome=Outcome.SALE, price=Portion(80_000)),),
    )


def orders() -> list[AnyEvent]:
    """Some of each publisher."""
    ids = Ids()
    return [
        Conversion(
            id=ids.at(NOVEMBER + HOUR),
            occurred_at=NOVEMBER + HOUR,
            received_at=NOVEMBER + HOUR,
            source=Source.API,
            advertiser=1,
            outcome=Outcome.SALE,
            order=f"A-{publisher}-{number}",
            currency="SEK",
            lines=(Line(amount_micros=(1000 + publisher + number) * 3_333_333),),
            clicks=(
                ClickRef(id=ids.at(NOVEMBER), at=NOVEMBER, link=publisher, program=7, publisher=publisher),
            ),
            consent=Consent.GRANTED,
        )
        for publisher in range(1, PUBLISHERS + 1)
        for number in range(ORDERS)
    ]


def make(folder: Path) -> None:
    """The installation, with a month settled and everything in place to close it."""
    from utfall.cli.demo_clock import Clock

    configure(folder)
    migrate()
    with Clock(datetime(2026, 11, 1, 8, tzinfo=UTC)):
        _admit()
    publish(market(), folder / "snapshots")
    with StreamWriter(folder / "journal", "edge-0") as writer:
        writer.append([encode(one) for one in orders()])
    settle(folder, NOVEMBER + 24 * HOUR)


def _admit() -> None:
    from django.db import transaction

    from utfall.bank import Scheme, bank_account
    from utfall.cli.demo_people import standing_for
    from utfall.portal.access import Kind
    from utfall.portal.invoices import facade as invoices
    from utfall.portal.invoices.contracts import Draft, HouseAccount
    from utfall.portal.payouts import facade as payouts
    from utfall.portal.sealing import facade as sealing

    sealing.adopt(market())
    cashier = people()[0]
    with transaction.atomic():
        invoices.set_particulars(cashier, Draft(name="Nät AB", country="SE", town="Malmö"))
        invoices.set_particulars(cashier, Draft(name="Fjäll AB", country="SE", town="Åre"), advertiser=1)
        account = bank_account(Scheme.IBAN, HOUSE, "SE", "ESSESESS")
        invoices.set_house_account(cashier, HouseAccount(currency="SEK", account=account))
        for one in range(1, PUBLISHERS + 1):
            caller = standing_for(one, f"Blogg {one}")
            invoices.set_particulars(caller, Draft(name=f"Blogg {one} AB", country="SE", town="Lund"))
            invoices.accept_agreement(caller)
            bare = f"SE00500{one:017}"
            number = f"SE{iban.calc_check_digits(bare)}{bare[4:]}"
            payouts.set_account(caller, f"Blogg {one} AB", bank_account(Scheme.IBAN, number, "SE"))
    assert people()[0].kind is Kind.OPERATOR


def people() -> list[Any]:
    """Two of the operator's."""
    from utfall.portal.access import Kind, Role
    from utfall.portal.people import facade, founding

    place = founding.somewhere(Kind.OPERATOR, 0, "Nät")
    users = [founding.join(place, f"{one}@net.test", one, Role.OWNER) for one in ("first", "second")]
    return [facade.callers_of(one)[0] for one in users]


def close(folder: Path, hour: int) -> None:
    """Close the month, from wherever it is."""
    from utfall.cli.demo_clock import Clock

    configure(folder)
    with Clock(datetime(2026, 12, 2, hour, tzinfo=UTC)) as clock:
        cashier, second = people()
        print("begun", flush=True)
        settle(folder, clock.look())
        _papers(folder, cashier, clock)
        _payouts(folder, cashier, second, clock)
    print("done", flush=True)


def _papers(folder: Path, cashier: Any, clock: Any) -> None:
    from utfall.portal.invoices import facade as invoices
    from utfall.portal.invoices.paper_contracts import RunState, month_wanted

    found = invoices.runs(cashier).items
    run = found[0] if found else invoices.prepare(cashier, month_wanted(2026, 11))
    if run.state is RunState.DRAFTING:
        run = invoices.resume(cashier, run.id)
    if run.state is not RunState.ISSUED:
        invoices.issue_now(cashier, run.id)
        settle(folder, clock.look())
        while invoices.follow_papers():
            pass
    assert invoices.run(cashier, run.id).state is RunState.ISSUED


def _payouts(folder: Path, cashier: Any, second: Any, clock: Any) -> None:
    from utfall.portal.audit import facade as audit
    from utfall.portal.payouts import facade as payouts
    from utfall.portal.payouts.contracts import BatchState

    found = payouts.batches(cashier).items
    batch = found[0] if found else payouts.prepare(cashier, "SEK")
    if batch.state is BatchState.DRAFT:
        batch = payouts.release(cashier, batch.id)
    if batch.state is BatchState.PROPOSED:
        assert batch.proposal is not None
        audit.decide(second, batch.proposal, approve=True)
    payouts.follow_releases()
    settle(folder, clock.look())
    payouts.follow_releases()
    batch = payouts.batch(cashier, batch.id)
    if batch.state is BatchState.RELEASED:
        payouts.send(cashier, batch.id)


class Closed(msgspec.Struct, frozen=True):
    """What a closed month comes to: documents by name, papers and payouts of the book, the bank's file.

    The file without the time at which it was released, which is that of the life that did it.
    """

    documents: dict[str, str]
    papers: list[tuple[str, int, int, int, str]]
    payouts: list[tuple[int, int, str]]
    file: str
    standing: dict[str, int]


def tell(folder: Path) -> None:
    """Say what the month in a folder came to."""
    from hashlib import sha256

    configure(folder)
    from utfall.portal.book import facade as book
    from utfall.portal.invoices import facade as invoices
    from utfall.portal.payouts import facade as payouts

    cashier = people()[0]
    file = payouts.bank_file(cashier, payouts.batches(cashier).items[0].id)
    with book.standing(folder / "book.sqlite3") as found:
        assert found is not None
        papers = sorted(book.papers(found, count=1000), key=lambda one: one.name)
        told = Closed(
            documents={one.name: sha256(invoices.document(one.name).content).hexdigest() for one in papers},
            papers=[(one.name, one.party, one.net_micros, one.tax_micros, one.digest) for one in papers],
            payouts=sorted(
                (one.publisher, one.amount_micros, one.status) for one in book.payouts(found, count=1000)
            ),
            file=re.sub("<CreDtTm>.*?</CreDtTm>", "", file.content.decode()),
            standing={
                f"{one.owner} {one.owner_id} {one.bucket}": one.balance_micros for one in book.balances(found)
            },
        )
    sys.stdout.buffer.write(msgspec.json.encode(told))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["make", place]:
            make(Path(place))
        case ["close", place, hour]:
            close(Path(place), int(hour))
        case ["tell", place]:
            tell(Path(place))
