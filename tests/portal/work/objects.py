"""A piece of work of the side's advertiser."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from tests.portal.work import kinds
from utfall.portal.work import facade


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """It waits, since nobody works in these tests."""
    return {
        "work": facade.start(side.advertiser.caller(), kinds.COUNT, {"to": 1, "words": side.advertiser.name})
    }
