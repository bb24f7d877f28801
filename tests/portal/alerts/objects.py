"""A rule of the side's program, and an alert that it raised."""

from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.alerts import facade
from utfall.portal.alerts.contracts import Kind, RuleDraft
from utfall.portal.alerts.models import Alert


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Raised by hand: these tests have no lake."""
    name, program = side.advertiser.name, int(made["program"])
    draft = RuleDraft(kind=Kind.THRESHOLD, metric="clicks", bound=10, program=program, name=name)
    rule = facade.create_rule(side.advertiser.caller(), draft).id
    alert = Alert.objects.system().create(
        rule_id=rule,
        advertiser=side.advertiser.number,
        kind=Kind.THRESHOLD.value,
        program=program,
        facts={"value": 3, "bound": 10, "metric": "clicks", "window": "day", "currency": "SEK"},
        picture={"labels": ["a", "b"], "values": [12, 3]},
        raised_at=timezone.now(),
    )
    return {"watch": rule, "alert": alert.pk}
