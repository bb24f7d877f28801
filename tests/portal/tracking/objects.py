"""Traffic of a side in the journal, and a receipt of its in the book."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from tests.portal.tracking.settled import happen


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the side's own sees its calls, or reads its receipt."""
    return {"receipt": happen(side).receipt}
