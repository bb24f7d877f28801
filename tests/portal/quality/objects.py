"""A finding of the side's program about its publisher, an order that it blames and that is held."""

from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.quality.models import Blamed, Finding, Handled, Look, Profile
from utfall.science.quality import Detector


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Found by hand: these tests have no journal."""
    now = timezone.now()
    whose = {"advertiser": side.advertiser.number, "program": int(made["program"])}
    row = Finding.objects.system().create(
        **whose,
        publisher=side.publisher.number,
        detector=Detector.LEAKED_CODE.value,
        code=side.publisher.name,
        since=now,
        until=now,
        orders=1,
        currency="SEK",
        facts={"orders": 12, "days": 3, "usual": 0.4},
    )
    order = int(made.get("conversion", 1))
    Blamed.objects.system().create(finding=row, order=order, reference=side.advertiser.name, placed_at=now)
    Handled.objects.system().create(
        **whose,
        order=order,
        finding=row,
        publisher=side.publisher.number,
        organisation=side.advertiser.organisation,
        state="held",
        why=side.advertiser.name,
        actor="law",
    )
    Profile.objects.system().create(
        **whose,
        publisher=side.publisher.number,
        clicks=400,
        orders=20,
        approved=9,
        declined=3,
        delays=[0] * 10,
    )
    Look.objects.system().create(**whose, at=now, since=now, orders=20, clicks=400, delays=[0] * 10)
    return {"finding": row.pk}
