"""The tables of the projection, in a file of its own. Times are UTC milliseconds and amounts micros, as in
the book.

An index leads with whose the rows are, then with what is asked, then with time: so the newest fifty of any
usual question are found without reading others (docs/decisions/0012-a-projection-to-read.md).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from utfall.portal.access import Owners, Records
from utfall.portal.conversions.plain import Numbered

_WITH_REASON = Q(reason__isnull=False)
_PENDING = Q(status="pending")
_ON_THE_WAY = ("occurred_at", "id", "status", "outcome", "method", "currency", "reason")
"""What is looked at on the way through time, without the row that it belongs to."""


def _index(name: str, *fields: str, only: Q | None = None) -> models.Index:
    return models.Index(fields=fields, name=f"conversion_{name}", condition=only)


class Listed(models.Model):
    """What is listed of an order."""

    id = models.BigIntegerField(primary_key=True)
    advertiser = models.BigIntegerField()
    program = models.BigIntegerField(null=True)
    publisher = models.BigIntegerField(null=True)
    group_id = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=10)
    action = models.CharField(max_length=100, null=True)
    reference = models.CharField(max_length=50)
    status = models.CharField(max_length=10)
    reason = models.CharField(max_length=40, null=True)
    occurred_at = models.BigIntegerField()
    recorded_at = models.BigIntegerField()
    decided_at = models.BigIntegerField(null=True)
    changed_at = models.BigIntegerField()
    approve_at = models.BigIntegerField(null=True)
    payable_at = models.BigIntegerField(null=True)
    locks_at = models.BigIntegerField(null=True)
    window_sku = models.CharField(max_length=100, null=True)
    window_days = models.IntegerField(null=True)
    delivery_days = models.IntegerField(null=True)
    currency = models.CharField(max_length=3)
    amount_micros = models.BigIntegerField()
    refunded_micros = models.BigIntegerField()
    commission_micros = models.BigIntegerField()
    fee_micros = models.BigIntegerField()
    method = models.CharField(max_length=10, null=True)
    touch_class = models.CharField(max_length=12, null=True)
    touch_at = models.BigIntegerField(null=True)
    touch_seconds = models.BigIntegerField(null=True)
    touch_device = models.CharField(max_length=20, null=True)
    touch_country = models.CharField(max_length=2, null=True)
    link = models.BigIntegerField(null=True)
    subs = models.JSONField(default=list)
    code = models.CharField(max_length=100, null=True)
    channel = models.CharField(max_length=100, null=True)
    device = models.CharField(max_length=20, null=True)
    country = models.CharField(max_length=2, null=True)
    customer = models.CharField(max_length=9, null=True)
    source = models.CharField(max_length=10)
    lines = models.IntegerField()
    rules = models.JSONField(default=list)
    first_receipt = models.BigIntegerField()
    receipt = models.BigIntegerField()
    receipts = models.IntegerField()

    class Meta:
        abstract = True


class Conversion(Listed):
    """An order as it now stands; its number is the book's."""

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Conversion"]()
    numbered = Numbered["Conversion"]()

    class Meta:
        indexes: ClassVar = [
            _index("time", "occurred_at"),
            _index("status", "status", "occurred_at", "id", "reason"),
            _index("reason", "reason", "occurred_at", only=_WITH_REASON),
            _index("due", "approve_at", only=_PENDING),
            _index("adv_due", "advertiser", "approve_at", only=_PENDING),
            _index("pub_due", "publisher", "approve_at", only=_PENDING),
            _index("amount", "amount_micros"),
            _index("commission", "commission_micros"),
            _index("reference", "reference"),
            _index("code", "code", "occurred_at", only=Q(code__isnull=False)),
            _index("link", "link", "occurred_at", only=Q(link__isnull=False)),
            _index("program_time", "program", "occurred_at"),
            _index("program_status", "program", "status", "occurred_at", "id", "reason"),
            _index("adv_time", "advertiser", *_ON_THE_WAY, "country", "device", "channel", "customer"),
            _index("adv_reference", "advertiser", "reference"),
            _index("adv_status", "advertiser", "status", "occurred_at", "id", "reason"),
            _index("adv_reason", "advertiser", "reason", "occurred_at", only=_WITH_REASON),
            _index("adv_publisher", "advertiser", "publisher", "occurred_at"),
            _index("adv_amount", "advertiser", "amount_micros"),
            _index("adv_commission", "advertiser", "commission_micros"),
            _index("pub_time", "publisher", *_ON_THE_WAY, "touch_country", "touch_device"),
            _index("pub_status", "publisher", "status", "occurred_at", "id", "reason"),
            _index("pub_reason", "publisher", "reason", "occurred_at", only=_WITH_REASON),
            _index("pub_program", "publisher", "program", "occurred_at"),
            _index("pub_commission", "publisher", "commission_micros"),
        ]


class TestOrder(Listed):
    """A test order as it would have been. It is in no book, so its number is its receipt's with a minus; only
    the advertiser, who sent it, knows of it.
    """

    owners = Owners(advertiser="advertiser")
    objects = Records["TestOrder"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=("advertiser", "occurred_at"), name="test_order_time")]


class SubId(models.Model):
    """A sub-id of the click that earned an order, to find the order by."""

    conversion = models.BigIntegerField()
    value = models.CharField(max_length=100)
    publisher = models.BigIntegerField(null=True)
    advertiser = models.BigIntegerField()
    occurred_at = models.BigIntegerField()

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["SubId"]()

    class Meta:
        indexes: ClassVar = [
            _index("pub_sub", "value", "publisher", "occurred_at", "conversion"),
            _index("adv_sub", "value", "advertiser", "occurred_at", "conversion"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversion", "value"), name="sub_id_of_conversion")
        ]


class Part(models.Model):
    """What one publisher earns with an order that several share; who won it has one, too."""

    conversion = models.BigIntegerField()
    publisher = models.BigIntegerField()
    advertiser = models.BigIntegerField()
    commission_micros = models.BigIntegerField()

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Part"]()

    class Meta:
        indexes: ClassVar = [_index("part", "publisher", "conversion")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversion", "publisher"), name="part_of_conversion")
        ]


class PaidOut(models.Model):
    """What of an order one publisher was paid: by which payout, and when its bank said so."""

    conversion = models.BigIntegerField()
    publisher = models.BigIntegerField()
    advertiser = models.BigIntegerField()
    occurred_at = models.BigIntegerField()
    payout = models.BigIntegerField()
    at = models.BigIntegerField()

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["PaidOut"]()

    class Meta:
        indexes: ClassVar = [
            _index("paid_out_by", "payout", "conversion"),
            _index("paid_time", "occurred_at", "conversion"),
            _index("adv_paid", "advertiser", "occurred_at", "conversion"),
            _index("pub_paid", "publisher", "occurred_at", "conversion"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("conversion", "publisher"), name="paid_out_of_conversion")
        ]


class Answered(models.Model):
    """A payout of which its bank said that it is paid, or came back, until all its orders were told so.

    Its number is the receipt's; `done`: the last order that was told. It is of nobody.
    """

    id = models.BigIntegerField(primary_key=True)
    hash = models.CharField(max_length=64)
    payout = models.BigIntegerField()
    is_paid = models.BooleanField()
    at = models.BigIntegerField()
    done = models.BigIntegerField(default=0)

    objects = Records["Answered"]()


class Followed(models.Model):
    """One row: the last receipt of the book that was read, and its hash. It is of nobody."""

    id = models.BigIntegerField(primary_key=True)
    receipt = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    objects = Records["Followed"]()
