"""Terms of a side's advertiser, and something that its deposit paid."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.funding.models import Settling, Terms


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """The advertiser and the operator see them; nobody else does."""
    number, name = side.advertiser.number, side.advertiser.name
    Terms.objects.system().create(
        advertiser=number, currency="SEK", way="invoiced", limit_micros=10**9, days_to_pay=30, why=name
    )
    Settling.objects.system().create(
        advertiser=number,
        currency="SEK",
        paper=f"A-{name}"[:60],
        micros=10**6,
        event=f"{number:032}",
        event_ms=0,
        state="accepted",
    )
    return {"advertiser": number}
