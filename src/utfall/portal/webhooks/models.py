"""Tables of endpoints, deliveries and tries, and how far the feed of changes has been followed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Endpoint(models.Model):
    """Whom to call. It belongs to an advertiser, to a publisher, or (neither) to the operator.

    Its secret is stored nowhere: it is made of the installation's own secret, the salt and the generation.
    """

    class Form(models.TextChoices):
        """What is sent."""

        WEBHOOK = "webhook"
        POSTBACK = "postback"

    class State(models.TextChoices):
        """Whether it is called."""

        ACTIVE = "active"
        PAUSED = "paused"
        DISABLED = "disabled"

    form = models.CharField(max_length=8, choices=Form.choices)
    advertiser = models.BigIntegerField(null=True, db_index=True)
    publisher = models.BigIntegerField(null=True, db_index=True)
    url = models.CharField(max_length=2000)
    description = models.CharField(max_length=120, blank=True)
    kinds = models.JSONField(default=list)
    method = models.CharField(max_length=4, default="POST")
    program = models.BigIntegerField(null=True)
    at_once = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACTIVE)
    reason = models.CharField(max_length=20, blank=True)
    failures = models.PositiveIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)
    is_slow = models.BooleanField(default=False)
    salt = models.CharField(max_length=32)
    old_salt = models.CharField(max_length=32, blank=True)
    old_until = models.DateTimeField(null=True)
    missed_after = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=260)
    removed_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Endpoint"]()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(advertiser__isnull=True) | Q(publisher__isnull=True), name="one_owner_of_endpoint"
            )
        ]


class Delivery(models.Model):
    """One change for one endpoint (a test has no change). What is sent is kept as it is sent."""

    class State(models.TextChoices):
        """Where it is."""

        WAITING = "waiting"
        DELIVERED = "delivered"
        DEAD = "dead"

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message = models.CharField(max_length=64, unique=True)
    change = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=4000)
    body = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField(default=timezone.now)
    status = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=20, blank=True)
    duration_ms = models.PositiveIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="endpoint__advertiser", publisher="endpoint__publisher")
    objects = Records["Delivery"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(F("endpoint"), F("next_try"), name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["endpoint", "state", "id"], name="delivery_listed"),
            models.Index(fields=["created_at"], name="delivery_age"),
        ]


class Attempt(models.Model):
    """One try of a delivery: what was sent and what came back."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    duration_ms = models.PositiveIntegerField()
    address = models.CharField(max_length=45, blank=True)
    status = models.PositiveIntegerField(null=True)
    error = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    request_headers = models.JSONField(default=dict)
    answer_headers = models.JSONField(default=dict)
    answer_body = models.TextField(blank=True)

    owners = Owners(advertiser="delivery__endpoint__advertiser", publisher="delivery__endpoint__publisher")
    objects = Records["Attempt"]()


class Replay(models.Model):
    """A walk through the feed for one endpoint: from after one change up to another, in pieces."""

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="replays")
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    asked_by = models.CharField(max_length=260, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="endpoint__advertiser", publisher="endpoint__publisher")
    objects = Records["Replay"]()


class Followed(models.Model):
    """How far the feed of changes has been followed. One row, the installation's own."""

    change = models.BigIntegerField(default=0)

    owners = Owners()
    objects = Records["Followed"]()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_webhooks_followed")]
