"""The table of the change feed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Change(models.Model):
    """Something that changed; its number is the cursor. `proof` is the hash of the receipt that decided it.

    SQLite has one writer, so numbers rise in the order in which changes become visible: nobody who follows
    them misses one.
    """

    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, db_index=True)
    advertiser = models.BigIntegerField(null=True)
    publisher = models.BigIntegerField(null=True)
    program = models.BigIntegerField(null=True)
    for_partners = models.BooleanField(default=False)
    receipt = models.BigIntegerField(null=True)
    proof = models.CharField(max_length=64, null=True, unique=True)
    body = models.JSONField()
    publisher_body = models.JSONField(null=True)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Change"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=("advertiser", "id"), name="change_of_advertiser"),
            models.Index(fields=("publisher", "id"), name="change_of_publisher"),
            models.Index(
                fields=("program", "id"), name="change_for_partners", condition=models.Q(for_partners=True)
            ),
            models.Index(fields=("at",), name="change_at"),
        ]
