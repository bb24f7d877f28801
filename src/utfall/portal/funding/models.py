"""Tables of funding: the terms that were agreed, each change a row, and what was settled from deposits."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Terms(models.Model):
    """Terms of an advertiser in a currency from a moment on; the newest hold."""

    advertiser = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    way = models.CharField(max_length=8)
    limit_micros = models.BigIntegerField(null=True)
    days_to_pay = models.IntegerField()
    why = models.CharField(max_length=500, blank=True)
    actor = models.CharField(max_length=260, blank=True)
    since = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Terms"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["advertiser", "currency", "id"], name="terms_of")]


class Settling(models.Model):
    """What a deposit pays of a paper, told as an event; one of a paper waits for its answer at a time."""

    advertiser = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paper = models.CharField(max_length=60)
    micros = models.BigIntegerField()
    event = models.CharField(max_length=32, unique=True)
    event_ms = models.BigIntegerField()
    state = models.CharField(max_length=8, default="waiting", db_index=True)
    code = models.CharField(max_length=40, blank=True)
    receipt = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=260, blank=True)
    at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Settling"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["advertiser", "id"], name="settling_of"),
            models.Index(fields=["paper", "id"], name="settling_of_paper"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["paper"], condition=models.Q(state="waiting"), name="settling_told_once"
            )
        ]
