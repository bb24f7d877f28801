"""Accounting in the background: the sums of days that are over, and papers as VAT counts them."""

from utfall.portal.book.facade import opened
from utfall.portal.statements import keeping, vat_keeping
from utfall.portal.work.facade import every


@every(seconds=3600)
def keep_days() -> None:
    """Keep the sums of days, so that a year's books need no look at every entry."""
    with opened() as found:
        if found is not None:
            keeping.keep(found)


@every(seconds=3600)
def keep_papers() -> None:
    """Keep papers as VAT counts them, so that a year's VAT needs no look at every file."""
    with opened() as found:
        if found is not None:
            vat_keeping.keep(found)
