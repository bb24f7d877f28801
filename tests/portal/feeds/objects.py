"""A feed of the side's program with one product, and its delivery."""

from tests.portal.feeds.files import NAMES, TENT, sent, table
from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.feeds import facade
from utfall.portal.feeds.models import Delivery
from utfall.portal.programs import facade as programs
from utfall.portal.work.running import do_next


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Read by the background work, as everybody's is."""
    program, caller = int(made["program"]), side.advertiser.caller()
    view = programs.program(caller, program)
    row = (f"{side.advertiser.name}-1", f"{side.advertiser.name} tent", f"199 {view.currency}")
    content = table([(*row, view.website, *TENT[4:])], names=NAMES[:6])
    facade.receive(caller, program, sent(content, f"{side.advertiser.name}.csv"))
    while do_next():
        pass
    delivery = Delivery.objects.system().get(program=program)
    return {"delivery": delivery.pk, "form": "csv"}
