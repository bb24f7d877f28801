"""For how many days items may be returned, as a program's feed says now: for the platform's own duties."""

from collections.abc import Collection

from utfall.portal.feeds.delivering import now_of
from utfall.portal.feeds.models import Feed

AT_ONCE = 500


def return_days(program: int, skus: Collection[str]) -> dict[str, int]:
    """The days by SKU; what is not in the feed, or has no return window there, is left out."""
    feed = Feed.objects.system().filter(program=program).first()
    if feed is None:
        return {}
    wanted, found = sorted(skus), dict[str, int]()
    for start in range(0, len(wanted), AT_ONCE):
        rows = now_of(feed).filter(product_id__in=wanted[start : start + AT_ONCE], return_days__isnull=False)
        found.update(rows.values_list("product_id", "return_days"))
    return found
