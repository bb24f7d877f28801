"""Tables of accounting: the operator's chart, and sums of days that are over, made of the book once."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from utfall.portal.access import Owners, Records


class ChartOfAccounts(models.Model):
    """One row: which account each head has, where the operator gave others than those of BAS."""

    accounts: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    is_gross = models.BooleanField(default=True)
    begins = models.PositiveSmallIntegerField(default=1)

    owners = Owners()
    objects = Records["ChartOfAccounts"]()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(pk=1), name="one_chart")]


class KeptDay(models.Model):
    """A day that is over and whose sums are kept, and its last entry of the book."""

    day = models.DateField(primary_key=True)
    through = models.BigIntegerField()

    owners = Owners()
    objects = Records["KeptDay"]()


class DaySum(models.Model):
    """What a bucket of the book moved on a kept day; a debit is positive."""

    day = models.DateField()
    happening = models.CharField(max_length=20)
    bucket = models.CharField(max_length=20)
    currency = models.CharField(max_length=3)
    micros = models.BigIntegerField()

    owners = Owners()
    objects = Records["DaySum"]()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=("currency", "day", "happening", "bucket"), name="day_sum_of_bucket"
            )
        ]
