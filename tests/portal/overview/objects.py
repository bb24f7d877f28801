"""A view of the overview."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.overview import facade
from utfall.portal.overview.contracts import Asked


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Of the side's advertiser; shared within it."""
    caller = side.advertiser.caller()
    asked = Asked(program=int(made["program"]))
    return {"saved_view": facade.save_view(caller, f"{side.advertiser.name} mornings", asked, shared=True).id}
