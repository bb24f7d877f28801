"""A publisher with something payable, and everything in place to pay it."""

import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.tracking.settled import append, click_of, market_of, new_id, sale_of
from tests.portal.validation.conftest import own_site
from utfall.bank import Scheme, bank_account
from utfall.events import Action, Amendment, Outcome, Source
from utfall.portal.access import Caller, Role
from utfall.portal.invoices import facade as invoices
from utfall.portal.invoices.contracts import Draft, HouseAccount
from utfall.portal.payouts import facade
from utfall.portal.payouts.contracts import Schedule
from utfall.portal.payouts.models import Account
from utfall.portal.site import SiteConfig, site
from utfall.terms import ProgramTerms
from utfall.workers.publish import publish
from utfall.workers.settle import Settler, SettlerConfig

IBAN = bank_account(Scheme.IBAN, "SE4550000000058398257466", "SE")
HOUSE_IBAN = bank_account(Scheme.IBAN, "SE3550000000054910000003", "SE", "ESSESESS")
SWEDISH = Draft(
    name="Acme Blog AB", country="SE", town="Lund", street="Gatan 1", postcode="22222", vat="SE556036079301"
)
HOUSE = Draft(name="Nordnät AB", country="SE", town="Malmö", registration="5560360793", vat="SE556036079301")

__all__ = ["own_site"]


@dataclass(frozen=True)
class Payday:
    """Side A of a market, whose publisher has 80 kr payable for each order it earned."""

    market: TwoTenants
    side: Side

    @property
    def publisher(self) -> Caller:
        """Somebody of the publisher's who sees to money."""
        return self.side.publisher.caller(Role.FINANCE)

    @property
    def operator(self) -> Caller:
        """Somebody of the operator's who sees to money."""
        return self.market.operator.caller(Role.FINANCE)

    @property
    def second(self) -> Caller:
        """Somebody else of the operator's."""
        return self.market.operator.caller(Role.MANAGER)

    def earn(self, *orders: str) -> None:
        """Orders that were placed, approved, and are payable."""
        now = time.time_ns() // 1_000_000
        click = click_of(self.side, now - 7_200_000)
        sales = [sale_of(self.side, one, now - 3_600_000, click=click) for one in orders]
        append(click, *sales, *(self._approval(one, now - 60_000) for one in orders))
        self.settle()

    def refund(self, order: str) -> None:
        """An order that was paid is refunded whole."""
        at = time.time_ns() // 1_000_000
        append(msgspec.structs.replace(self._approval(order, at), action=Action.REFUND))
        self.settle()

    def _approval(self, order: str, at: int) -> Amendment:
        return Amendment(
            id=new_id(at),
            occurred_at=at,
            received_at=at,
            source=Source.CONSOLE,
            advertiser=self.side.advertiser.number,
            outcome=Outcome.SALE,
            order=order,
            action=Action.APPROVE,
        )

    def settle(self) -> None:
        """Settle what waits, and let payouts hear of it."""
        root = Path(site().journal_dir).parent
        config = SettlerConfig(
            journal_dir=Path(site().journal_dir),
            book_path=Path(site().book_path),
            snapshots_dir=root / "snapshots",
            keys_dir=Path(site().keys_dir),
        )
        terms = (ProgramTerms(version=1, effective_from=0, fee_ppm=200_000, hold_days=0),)
        market = market_of(self.side)
        program = msgspec.structs.replace(market.programs[0], versions=terms)
        both = [market_of(side).publishers[0] for side in (self.market.a, self.market.b)]
        told = msgspec.structs.replace(market, programs=(program,), publishers=tuple(both))
        publish(told, config.snapshots_dir)
        with Settler(config) as settler:
            settler.settle_all()
        facade.follow_releases()
        facade.follow_outcomes()

    def complete(self) -> None:
        """Everything that a payout needs, and three days passed."""
        invoices.set_particulars(self.operator, HOUSE)
        invoices.set_house_account(self.operator, HouseAccount(currency="SEK", account=HOUSE_IBAN))
        invoices.set_particulars(self.publisher, SWEDISH)
        invoices.accept_agreement(self.publisher)
        facade.set_account(self.publisher, "Acme Blog AB", IBAN)
        facade.set_wishes(self.publisher, currency="SEK", minimum_micros=50_000_000, schedule=Schedule.WEEKLY)
        self.pass_days(3)

    def pass_days(self, days: int) -> None:
        """As if the account had been given that much earlier."""
        for row in Account.objects.system().filter(ended_at=None):
            row.usable_from -= timedelta(days=days)
            row.save()

    def reasons(self) -> list[str]:
        """Why the publisher is not paid today."""
        (one,) = facade.due(self.operator)
        return [each.reason.value for each in one.reasons]

    def paid_yesterday(self, **columns: Any) -> None:
        """As if what was released had been so yesterday."""
        from utfall.portal.payouts.models import Batch

        for row in Batch.objects.system().exclude(released_at=None):
            row.released_at = timezone.now() - timedelta(days=1)
            row.save()


@pytest.fixture
def payday(own_site: SiteConfig, market: TwoTenants) -> Payday:
    """Two orders are payable; nothing else is in place."""
    found = Payday(market, market.a)
    found.earn("P-1", "P-2")
    return found
