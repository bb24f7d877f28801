"""The one way into feeds and products. Every function asks permission and reaches only what is seen."""

from utfall.portal.feeds.backlog import backlog
from utfall.portal.feeds.receiving import Upload, fetch_now, receive, remove, set_columns, set_source
from utfall.portal.feeds.returning import return_days
from utfall.portal.feeds.showing import choices, deliveries, delivery, feed, feeds, products, stream

__all__ = [
    "Upload",
    "backlog",
    "choices",
    "deliveries",
    "delivery",
    "feed",
    "feeds",
    "fetch_now",
    "products",
    "receive",
    "remove",
    "return_days",
    "set_columns",
    "set_source",
    "stream",
]
