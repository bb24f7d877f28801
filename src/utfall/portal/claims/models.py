"""Tables of claims: what was filed and answered, what was said, what was sent as proof, and the clocks."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Claim(models.Model):
    """A publisher's claim. `answer` is what the receipts said when it was filed, without the order's number.

    `ident` and `award_ms` make the ids of its award's events; `stream` and `position` are where they went.
    """

    advertiser = models.BigIntegerField()
    program = models.BigIntegerField(db_index=True)
    publisher = models.BigIntegerField()
    reference = models.CharField(max_length=50)
    outcome = models.CharField(max_length=10)
    zone = models.CharField(max_length=64)
    link = models.BigIntegerField(null=True)
    placed_on = models.DateField()
    amount_micros = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    note = models.TextField(blank=True)
    answer = models.JSONField()
    order = models.BigIntegerField(null=True)
    state = models.CharField(max_length=13)
    denial = models.CharField(max_length=20, blank=True)
    words = models.TextField(blank=True)
    actor = models.CharField(max_length=260, blank=True)
    filed_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    reminded = models.IntegerField(default=0)
    ident = models.CharField(max_length=32, unique=True)
    award = models.CharField(max_length=9, default="none")
    award_ms = models.BigIntegerField(null=True)
    award_event = models.CharField(max_length=32, blank=True)
    award_reference = models.CharField(max_length=50, blank=True)
    award_reason = models.CharField(max_length=40, blank=True)
    stream = models.CharField(max_length=64, blank=True)
    position = models.BigIntegerField(default=0)
    receipt = models.BigIntegerField(null=True)
    commission_micros = models.BigIntegerField(null=True)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Claim"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["advertiser", "state", "due_at"], name="claim_of_advertiser"),
            models.Index(fields=["publisher", "state"], name="claim_of_publisher"),
            models.Index(fields=["state", "due_at"], name="claim_due"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("publisher", "program", "reference"),
                condition=~models.Q(state__in=["withdrawn", "denied"]),
                name="claim_filed_once",
            )
        ]


class Message(models.Model):
    """One message of a claim's conversation."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="messages")
    side = models.CharField(max_length=10)
    actor = models.CharField(max_length=260)
    text = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="claim__advertiser", publisher="claim__publisher")
    objects = Records["Message"]()


class Proof(models.Model):
    """A file that was sent with a message; its content lies under its hash."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="proofs")
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=20)
    bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    owners = Owners(advertiser="message__claim__advertiser", publisher="message__claim__publisher")
    objects = Records["Proof"]()


class Clock(models.Model):
    """From when on a program decides within how many days."""

    program = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField()
    days = models.IntegerField()
    starts_at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=260)

    owners = Owners(advertiser="advertiser")
    objects = Records["Clock"]()
