"""The demo's shop: what an advertiser's own site looks like with our tag on it.

    stop = threading.Event()
    serve(ShopConfig(advertiser=1, edge_url="http://127.0.0.1:8700", port=8720), stop)

It promises to be what any shop could build from the guides: the tag from the edge, a consent banner that
drives it, and a policy without inline scripts. It refuses to sell: nothing is paid, sent or kept, and every
page says so. No other package imports it but the command line.
"""

from utfall.demo.shop import ShopConfig, application, serve

__all__ = ["ShopConfig", "application", "serve"]
