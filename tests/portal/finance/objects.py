"""What the routes of finance name: a table."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Of balances, which are of the whole house."""
    return {"table": "accounts"}
