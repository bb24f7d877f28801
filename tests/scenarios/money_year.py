"""An installation whose money moves, under a clock that is moved: its people, terms, settler and bank.

The network is Finnish. A Finnish shop pays in EUR, in steps that hold for the whole month; a Norwegian
outfitter pays in SEK, where a blog shares with its designer, and in NOK. Every fact goes the way that it
always does: orders through the journal, money through the portal's facades and the bank's files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import transaction

from tests.portal import database
from tests.portal.market import Tenant, tenant
from tests.scenarios.world import HOUR, Ids, config_of, reference
from utfall.bank import BankAccount, Scheme, bank_account
from utfall.cli.demo_clock import Clock
from utfall.demo.bank import Bank
from utfall.events import (
    Action,
    Amendment,
    AnyEvent,
    Click,
    Consent,
    Conversion,
    Line,
    Outcome,
    PaperKind,
    Source,
    encode,
)
from utfall.journal import StreamWriter
from utfall.portal.access import Caller, Kind, Role
from utfall.portal.audit import facade as audit
from utfall.portal.banking import facade as banking
from utfall.portal.book import facade as book
from utfall.portal.funding import facade as funding
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import Draft, HouseAccount
from utfall.portal.invoices.paper_contracts import PaperView, month_wanted
from utfall.portal.payouts import facade as payouts
from utfall.portal.payouts.contracts import PayoutView, Schedule
from utfall.portal.validation import facade as validation
from utfall.rates import RATES_NAME
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
    Split,
    Step,
    Tiered,
    TierMeasure,
    TierPeriod,
)
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler

settings: Any = django_settings
STEPS: Final = (Step(0, Portion(80_000)), Step(2_000_000_000, Portion(100_000)))
TIERED: Final = Tiered(TierMeasure.AMOUNT, TierPeriod.MONTH, STEPS, retroactive=True)
CURRENCIES: Final = ("EUR", "NOK", "SEK")
HOUSE: Final = {
    "EUR": HouseAccount(currency="EUR", account=bank_account(Scheme.IBAN, "FI2112345600000785", "FI")),
    "NOK": HouseAccount(currency="NOK", account=bank_account(Scheme.IBAN, "NO9386011117947", "NO")),
    "SEK": HouseAccount(currency="SEK", account=bank_account(Scheme.IBAN, "SE3550000000054910000003", "SE")),
}


class Placed(NamedTuple):
    """A publisher in a program: the link it sends its readers by."""

    program: int
    link: int
    advertiser: Tenant
    publisher: Tenant
    currency: str


@dataclass(frozen=True)
class People:
    """Who takes part. `suomi` is Finnish, `fjall` Swedish until it moves, `kyst` Norwegian; the designer is
    registered for VAT nowhere.
    """

    operator: Tenant
    shop: Tenant
    outfitter: Tenant
    suomi: Tenant
    fjall: Tenant
    kyst: Tenant
    designer: Tenant

    @property
    def publishers(self) -> tuple[Tenant, ...]:
        """Those who are paid."""
        return (self.suomi, self.fjall, self.kyst, self.designer)


PARTICULARS: Final = {
    "operator": Draft(name="Verkosto Oy", country="FI", town="Helsinki", vat="FI20774740"),
    "shop": Draft(name="Kauppa Oy", country="FI", town="Turku", vat="FI01120389"),
    "outfitter": Draft(name="Utstyr AS", country="NO", town="Bergen", vat="NO974760673MVA"),
    "suomi": Draft(name="Suomi Lukee Oy", country="FI", town="Oulu", vat="FI15728600"),
    "fjall": Draft(name="Fjällbloggen AB", country="SE", town="Lund", vat="SE556036079301"),
    "kyst": Draft(name="Kystliv AS", country="NO", town="Bodø", vat="NO995525828MVA"),
    "designer": Draft(name="Disa Form", country="SE", town="Umeå"),
}
ACCOUNTS: Final = {
    "suomi": bank_account(Scheme.IBAN, "FI1410093000123458", "FI"),
    "fjall": bank_account(Scheme.IBAN, "SE4550000000058398257466", "SE", "SWEDSESS"),
    "kyst": bank_account(Scheme.IBAN, "NO8330001234567", "NO"),
    "designer": bank_account(Scheme.IBAN, "SE7280000810340009783242", "SE"),
}


@contextmanager
def living(folder: Path, start: datetime) -> Iterator["Year"]:
    """A new installation that begins at a moment, with everything in place to pay and be paid."""
    before = settings.SITE
    settings.SITE = replace_site(before, folder)
    try:
        with Clock(start) as clock:
            database.fresh()
            year = Year(folder, clock)
            with year.settler:
                yield year
    finally:
        validation.close()
        database.leave()
        settings.SITE = before
        cache.clear()


def replace_site(before: Any, folder: Path) -> Any:
    """The same portal with everything that it keeps in a folder, but for its tables."""
    places = {f"{name}_dir": str(folder / name) for name in ("journal", "snapshots", "keys", "media")}
    own = {"book_path": str(folder / "book.sqlite3"), "database_path": str(folder / "portal.sqlite3")}
    return msgspec.structs.replace(before, **own, **places)


def rate_on(day: date, currency: str) -> str:
    """A rate of the year's own: units for one euro, another every day, the same in every run."""
    base = {"NOK": 11_500, "SEK": 11_200}[currency]
    return f"{(base + day.timetuple().tm_yday % 37 * 11) / 1000:.3f}"


def write_rates(folder: Path) -> None:
    """A table of exchange rates newer than the one that comes along, where the installation looks for it."""
    days = [date(2023, 12, 1) + timedelta(days=number) for number in range(550)]
    rows = [f"{day},{rate_on(day, 'NOK')},{rate_on(day, 'SEK')}" for day in (*days, date(2030, 1, 1))]
    folder.mkdir(parents=True)
    (folder / RATES_NAME).write_text("\n".join(("Date,NOK,SEK", *rows, "")))


class Year:
    """The installation, and what can be done there."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.people = _people()
        self.bank = Bank({one: HOUSE[one].account.number for one in CURRENCIES})
        self.config = config_of(folder)
        self.placed = _placed(self.people)
        write_rates(settings.SITE.rates_path)
        publish(_market(self.people, self.placed), self.config.snapshots_dir)
        self.settler = Settler(self.config, clock.look)
        self._ids = Ids()
        self._sold: dict[str, Placed] = {}
        _complete(self.people)

    @property
    def cashier(self) -> Caller:
        """Who sees to money at the network."""
        return self.people.operator.caller(Role.FINANCE)

    @property
    def second(self) -> Caller:
        """Whom a release needs besides."""
        return self.people.operator.caller(Role.MANAGER)

    @property
    def orders(self) -> tuple[str, ...]:
        """Every order that was placed."""
        return tuple(self._sold)

    @contextmanager
    def opened(self) -> Iterator[book.Book]:
        """The book as it stands."""
        with book.standing(self.config.book_path) as found:
            assert found is not None
            yield found

    def until(self, month: int, day: int, year: int = 2024) -> None:
        """Let time pass until the morning of a day."""
        self.clock.until(datetime(year, month, day, 8, tzinfo=UTC))
        self.settle()

    def happen(self, *events: AnyEvent) -> None:
        """Something is told by an edge, and settled."""
        with StreamWriter(self.config.journal_dir, "edge-0") as writer:
            writer.append([encode(event) for event in events])
        self.settler.settle_all()

    def settle(self) -> None:
        """Settle what waits, and let the portal hear of it."""
        self.settler.settle_all()
        for follow in (
            invoices.follow_papers,
            payouts.follow_releases,
            payouts.follow_outcomes,
            banking.follow,
            funding.follow,
        ):
            follow()

    def sell(self, name: str, link: int, units: float) -> None:
        """An order that a publisher's reader placed an hour after following its link."""
        one, at = self.placed[link], self.clock.look()
        self._sold[name] = one
        click = Click(
            id=self._ids.at(at - HOUR),
            occurred_at=at - HOUR,
            received_at=at - HOUR,
            advertiser=one.advertiser.number,
            program=one.program,
            publisher=one.publisher.number,
            link=link,
        )
        sale = Conversion(
            id=self._ids.at(at),
            occurred_at=at,
            received_at=at,
            source=Source.API,
            advertiser=one.advertiser.number,
            outcome=Outcome.SALE,
            order=name,
            currency=one.currency,
            lines=(Line(amount_micros=round(units * 1_000_000)),),
            clicks=(reference(click),),
            consent=Consent.GRANTED,
        )
        self.happen(click, sale)

    def amend(self, action: Action, *names: str, **fields: Any) -> None:
        """What the advertiser says of orders."""
        at = self.clock.look()
        self.happen(
            *(
                Amendment(
                    id=self._ids.at(at),
                    occurred_at=at,
                    received_at=at,
                    source=Source.API,
                    advertiser=self._sold[name].advertiser.number,
                    outcome=Outcome.SALE,
                    order=name,
                    action=action,
                    **fields,
                )
                for name in names
            )
        )

    def hear(self, content: bytes) -> None:
        """A file of the bank comes in, and what it says is settled."""
        told = banking.import_file(self.cashier, "bank.xml", content)
        assert not told.trouble, told.why
        self.settle()

    def deposit(self, payer: Tenant, currency: str, micros: int) -> None:
        """An advertiser pays in under its reference."""
        told = banking.deposit_reference(payer.number)
        self.hear(self.bank.credit(self.today, currency, micros, told, payer.name))

    @property
    def today(self) -> date:
        """The day it is."""
        return self.clock.now().date()

    def bill(self, year: int, month: int) -> list[PaperView]:
        """The papers of a month, of everybody: prepared, issued, and numbered by the journal."""
        run = invoices.prepare(self.cashier, month_wanted(year, month))
        if run.may_issue:
            invoices.issue_now(self.cashier, run.id)
        self.settle()
        found = invoices.papers_of(since=self.today, until=self.today, count=100)
        return [one for one in found if one.period_until.month == month]

    def collect(self, issued: list[PaperView]) -> None:
        """The advertisers pay what they were invoiced, and their deposits pay the papers."""
        payers = {one.number: one for one in (self.people.shop, self.people.outfitter)}
        for one in issued:
            if one.kind is PaperKind.INVOICE:
                self.deposit(payers[one.party], one.currency, one.total_micros)
        funding.settle()
        self.settle()

    def pay(self) -> list[PayoutView]:
        """Everybody who is due gets a payout: prepared, released by a second person, handed to the bank."""
        due = {one.currency for one in payouts.due(self.cashier) if one.is_due}
        return [one for currency in sorted(due) for one in self._paid(currency)]

    def _paid(self, currency: str) -> list[PayoutView]:
        made = payouts.prepare(self.cashier, currency)
        asked = payouts.release(self.cashier, made.id)
        assert asked.proposal is not None
        audit.decide(self.second, asked.proposal, approve=True)
        self.settle()
        payouts.send(self.cashier, made.id)
        return list(payouts.payouts_of_batch(self.cashier, made.id).items)

    def arrive(self, *paid: PayoutView) -> None:
        """The bank says that it paid these."""
        for currency in sorted({one.currency for one in paid}):
            told = [(one.name, one.amount_micros) for one in paid if one.currency == currency]
            self.hear(self.bank.debits(self.today, currency, told))

    def move(self, publisher: Tenant, particulars: Draft, account: BankAccount) -> None:
        """A publisher is from now on somewhere else."""
        caller = publisher.caller()
        invoices.set_particulars(caller, particulars)
        payouts.set_account(caller, particulars.name, account)


def _people() -> People:
    with transaction.atomic():
        return People(
            operator=tenant(Kind.OPERATOR, "Verkosto", hashed="!"),
            shop=tenant(Kind.ADVERTISER, "Kauppa", hashed="!"),
            outfitter=tenant(Kind.ADVERTISER, "Utstyr", hashed="!"),
            suomi=tenant(Kind.PUBLISHER, "Suomi Lukee", hashed="!"),
            fjall=tenant(Kind.PUBLISHER, "Fjällbloggen", hashed="!"),
            kyst=tenant(Kind.PUBLISHER, "Kystliv", hashed="!"),
            designer=tenant(Kind.PUBLISHER, "Disa Form", hashed="!"),
        )


def _placed(people: People) -> dict[int, Placed]:
    return {
        711: Placed(71, 711, people.shop, people.suomi, "EUR"),
        712: Placed(71, 712, people.shop, people.fjall, "EUR"),
        721: Placed(72, 721, people.outfitter, people.fjall, "SEK"),
        731: Placed(73, 731, people.outfitter, people.kyst, "NOK"),
    }


def _market(people: People, placed: dict[int, Placed]) -> Market:
    zones = {"EUR": "Europe/Helsinki", "SEK": "Europe/Stockholm", "NOK": "Europe/Oslo"}
    terms = ProgramTerms(
        version=1, effective_from=0, fee_ppm=200_000, hold_days=3, auto_approval_days=30, max_age_days=400
    )
    programs = {one.program: one for one in placed.values()}
    split = ((people.fjall.number, 700_000), (people.designer.number, 300_000))
    return Market(
        zones=tuple(sealed_zone(one) for one in sorted(zones.values())),
        advertisers=tuple(
            Advertiser(id=one.number, name=one.name) for one in (people.shop, people.outfitter)
        ),
        publishers=tuple(Publisher(id=one.number, name=one.name) for one in people.publishers),
        programs=tuple(
            Program(
                id=number,
                advertiser=one.advertiser.number,
                name=f"{one.advertiser.name} {one.currency}",
                currency=one.currency,
                zone=zones[one.currency],
                versions=(terms,),
            )
            for number, one in sorted(programs.items())
        ),
        enrolments=tuple(
            Enrolment(program=one.program, publisher=one.publisher.number, starts_at=0)
            for one in placed.values()
        ),
        links=tuple(
            Link(
                id=one.link,
                key=f"k{one.link}",
                program=one.program,
                publisher=one.publisher.number,
                destination="https://shop.example/",
            )
            for one in placed.values()
        ),
        rules=tuple(
            Rule(
                id=number,
                program=number,
                name="sale",
                outcome=Outcome.SALE,
                price=TIERED if number == 71 else Portion(90_000),
            )
            for number in sorted(programs)
        ),
        splits=(Split(id=1, program=72, publisher=people.fjall.number, shares=split),),
    )


def _complete(people: People) -> None:
    """Particulars, the agreement, accounts and wishes of everybody."""
    house = people.operator.caller(Role.FINANCE)
    for name, draft in PARTICULARS.items():
        invoices.set_particulars(getattr(people, name).caller(), draft)
    for one in CURRENCIES:
        invoices.set_house_account(house, HOUSE[one])
    for name, account in ACCOUNTS.items():
        caller = getattr(people, name).caller()
        invoices.accept_agreement(caller)
        payouts.set_account(caller, PARTICULARS[name].name, account)
        payouts.set_wishes(caller, currency="EUR", minimum_micros=5_000_000, schedule=Schedule.MONTHLY)
