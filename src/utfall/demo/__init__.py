"""The demo: a market invented from a seed, with the truth about it; and the shop that its visitors may enter.

    world = generate(seed=1, days=365, scale=1.0)      # utfall.demo.simulation
    world.market, world.events, world.truth            # utfall.terms, utfall.events, utfall.demo.truth

    serve(ShopConfig(advertiser=1, edge_url="http://127.0.0.1:8700", port=8720), stop)

It promises: the same seed gives the same bytes, and every event has its label; in real time it calls public
interfaces only (docs/algorithms/demo-market.md). Its shop is what anybody could build from the guides, and
refuses to sell: nothing is paid, sent or kept. Only the command line and tests import it.
"""

from utfall.demo.shop import application, serve
from utfall.demo.visit import ShopConfig

__all__ = ["ShopConfig", "application", "serve"]
