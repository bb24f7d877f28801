"""A creative of the side's program."""

from tests.portal.creatives.files import image, sent
from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.creatives import facade
from utfall.portal.creatives.contracts import CreativeDraft


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Approved, so that the side's publisher may use it."""
    stem = side.advertiser.name
    draft = CreativeDraft(program=int(made["program"]), name=f"{stem} banner", is_ready=True)
    view = facade.upload(side.advertiser.caller(), draft, sent(image(), f"{stem}.png"))
    return {"creative": view.id, "step": "archive"}
