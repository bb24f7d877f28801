"""Tables of banking: the files of the bank, and every movement in them, each once."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class BankFile(models.Model):
    """A file that was imported; its digest is its own, so that it is read once.

    `rows` it has in all, `done` of them have their verdict; `state` says whether that goes on, and `task` is
    the work that does it.
    """

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=9)
    trouble = models.CharField(max_length=30, blank=True)
    why = models.CharField(max_length=300, blank=True)
    account = models.CharField(max_length=34, blank=True)
    way = models.CharField(max_length=9)
    actor = models.CharField(max_length=260, blank=True)
    imported_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=7, default="read")
    rows = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    task = models.BigIntegerField(null=True)

    owners = Owners()
    objects = Records["BankFile"]()


class Closing(models.Model):
    """What stood on an account at the end of a statement."""

    file = models.ForeignKey(BankFile, on_delete=models.CASCADE, related_name="closings")
    account = models.CharField(max_length=34, db_index=True)
    currency = models.CharField(max_length=3)
    on = models.DateField()
    micros = models.BigIntegerField()

    owners = Owners()
    objects = Records["Closing"]()


class Movement(models.Model):
    """A movement on the house's account, or a status. `key` names it for ever, whichever file tells of it.

    `event` and `event_ms` are of the funding it became; `matching` of the event that said whose it is.
    """

    file = models.ForeignKey(BankFile, on_delete=models.CASCADE, related_name="movements")
    key = models.CharField(max_length=64, db_index=True)
    on = models.DateField()
    micros = models.BigIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    name = models.CharField(max_length=70, blank=True)
    reference = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=500, blank=True)
    other_party = models.CharField(max_length=140, blank=True)
    verdict = models.CharField(max_length=15, db_index=True)
    payout = models.BigIntegerField(null=True)
    advertiser = models.BigIntegerField(null=True)
    event = models.CharField(max_length=32, blank=True)
    event_ms = models.BigIntegerField(null=True)
    matching = models.CharField(max_length=32, blank=True)
    matching_ms = models.BigIntegerField(null=True)
    matched_to = models.BigIntegerField(null=True)
    settled = models.CharField(max_length=8, default="none", db_index=True)
    code = models.CharField(max_length=40, blank=True)
    receipt = models.BigIntegerField(null=True)

    owners = Owners()
    objects = Records["Movement"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("key",), condition=~models.Q(verdict="twice"), name="movement_told_once"
            )
        ]
