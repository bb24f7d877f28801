"""Tables of feeds, their deliveries and their products.

A product row holds from the delivery `since` until (not including) the delivery `until`. A delivery writes
its rows while everybody still sees the one before; what makes it seen is one number, the feed's `version`.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Feed(models.Model):
    """A program's feed. `mapping`: a column of the file for each field; `columns`: [name, [samples]] each."""

    program = models.BigIntegerField(unique=True)
    advertiser = models.BigIntegerField(db_index=True)
    url = models.CharField(max_length=2000, blank=True)
    every_hours = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, db_index=True)
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    vat_ppm = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    file_name = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0)
    products = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True)
    work = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Feed"]()


class Delivery(models.Model):
    """One time that a file was read, and what became of its rows."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE)
    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=9, default="running")
    source = models.CharField(max_length=2000, blank=True)
    rows = models.PositiveIntegerField(default=0)
    accepted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=dict)
    warnings = models.JSONField(default=dict)
    examples = models.JSONField(default=list)
    code = models.CharField(max_length=60, blank=True)
    sentence = models.CharField(max_length=500, blank=True)
    bytes = models.PositiveBigIntegerField(default=0)
    by = models.CharField(max_length=260, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Delivery"]()


class Product(models.Model):
    """A product as it was from one delivery until another. `digest`: of everything the feed says of it."""

    feed = models.ForeignKey(Feed, on_delete=models.CASCADE)
    advertiser = models.BigIntegerField()
    product_id = models.CharField(max_length=100)
    name = models.CharField(max_length=300)
    price_micros = models.BigIntegerField()
    rrp_micros = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    deep_link = models.CharField(max_length=2000)
    image_url = models.CharField(max_length=2000)
    brand = models.CharField(max_length=100, blank=True)
    gtin = models.CharField(max_length=14, blank=True)
    mpn = models.CharField(max_length=70, blank=True)
    condition = models.CharField(max_length=12, blank=True)
    stock = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=200, blank=True)
    description = models.CharField(max_length=2000, blank=True)
    return_days = models.PositiveSmallIntegerField(null=True)
    digest = models.BinaryField(max_length=16)
    since = models.PositiveIntegerField()
    until = models.PositiveIntegerField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Product"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["feed", "until", "id"], name="products_now"),
            models.Index(fields=["feed", "since"], name="products_of_delivery"),
            models.Index(
                fields=["feed", "product_id"],
                name="products_to_return",
                condition=models.Q(return_days__isnull=False),
            ),
        ]
