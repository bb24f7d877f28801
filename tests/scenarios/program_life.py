"""A whole installation in one process, and a shop's program that lives in it, under a clock that is moved.

Everything is real: the portal's facades, the sealed terms, the edge's application with its journal, the
settler, the book, the lake, the list of orders, the change feed and the deliverer.
"""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connections, transaction
from msgspec.structs import replace

from tests.portal import database
from tests.portal.market import Tenant, TwoTenants, build, tenant
from tests.portal.webhooks.receiver import HERE, Receiver
from tests.scenarios.edge_by_hand import Answered, EdgeByHand
from tests.scenarios.world import config_of
from utfall.cli.demo_clock import Clock
from utfall.cli.money_plane import BookOutbox
from utfall.lake import LakeWriter
from utfall.portal.access import Caller, Kind, Role
from utfall.portal.alerts import facade as alerts
from utfall.portal.alerts import tasks as alert_duties
from utfall.portal.alerts.contracts import AlertView
from utfall.portal.book import facade as book
from utfall.portal.claims import tasks as claim_duties
from utfall.portal.databases import CONVERSIONS
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.partners import facade as partners
from utfall.portal.partners.contracts import ApplicationDraft
from utfall.portal.people import facade as people
from utfall.portal.reports import tasks as report_duties
from utfall.portal.reports.desk import forget_lakes
from utfall.portal.sealing import facade as sealing
from utfall.portal.validation import facade as validation
from utfall.portal.webhooks import facade as webhooks
from utfall.portal.work.running import do_next
from utfall.settings import Settings
from utfall.workers.deliver import Deliverer
from utfall.workers.follow import catch_up
from utfall.workers.seal import seal_now
from utfall.workers.settle import Settler
from utfall.workers.ship import Shipper

STOCKHOLM = ZoneInfo("Europe/Stockholm")
settings: Any = django_settings


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of 2026 as the program's people say it."""
    return datetime(2026, month, day, hour, minute, tzinfo=STOCKHOLM)


@contextmanager
def living(folder: Path, start: datetime, receiver: Receiver) -> Iterator["Life"]:
    """A new installation that begins at a moment."""
    before = settings.SITE
    settings.SITE = replace(
        before,
        book_path=str(folder / "book.sqlite3"),
        journal_dir=str(folder / "journal"),
        snapshots_dir=str(folder / "snapshots"),
        keys_dir=str(folder / "keys"),
        lake_dir=str(folder / "lake"),
        reachable=HERE,
    )
    with Clock(start) as clock, EdgeByHand(folder) as edge, ThreadPoolExecutor(8) as pool:
        database.fresh()
        for alias, name in (("default", "portal"), (CONVERSIONS, "conversions")):
            (folder / f"{name}.sqlite3").symlink_to(connections.settings[alias]["NAME"])
        try:
            yield Life(folder, clock, edge, Deliverer(timedelta(seconds=10), 8, pool), receiver)
        finally:
            validation.close()
            forget_lakes()
            if (opened := str(folder / "book.sqlite3")) in connections.settings:
                connections[opened].close()
            database.leave()
            settings.SITE = before
            cache.clear()


class Life:
    """The installation, the market in it, and what can be done there."""

    def __init__(
        self, folder: Path, clock: Clock, edge: EdgeByHand, deliverer: Deliverer, receiver: Receiver
    ) -> None:
        self.folder, self.clock, self.edge = folder, clock, edge
        self.deliverer, self.receiver = deliverer, receiver
        self.market: TwoTenants = build()
        self.shop: Tenant = self.market.a.advertiser
        self.blog: Tenant = self.market.a.publisher
        self.coupons: Tenant = self.market.b.publisher
        with transaction.atomic():
            self.cashback, self.spam, self.late = (
                tenant(Kind.PUBLISHER, name, hashed="!")
                for name in ("Krona Cashback", "Spam Ring", "Late Post")
            )
        self.secret = people.renew_postback_secret(self.shop.caller())
        self.program = 0
        self.keys: dict[str, str] = {}
        self.settings = replace(Settings(), data_dir=folder)
        self.config = config_of(folder)
        self._visitors = self._orders = 0
        self.settings.lake_dir.mkdir()
        webhooks.begin()

    @property
    def owner(self) -> Caller:
        """Who decides at the shop."""
        return self.shop.caller()

    @property
    def finance(self) -> Caller:
        """Who validates at the shop."""
        return self.shop.caller(Role.FINANCE)

    def apply(self, publisher: Tenant, promotion_type: str) -> int:
        """A publisher applies; its application."""
        draft = ApplicationDraft(program=self.program, promotion_types=(promotion_type,), message="Please")
        found = partners.apply(publisher.caller(), draft).application
        assert found is not None, "somebody has to decide about it"
        return found

    def link_of(self, publisher: Tenant, *subs: str) -> None:
        """A publisher makes itself a link."""
        draft = LinkDraft(program=self.program, destination="https://acme.test/", subs=subs)
        self.keys[publisher.slug] = links.create_link(publisher.caller(), draft).key

    def partnership(self, publisher: Tenant) -> int:
        """The number of a publisher's partnership."""
        found = partners.partnership_in(self.owner, self.program, publisher.number)
        assert found is not None, "it applied once"
        return found.id

    def click(self, publisher: Tenant, **asked: str) -> str:
        """Somebody new follows a publisher's link; the token that the shop is handed."""
        return self.follow_link(publisher, **asked).token

    def follow_link(self, publisher: Tenant, **asked: str) -> Answered:
        """The same, with all that the edge answers."""
        self._seal()
        self._visitors += 1
        client = (
            f"198.{18 + self._visitors // 62_500}.{self._visitors // 250 % 250}.{self._visitors % 250}:40000"
        )
        return self.edge.click(self.keys[publisher.slug], client=client, **asked)

    def buy(self, *tokens: str, order: str = "", amount: str = "1000.00", **told: str) -> str:
        """The shop's server tells of an order; its reference."""
        self._seal()
        self._orders += 1
        name = order or f"O-{self._orders}"
        sent = {"order": name, "amount": amount, "currency": "SEK", "consent": "granted", **told}
        answer = self.edge.order(self.shop.number, token=self.secret, click=",".join(tokens), **sent)
        assert answer.status == 202, answer.body
        return name

    def amend(self, order: str, status: str, **told: str) -> None:
        """The shop's server tells what became of an order."""
        answer = self.edge.order(self.shop.number, token=self.secret, order=order, status=status, **told)
        assert answer.status == 202, answer.body

    def days(self, until: datetime, *, clicks: int = 1, orders: int = 1) -> None:
        """Ordinary days: so many clicks of each partner, so many orders of the blog's and the cashback's."""
        left = round((until.timestamp() - self.clock.ms / 1000) / 86_400)
        for evening in (until - timedelta(days=back) for back in range(left - 1, -1, -1)):
            tokens = [self.click(self.blog, sub1="newsletter") for _ in range(clicks)]
            tokens += [self.click(self.cashback) for _ in range(clicks)]
            self.clock.pass_time(hours=2)
            for number in range(orders):
                self.buy(tokens[(number * clicks) % len(tokens)])
            self.clock.until(evening)
            if evening.weekday() == 0 or evening == until:
                self.settle()

    def until(self, moment: datetime) -> None:
        """Nothing happens but time."""
        self.clock.until(moment)
        self.settle()

    def _seal(self) -> None:
        """Put in force what was agreed since, as the sealer does within a second."""
        if sealing.wanted() > sealing.state().sealed:
            seal_now(self.config.snapshots_dir)
            self.edge.refresh()

    def watch(self) -> list[AlertView]:
        """The rules are looked at, as they are every few minutes; which alerts are open then."""
        self.settle()
        alert_duties.watch_new_programs()
        alert_duties.look_at_rules()
        alert_duties.send_letters()
        return list(alerts.alerts(self.owner, state="open").items)

    def settle(self) -> None:
        """All that works by itself takes its turn, until nobody has anything to do; but for the alerts."""
        self._seal()
        with Settler(self.config, self.clock.look) as settler:
            settler.settle_all()
        self._ship()
        claim_duties.clocks()
        claim_duties.awards()
        validation.follow()
        catch_up(self.config.book_path, print)
        report_duties.send_due()
        while do_next():
            pass
        self.deliver()

    def _ship(self) -> None:
        opened = book.open_book(self.config.book_path, migrate=False)
        with (
            LakeWriter(self.settings.lake_dir) as lake,
            Shipper(lake, BookOutbox(opened), self.config.journal_dir) as shipper,
        ):
            while shipper.ship(self.clock.look()):
                pass
        book.close_book(opened)

    def deliver(self) -> None:
        """Send whatever is due now, and write down what came of it."""
        while webhooks.follow():
            pass
        while webhooks.due({}, frozenset(), 8):
            self.deliverer.step(0.01)
            self.deliverer.finish()

    def order(self, reference: str) -> book.ConversionRow:
        """Where an order stands in the book."""
        with book.standing(self.config.book_path) as found:
            assert found is not None
            return book.conversion(found, self.shop.number, "sale", reference)

    def receipts(self, reference: str) -> list[dict[str, Any]]:
        """What was decided about an order, receipt by receipt."""
        with book.standing(self.config.book_path) as found:
            assert found is not None
            number = book.conversion(found, self.shop.number, "sale", reference).id
            rows = book.receipts_of_conversion(found, number)
        return [
            msgspec.json.decode(one.body) | {"side": msgspec.json.decode(one.advertiser_side)} for one in rows
        ]

    def source_of(self, reference: str) -> str:
        """How an order was told, as the list of orders says."""
        question = "SELECT source FROM conversions_conversion WHERE reference = ?"
        with closing(sqlite3.connect(self.folder / "conversions.sqlite3")) as connection:
            return str(connection.execute(question, (reference,)).fetchone()[0])
