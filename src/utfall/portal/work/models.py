"""Tables of work and of periodic duties."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Work(models.Model):
    """One piece of work somebody asked for."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"
        CANCELLED = "cancelled"

    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    said = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=60, blank=True)
    error = models.CharField(max_length=600, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    ticket = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=5, blank=True)
    actor = models.CharField(max_length=260)
    caller = models.JSONField()
    organisation = models.BigIntegerField(db_index=True)
    created_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    owners = Owners(organisation="organisation")
    objects = Records["Work"]()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state"])]


class Duty(models.Model):
    """When a periodic duty was last seen to, and how that went. The installation's own."""

    name = models.CharField(max_length=80, primary_key=True)
    ran_at = models.DateTimeField()
    error = models.CharField(max_length=300, blank=True)

    owners = Owners()
    objects = Records["Duty"]()
