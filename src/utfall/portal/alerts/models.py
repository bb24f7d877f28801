"""Tables of rules, alerts, what people prefer, what they have seen, and letters that wait for the morning."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Rule(models.Model):
    """What is watched. It belongs to an advertiser or to a publisher. `preset`: made by the installation."""

    advertiser = models.BigIntegerField(null=True, db_index=True)
    publisher = models.BigIntegerField(null=True, db_index=True)
    kind = models.CharField(max_length=9)
    name = models.CharField(max_length=120, blank=True)
    metric = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=5, default="below")
    window = models.CharField(max_length=5, default="day")
    bound = models.BigIntegerField(default=0)
    minimum = models.BigIntegerField(default=0)
    program = models.BigIntegerField(null=True)
    of_publisher = models.BigIntegerField(null=True)
    is_on = models.BooleanField(default=True)
    preset = models.CharField(max_length=20, blank=True)
    problem = models.CharField(max_length=300, blank=True)
    next_look = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.CharField(max_length=260, blank=True)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Rule"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["is_on", "next_look"], name="rule_due")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["program", "preset"], condition=~Q(preset=""), name="one_preset_of_program"
            )
        ]


class Alert(models.Model):
    """Something a rule found. One is open for each rule and subject at most."""

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="alerts")
    advertiser = models.BigIntegerField(null=True, db_index=True)
    publisher = models.BigIntegerField(null=True, db_index=True)
    subject = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=9)
    program = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    picture = models.JSONField(default=dict)
    raised_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=260, blank=True)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Alert"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "subject"], condition=Q(ended_at__isnull=True), name="one_open_alert"
            )
        ]


class Preference(models.Model):
    """What a person prefers in an organisation, and the newest alert that they have seen."""

    user = models.BigIntegerField()
    organisation = models.BigIntegerField()
    page = models.JSONField(null=True)
    email = models.JSONField(null=True)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    zone = models.CharField(max_length=60, default="Europe/Stockholm")
    digest = models.BooleanField(default=False)
    seen = models.BigIntegerField(default=0)

    owners = Owners(organisation="organisation")
    objects = Records["Preference"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "organisation"], name="one_preference")
        ]


class Note(models.Model):
    """A letter about an alert to one person, due at once, after quiet hours, or in the morning."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="notes")
    email = models.CharField(max_length=320)
    language = models.CharField(max_length=5, blank=True)
    slug = models.CharField(max_length=60)
    due_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="alert__advertiser", publisher="alert__publisher")
    objects = Records["Note"]()
