"""A letter: it belongs to no side, and only the operator sees how it fares."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.post import facade
from utfall.portal.post.models import Letter


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Kept, since there is no mail server."""
    facade.send(f"owner@{side.advertiser.slug}.test", side.advertiser.name, "text")
    return {"letter": Letter.objects.system().order_by("-pk")[0].pk}
