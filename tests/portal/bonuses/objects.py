"""A bonus that the side's program granted its publisher."""

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.bonuses.models import Grant


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Both of them see it, and the operator; nobody else does."""
    row = Grant.objects.system().create(
        program=made["program"],
        advertiser=side.advertiser.number,
        publisher=side.publisher.number,
        currency="SEK",
        micros=10**9,
        reason="bonus",
        words=f"{side.advertiser.name} {side.publisher.name}",
        event=f"b{side.advertiser.number:031}",
        event_ms=0,
        state="granted",
    )
    return {"grant": row.pk}
