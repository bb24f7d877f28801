"""An order of a side, read from the book as `utfall follow` reads it."""

from pathlib import Path

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.book import facade as book
from utfall.portal.site import site
from utfall.workers.follow import catch_up


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the side's own sees its order."""
    path = Path(site().book_path)
    catch_up(path, print)
    with book.standing(path) as found:
        assert found is not None
        order = book.receipt(found, int(made["receipt"])).conversion
    assert order is not None
    return {"conversion": order}
