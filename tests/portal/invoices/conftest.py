"""A side of the market that owes and has earned, with everything in place for papers."""

from dataclasses import dataclass, replace

import pytest

from tests.portal.market import Side, TwoTenants
from tests.portal.payouts.conftest import HOUSE, HOUSE_IBAN, SWEDISH, Payday, own_site
from utfall.portal.access import Caller, Role
from utfall.portal.book.facade import today
from utfall.portal.invoices import facade
from utfall.portal.invoices.contracts import Draft, HouseAccount
from utfall.portal.invoices.paper_contracts import DraftView, RunView, RunWanted
from utfall.portal.site import SiteConfig

__all__ = ["own_site", "today"]

BUYER = Draft(name="Shop AB", country="SE", town="Åre", registration="5560125790", vat="SE556012579001")
SELLER = replace(SWEDISH, registration="5560360793")


@dataclass(frozen=True)
class Bureau:
    """The operator's office: it issues papers to side A."""

    payday: Payday

    @property
    def operator(self) -> Caller:
        """Somebody of the operator's who sees to money."""
        return self.payday.operator

    @property
    def side(self) -> Side:
        """Whose papers it issues."""
        return self.payday.side

    @property
    def buyer(self) -> Caller:
        """Somebody of the advertiser's who sees to money."""
        return self.side.advertiser.caller(Role.FINANCE)

    def furnish(self) -> None:
        """Particulars of everybody, the agreement, and the house's account."""
        facade.set_particulars(self.operator, HOUSE)
        facade.set_house_account(self.operator, HouseAccount(currency="SEK", account=HOUSE_IBAN))
        facade.set_particulars(self.buyer, BUYER)
        facade.set_particulars(self.payday.publisher, SELLER)
        facade.accept_agreement(self.payday.publisher)

    def draft(self) -> RunView:
        """A run through today."""
        return facade.prepare(self.operator, RunWanted(until=today()))

    def rows(self, run: RunView) -> list[DraftView]:
        """What it says, in the order in which it was drafted."""
        return list(reversed(facade.drafts(self.operator, run.id).items))

    def settle(self) -> None:
        """Settle what was told, and note the answers."""
        self.payday.settle()
        facade.follow_papers()

    def issue(self, run: RunView) -> RunView:
        """Issue a run to its end."""
        facade.issue_now(self.operator, run.id)
        self.settle()
        return facade.run(self.operator, run.id)


@pytest.fixture
def bureau(own_site: SiteConfig, market: TwoTenants) -> Bureau:
    """Two orders: the advertiser owes 192 kr, the publisher has 160 kr payable."""
    payday = Payday(market, market.a)
    payday.earn("P-1", "P-2")
    return Bureau(payday)
