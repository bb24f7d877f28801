"""A rule of the side's program, worked on in a draft, and a what-if that was asked about it."""

from django.utils import timezone

from tests.portal.commission.made import share
from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from tests.portal.programs.drafts import live
from utfall.portal.commission import facade


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """The program is the side's own, made before; its rules bear the side's name."""
    caller = side.advertiser.caller()
    program = int(made["program"]) if "program" in made else live(caller, market.operator.caller()).id
    facade.change_rules(caller, program, [share(f"{caller.name} rule", 7)], why=f"{caller.name} begins")
    (rule,) = facade.rules(caller, program, timezone.now())
    facade.set_rule(caller, program, share(f"{caller.name} draft", 9), f"r{rule.id}")
    drafts = [one.draft for one in facade.draft(caller, program).rules]
    return {"program": program, "drafted": f"r{rule.id}", "whatif": facade.preview(caller, program, drafts)}
