"""Particulars of a side's advertiser and publisher."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.invoices import facade
from utfall.portal.invoices.contracts import Draft


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the two of them sees theirs."""
    for tenant in (side.advertiser, side.publisher):
        draft = Draft(name=f"{tenant.name} AB", country="SE", town=tenant.name)
        facade.set_particulars(tenant.caller(), draft)
    return {}
