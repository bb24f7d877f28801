"""What was heard of each advertiser, by day and method, and how far the journal is counted."""

from typing import ClassVar, Final

from django.db import models

from utfall.portal.access import Owners, Records

NAMED_NONE: Final = 0


class Heard(models.Model):
    """How many calls came by one method on one UTC day, and how they fared. `program` is the one they named,
    and nought of those that named none."""

    advertiser = models.BigIntegerField()
    program = models.BigIntegerField(default=NAMED_NONE)
    day = models.DateField()
    method = models.CharField(max_length=20)
    accepted = models.BigIntegerField(default=0)
    refused = models.BigIntegerField(default=0)
    tests = models.BigIntegerField(default=0)
    with_click = models.BigIntegerField(default=0)
    last_at = models.DateTimeField()
    last_reason = models.CharField(max_length=40, blank=True)

    owners = Owners(advertiser="advertiser")
    objects = Records["Heard"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["advertiser", "program", "day", "method"], name="heard_of_day")
        ]


class Followed(models.Model):
    """How far a stream of the journal is counted."""

    stream = models.CharField(max_length=64, primary_key=True)
    position = models.BigIntegerField()

    owners = Owners()
    objects = Records["Followed"]()
