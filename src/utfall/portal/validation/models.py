"""Tables of decisions: batches, their rows, what programs ask for, and how far settlement was read."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Batch(models.Model):
    """Decisions that were made together.

    `ident` and `at_ms` make the ids of its events, so that writing it again writes the same. `written` is the
    last row that is in the journal; `stream` and `position` are where the rows after it were to go.
    """

    advertiser = models.BigIntegerField(db_index=True)
    organisation = models.BigIntegerField(db_index=True)
    actor = models.CharField(max_length=260)
    user = models.BigIntegerField(null=True)
    way = models.CharField(max_length=9)
    name = models.CharField(max_length=200, blank=True)
    key = models.CharField(max_length=100, null=True)
    ident = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=9)
    trouble = models.CharField(max_length=300, blank=True)
    work = models.BigIntegerField(null=True)
    rows = models.IntegerField(default=0)
    at_ms = models.BigIntegerField(null=True)
    stream = models.CharField(max_length=64, blank=True)
    position = models.BigIntegerField(default=0)
    written = models.IntegerField(default=0)
    beaten_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Batch"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state"], name="validation_batch_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("organisation", "key"), name="validation_asked_once")
        ]


class Row(models.Model):
    """One decision: what was asked, what was judged, what became of it."""

    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="decisions")
    number = models.IntegerField()
    order = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=50, blank=True)
    outcome = models.CharField(max_length=10, blank=True)
    action = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=9)
    code = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=20, blank=True)
    plan = models.JSONField(null=True)
    event = models.CharField(max_length=32, blank=True)
    receipt = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    amount_micros = models.BigIntegerField(null=True)
    commission_micros = models.BigIntegerField(null=True)

    owners = Owners(advertiser="batch__advertiser")
    objects = Records["Row"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["batch", "state", "number"], name="validation_row_state"),
            models.Index(fields=["event"], name="validation_row_event", condition=models.Q(state="waiting")),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("batch", "number"), name="validation_row_of_batch")
        ]


class Policy(models.Model):
    """For which reasons a program asks its own people for evidence."""

    program = models.BigIntegerField(primary_key=True)
    advertiser = models.BigIntegerField(db_index=True)
    reasons = models.JSONField(default=list)
    changed_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser")
    objects = Records["Policy"]()


class Followed(models.Model):
    """A row for each reader of the book (1: outcomes, 2: deferrals): the last receipt it read. Of nobody."""

    id = models.IntegerField(primary_key=True)
    receipt = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    owners = Owners()
    objects = Records["Followed"]()
