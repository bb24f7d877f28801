"""Tables of reports that people keep, when they are sent, and files that were made of them."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class SavedReport(models.Model):
    """A report somebody keeps: for themselves, or shared within the organisation."""

    organisation = models.BigIntegerField(db_index=True)
    user = models.BigIntegerField(null=True)
    by = models.CharField(max_length=260)
    name = models.CharField(max_length=120)
    shared = models.BooleanField(default=False)
    wanted = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    owners = Owners(organisation="organisation")
    objects = Records["SavedReport"]()


class Schedule(models.Model):
    """When a saved report is sent to somebody: with the reach that person has when it is sent."""

    class Rhythm(models.TextChoices):
        """How often."""

        DAILY = "daily"
        WEEKLY = "weekly"
        MONTHLY = "monthly"

    report = models.ForeignKey(SavedReport, on_delete=models.CASCADE, related_name="schedules")
    organisation = models.BigIntegerField(db_index=True)
    slug = models.CharField(max_length=80)
    user = models.BigIntegerField()
    email = models.CharField(max_length=320)
    language = models.CharField(max_length=5, blank=True)
    rhythm = models.CharField(max_length=7, choices=Rhythm.choices)
    weekday = models.PositiveSmallIntegerField(default=0)
    day = models.PositiveSmallIntegerField(default=1)
    hour = models.PositiveSmallIntegerField(default=7)
    zone = models.CharField(max_length=60)
    next_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    owners = Owners(organisation="organisation")
    objects = Records["Schedule"]()


class ReportFile(models.Model):
    """A file that was made of a report, until it expires. `user`: who may fetch it."""

    organisation = models.BigIntegerField(db_index=True)
    user = models.BigIntegerField(null=True)
    key = models.BigIntegerField(null=True)
    name = models.CharField(max_length=160)
    form = models.CharField(max_length=7)
    token = models.CharField(max_length=40, unique=True)
    rows = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    work = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    owners = Owners(organisation="organisation")
    objects = Records["ReportFile"]()

    class Meta:
        ordering: ClassVar = ["-pk"]


class Difference(models.Model):
    """A sum that reports and book tell differently, as long as they do. The operator sees it."""

    owner = models.CharField(max_length=10)
    number = models.BigIntegerField()
    measure = models.CharField(max_length=24)
    currency = models.CharField(max_length=3)
    lake_micros = models.BigIntegerField()
    book_micros = models.BigIntegerField()
    batch = models.BigIntegerField()
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    owners = Owners()
    objects = Records["Difference"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("owner", "number", "measure", "currency"), name="one_difference_of_a_sum"
            )
        ]
