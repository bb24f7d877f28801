"""What was granted, each a row; what was taken back is another that names it."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Grant(models.Model):
    """A bonus or a placement, in micros of the program's currency; below zero what takes one back.

    `token`: of the form it came by, so that one that is sent twice grants once.
    """

    program = models.BigIntegerField()
    advertiser = models.BigIntegerField()
    publisher = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    micros = models.BigIntegerField()
    reason = models.CharField(max_length=12)
    words = models.CharField(max_length=200)
    takes_back = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="taken")
    token = models.CharField(max_length=64, null=True)
    event = models.CharField(max_length=32, unique=True)
    event_ms = models.BigIntegerField()
    state = models.CharField(max_length=8, default="waiting", db_index=True)
    code = models.CharField(max_length=40, blank=True)
    receipt = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=260, blank=True)
    at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Grant"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["program", "id"], name="grants_of_program"),
            models.Index(fields=["publisher", "id"], name="grants_of_publisher"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advertiser", "token"], name="grant_told_once")
        ]
