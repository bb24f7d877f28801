"""A change and a proposal of the side's advertiser."""

from tests.portal.audit.kinds import CHANGE
from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.audit import facade


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """They concern nobody else."""
    caller = side.advertiser.caller()
    told = {"name": side.advertiser.name}
    entry = facade.record(caller, action="test.change", subject="a test", before=None, after=told)
    proposal = facade.propose(
        caller, CHANGE, told, side.advertiser.name, subject="a test", after=told, advertiser=caller.number
    )
    return {"entry": entry, "proposal": proposal, "form": "csv", "change": CHANGE}
