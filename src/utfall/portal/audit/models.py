"""Tables of the log, of what waits for approval, and of what has to."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class AuditEntry(models.Model):
    """One change. Its hash covers every other column, also the hash before it; triggers refuse all edits."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    actor = models.CharField(max_length=260)
    via = models.CharField(max_length=6)
    user = models.BigIntegerField(null=True)
    key = models.BigIntegerField(null=True)
    organisation = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(null=True, db_index=True)
    publisher = models.BigIntegerField(null=True, db_index=True)
    before = models.TextField()
    after = models.TextField()
    why = models.TextField()
    prior = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    owners = Owners(advertiser="advertiser", publisher="publisher", organisation="organisation")
    objects = Records["AuditEntry"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["action", "-seq"]),
            models.Index(fields=["subject", "-seq"]),
        ]


class Proposal(models.Model):
    """A change that somebody asked for and that somebody else has to allow."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting"
        APPROVED = "approved"
        REFUSED = "refused"
        WITHDRAWN = "withdrawn"
        EXPIRED = "expired"

    kind = models.CharField(max_length=60)
    payload = models.JSONField()
    words = models.CharField(max_length=300)
    subject = models.CharField(max_length=120)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    asked_why = models.TextField(blank=True)
    asked_by = models.BigIntegerField(null=True)
    asked_name = models.CharField(max_length=260)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING, db_index=True)
    decided_by = models.BigIntegerField(null=True)
    decided_name = models.CharField(max_length=260, blank=True)
    decided_at = models.DateTimeField(null=True)
    why = models.TextField(blank=True)
    organisation = models.BigIntegerField(db_index=True)
    advertiser = models.BigIntegerField(null=True, db_index=True)
    publisher = models.BigIntegerField(null=True, db_index=True)

    owners = Owners(advertiser="advertiser", publisher="publisher", organisation="organisation")
    objects = Records["Proposal"]()


class Policy(models.Model):
    """Whether a kind of change needs a second person; the installation's, set by its operator."""

    kind = models.CharField(max_length=60, primary_key=True)
    required = models.CharField(max_length=6)
    above_ppm = models.IntegerField(null=True)
    above_micros = models.JSONField(default=dict)
    decided_by = models.CharField(max_length=12)

    owners = Owners()
    objects = Records["Policy"]()
