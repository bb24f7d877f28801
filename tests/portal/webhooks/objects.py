"""A webhook of the side's advertiser, and a test of it that waits."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import EndpointDraft, Form


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody is called: no process delivers in these tests."""
    name = side.advertiser.name
    draft = EndpointDraft(url=f"https://hooks.test/{side.advertiser.slug}", description=name)
    own = facade.create_endpoint(side.advertiser.caller(), draft).endpoint.id
    gaps = EndpointDraft(
        form=Form.POSTBACK, method="GET", url="https://tracker.test/?o={order_id}", description=name
    )
    facade.create_endpoint(side.publisher.caller(), gaps)
    return {"endpoint": own, "sending": facade.send_test(side.advertiser.caller(), own).id}
