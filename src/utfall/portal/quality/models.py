"""Tables of quality: findings and the orders they blame, what was decided about these, and how publishers
compare.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from utfall.portal.access import Owners, Records


class Finding(models.Model):
    """Something doubtful of one publisher, from when until when. `facts` are the numbers of its sentence.

    `stake_micros`: what is still to be paid for what it blames and nobody has decided about.
    """

    advertiser = models.BigIntegerField()
    program = models.BigIntegerField()
    publisher = models.BigIntegerField()
    detector = models.CharField(max_length=20)
    code = models.CharField(max_length=100, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=10, default="open")
    orders = models.IntegerField(default=0)
    clicks = models.IntegerField(default=0)
    stake_micros = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    facts = models.JSONField(default=dict)
    chance = models.FloatField(null=True)
    found_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=260, blank=True)
    why = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(null=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Finding"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["advertiser", "state", "-stake_micros"], name="quality_finding_of"),
            models.Index(fields=["program", "publisher", "detector"], name="quality_finding_about"),
        ]


class Blamed(models.Model):
    """An order that a finding blames. `is_theirs`: the blamed publisher would be paid for it."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="blamed")
    order = models.BigIntegerField(db_index=True)
    reference = models.CharField(max_length=50)
    placed_at = models.DateTimeField()
    owed_micros = models.BigIntegerField(default=0)
    is_theirs = models.BooleanField(default=True)
    facts = models.JSONField(default=dict)
    honest = models.FloatField(null=True)

    owners = Owners(advertiser="finding__advertiser")
    objects = Records["Blamed"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("finding", "order"), name="quality_blamed_once")
        ]


class Handled(models.Model):
    """What somebody decided about a blamed order. `deadline`: when silence approves it, while it is held.

    `ends`: what happens to a held order a day before that: nothing, or it is declined with `reason` and
    `evidence`.
    """

    order = models.BigIntegerField(unique=True)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="handled")
    advertiser = models.BigIntegerField()
    program = models.BigIntegerField()
    publisher = models.BigIntegerField()
    organisation = models.BigIntegerField()
    state = models.CharField(max_length=10)
    ends = models.CharField(max_length=10, blank=True)
    deadline = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    why = models.CharField(max_length=500, blank=True)
    actor = models.CharField(max_length=260)
    at = models.DateTimeField(default=timezone.now)
    batch = models.BigIntegerField(null=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Handled"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["advertiser", "state", "deadline"], name="quality_handled_of"),
            models.Index(fields=["state", "deadline"], name="quality_handled_due"),
        ]


class Profile(models.Model):
    """How a publisher's traffic in a program looked at the last look: counts, and how long orders took.

    `delays` counts orders by the steps of `comparing`; `others` are the program's quartiles, without names.
    """

    advertiser = models.BigIntegerField()
    program = models.BigIntegerField()
    publisher = models.BigIntegerField()
    clicks = models.BigIntegerField(default=0)
    orders = models.BigIntegerField(default=0)
    approved = models.BigIntegerField(default=0)
    declined = models.BigIntegerField(default=0)
    median_seconds = models.BigIntegerField(null=True)
    delays = models.JSONField(default=list)
    others = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    owners = Owners(advertiser="advertiser", publisher="publisher")
    objects = Records["Profile"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("program", "publisher"), name="quality_profile_of")
        ]
        indexes: ClassVar = [models.Index(fields=["publisher"], name="quality_profile_mine")]


class Look(models.Model):
    """The last look at a program: when, from when on, how much it saw, and what it had to leave out."""

    program = models.BigIntegerField(primary_key=True)
    advertiser = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()
    since = models.DateTimeField()
    orders = models.BigIntegerField(default=0)
    clicks = models.BigIntegerField(default=0)
    milliseconds = models.BigIntegerField(default=0)
    left_out = models.CharField(max_length=20, blank=True)
    delays = models.JSONField(default=list)
    quartiles = models.JSONField(default=dict)

    owners = Owners(advertiser="advertiser")
    objects = Records["Look"]()
