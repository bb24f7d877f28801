"""An advertiser that owes for approved orders, and a network that invoices it and is paid."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.portal.market import TwoTenants
from tests.portal.payouts.conftest import Payday
from tests.portal.tracking.settled import append, click_of, sale_of
from tests.portal.validation.conftest import own_site
from utfall.events import Exchange, Funding, MoneyEvent, Paper, PaperKind
from utfall.portal.access import Caller, Role
from utfall.portal.book import facade as book
from utfall.portal.funding import facade
from utfall.portal.site import SiteConfig, site
from utfall.portal.validation.facade import money_id, tell
from utfall.rates import Rate
from utfall.workers.follow import catch_up

__all__ = ["own_site"]
UNIT = 1_000_000


@dataclass(frozen=True)
class Office:
    """Side A, whose advertiser owes 96 kr for each order: 80 to the publisher, 16 to the network."""

    payday: Payday

    @property
    def number(self) -> int:
        """The advertiser's."""
        return self.payday.side.advertiser.number

    @property
    def buyer(self) -> Caller:
        """Somebody of the advertiser's who sees to money."""
        return self.payday.side.advertiser.caller(Role.FINANCE)

    @property
    def operator(self) -> Caller:
        """Somebody of the network's who sees to money."""
        return self.payday.operator

    def fund(self, units: float, identity: str, currency: str = "SEK") -> None:
        """Money comes, and is settled."""
        self._tell(
            Funding,
            identity,
            advertiser=self.number,
            currency=currency,
            amount_micros=round(units * UNIT),
            identity=identity,
            day="2026-11-02",
        )

    def exchange(self, micros: int, rate: Rate) -> None:
        """A part of the deposit is turned into another currency."""
        self._tell(
            Exchange,
            micros,
            owner="advertiser",
            party=self.number,
            currency=rate.currency,
            into=rate.into,
            amount_micros=micros,
            into_amount_micros=rate.turned(micros),
            currency_micros=rate.currency_micros,
            into_micros=rate.into_micros,
            rate_source=rate.source,
            day=rate.day.isoformat(),
            through=0,
        )

    def invoice(self, net: float, due: str) -> None:
        """An invoice of all that is owed, which is `net`, with 25 % tax."""
        with book.opened() as found:
            assert found is not None
            through, number = book.last_transaction(found), book.next_number(found, "A-2026")
            asked = book.unpapered(found, "advertiser", self.number, "SEK", through)
        assert asked.whole_micros == round(net * UNIT)
        self._tell(
            Paper,
            number,
            paper=PaperKind.INVOICE,
            series="A-2026",
            number=number,
            party=self.number,
            currency="SEK",
            period_from="2026-11-01",
            period_until="2026-11-30",
            through=through,
            net_micros=asked.whole_micros,
            tax_micros=asked.whole_micros // 4,
            digest="d",
            due=due,
        )

    def place(self, *orders: str) -> None:
        """Orders that nobody has decided about."""
        now = time.time_ns() // 1_000_000
        click = click_of(self.payday.side, now - 60_000)
        append(click, *(sale_of(self.payday.side, one, now - 3000, click=click) for one in orders))
        self.settle()

    def settle(self) -> None:
        """Settle what waits, and hear of it."""
        self.payday.settle()
        catch_up(Path(site().book_path), print)
        facade.follow()

    def standing(self) -> tuple[int, int, int, int]:
        """Deposit, pending, owed and receivable, in whole kronor."""
        (one,) = facade.standings(self.number)
        told = (one.deposit_micros, one.accrued_micros, one.owed_micros, one.receivable_micros)
        assert all(micros % UNIT == 0 for micros in told)
        deposit, accrued, owed, receivable = (micros // UNIT for micros in told)
        return deposit, accrued, owed, receivable

    def _tell(self, kind: Any, about: str | int, **fields: Any) -> None:
        at = time.time_ns() // 1_000_000
        event: MoneyEvent = kind(id=money_id(at, "test", about), occurred_at=at, received_at=at, **fields)
        tell([event])
        self.settle()


@pytest.fixture
def office(own_site: SiteConfig, market: TwoTenants) -> Office:
    """Two orders are approved and payable: 192 kr are owed, 160 of them to the publisher."""
    found = Office(Payday(market, market.a))
    found.payday.earn("P-1", "P-2")
    return found
