"""One decision about every order that waits, by an assistant: in a market of its own, where none is left."""

from concurrent.futures import ThreadPoolExecutor, wait

from tests.portal.mcp.conftest import World
from tests.portal.mcp.hosting import Host
from utfall.portal.work.running import do_next


def test_all_that_fit_a_filter_are_judged_in_the_background_first(advertiser: Host, world: World) -> None:
    with ThreadPoolExecutor(1) as elsewhere:
        asked = elsewhere.submit(advertiser.ask, "decide_matching", action="approve")
        while not wait([asked], timeout=0.05).done:
            do_next()
    rehearsed = asked.result()
    assert rehearsed["would"].startswith("Approve ")
    done = advertiser.ask("decide_matching", action="approve", confirm=rehearsed["confirm"])
    while do_next():
        pass
    world.settle()
    assert done["batch"]["good"] >= 2
    assert world.shop.status("A4") == "approved"
    rows = advertiser.ask("decision_batch", batch=done["batch"]["id"])["rows"]["items"]
    assert {row["state"] for row in rows} == {"accepted"}
