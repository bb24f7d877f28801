"""Accounting in the background: the sums of days that are over."""

from utfall.portal.book.facade import opened
from utfall.portal.statements import keeping
from utfall.portal.work.facade import every


@every(seconds=3600)
def keep_days() -> None:
    """Keep the sums of days, so that a year's books need no look at every entry."""
    with opened() as found:
        if found is not None:
            keeping.keep(found)
