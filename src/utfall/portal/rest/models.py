"""The table of answers that may be asked for again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Answered(models.Model):
    """What a request with an idempotency key was answered, for a day. Without a status it is under way."""

    key = models.BigIntegerField()
    name = models.CharField(max_length=255)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=b"")
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    owners = Owners()
    objects = Records["Answered"]()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint("key", "name", name="answered_once")]
