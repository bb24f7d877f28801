"""An order that two publishers share, told to real receivers: to each its own part."""

import json
from urllib.parse import parse_qs, urlsplit

from tests.portal.conversions.parted import SHARED, WON, Shared
from tests.portal.market import TwoTenants
from tests.portal.webhooks.conftest import Until
from tests.portal.webhooks.receiver import Receiver
from tests.portal.webhooks.telling import hook, postback
from utfall.portal.site import SiteConfig
from utfall.portal.webhooks import facade
from utfall.portal.webhooks.contracts import State


def test_a_party_gets_its_own_part_by_webhook_and_by_postback(
    market: TwoTenants, own_site: SiteConfig, receiver: Receiver, deliver_until: Until
) -> None:
    told = Shared(market)
    winner, party = market.a.publisher.caller(), market.b.publisher.caller()
    hook(winner, receiver.url, kinds=("conversion.recorded", "commission.recorded"))
    hook(party, receiver.url, kinds=("commission.recorded",))
    postback(party, receiver.url + "/cb?t={transaction_id}&c={commission}&k={kind}&s={sub1}&x={click_id}")
    told.orders()
    deliver_until(
        lambda: (
            [one.state for one in facade.sendings(party).items] == [State.DELIVERED] * 3
            and [one.state for one in facade.sendings(winner).items] == [State.DELIVERED]
        )
    )
    hooks = [json.loads(one.body) for one in receiver.got if one.path == "/hook"]
    assert {one["type"]: one["data"]["commission_micros"] for one in hooks} == {
        "conversion.recorded": WON,
        "commission.recorded": SHARED,
    }
    (shared,) = (one["data"] for one in hooks if one["type"] == "commission.recorded")
    assert (shared["publisher"], "click_id" in shared, "subs" in shared) == (party.number, False, False)
    asked = [parse_qs(urlsplit(one.path + "?" + one.body.decode()).query) for one in receiver.got]
    backs = {one["k"][0]: one for one in asked if "k" in one}
    assert (backs["commission.recorded"]["c"], backs["conversion.recorded"]["c"]) == (["26.80"], ["80.00"])
    assert "s" not in backs["commission.recorded"]
    assert "x" not in backs["commission.recorded"]
