"""A file of the bank with a payment of a side's advertiser."""

from django.utils import timezone

from tests.portal.market import Side, TwoTenants
from tests.portal.objects import Made
from utfall.portal.banking.models import BankFile, Movement


def objects(market: TwoTenants, side: Side, made: Made) -> Made:
    """Nobody but the operator sees it."""
    name = side.advertiser.name
    file = BankFile.objects.system().create(name=name, digest=name, kind="statement", way="upload")
    row = Movement.objects.system().create(
        file=file,
        key=name,
        on=timezone.localdate(),
        micros=1_000_000,
        currency="SEK",
        other_party=name,
        verdict="suspense",
        settled="accepted",
    )
    return {"bank_file": file.pk, "movement": row.pk}
