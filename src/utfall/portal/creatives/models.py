"""The table of creatives. Their files are in the media folder, where the edge serves them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Creative(models.Model):
    """A creative of a program. `digest` is that of what it shows, and finds what is uploaded twice."""

    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=6)
    state = models.CharField(max_length=9, default="draft")
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=5, blank=True)
    alt = models.CharField(max_length=200, blank=True)
    destination = models.CharField(max_length=2000, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    extension = models.CharField(max_length=5, blank=True)
    icon = models.CharField(max_length=70, blank=True)
    headline = models.CharField(max_length=90, blank=True)
    body = models.CharField(max_length=300, blank=True)
    call_to_action = models.CharField(max_length=30, blank=True)
    sponsored_by = models.CharField(max_length=60, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    submitted_by = models.CharField(max_length=260, blank=True)
    decided_by = models.CharField(max_length=260, blank=True)
    created_by = models.CharField(max_length=260, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Creative"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["program", "state"], name="creatives_of_program"),
            models.Index(fields=["program", "digest"], name="creatives_by_content"),
        ]
