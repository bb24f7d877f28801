"""A preview of a decision about an order of the side's own."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.validation import facade
from utfall.portal.validation.contracts import Asked


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the side's own sees it."""
    asked = [Asked(reference=f"{side.advertiser.name} 1", action="approve")]
    caller = side.advertiser.caller()
    return {"batch": facade.decide(caller, asked, name=side.advertiser.name, apply=False).id}
