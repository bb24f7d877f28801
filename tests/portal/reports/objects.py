"""A kept report, when it is sent, and a file of it."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.reports import facade
from utfall.portal.reports.contracts import Form, Rhythm, ScheduleDraft
from utfall.portal.reports.wanted import Wanted


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Of the side's advertiser; shared within it."""
    caller = side.advertiser.caller()
    wanted = Wanted(metrics=("clicks",), by=("day",))
    kept = facade.save(caller, f"{side.advertiser.name} clicks", wanted, shared=True)
    sent = facade.schedule(caller, kept.id, ScheduleDraft(rhythm=Rhythm.DAILY, zone="UTC"))
    file = facade.export(caller, wanted, Form.CSV, kept.name)
    return {"report": kept.id, "schedule": sent.id, "file": file.id, "transaction": 1}
