"""A payout to a side's publisher, in a batch that nobody released."""

from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.payouts.models import Batch, Payout


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """The publisher sees it once it is released; the operator sees all."""
    batch = Batch.objects.system().create(
        currency="SEK", pay_on=timezone.localdate(), state="draft", actor="", released_at=timezone.now()
    )
    account = {"scheme": "iban", "number": "SE4550000000058398257466", "country": "SE"}
    row = Payout.objects.system().create(
        batch=batch,
        publisher=side.publisher.number,
        account=0,
        payee={"name": side.publisher.name, "account": account, "address": {}},
        currency="SEK",
        amount_micros=1_000_000,
        up_to=1,
        state="completed",
    )
    return {"payout_batch": batch.pk, "payout": row.pk}
