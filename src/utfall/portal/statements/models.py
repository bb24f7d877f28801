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


class VatPaper(models.Model):
    """A paper as VAT counts it, by the number of its receipt: of the book, and of what was frozen of it."""

    receipt = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    trade = models.CharField(max_length=6)
    treatment = models.CharField(max_length=14)
    rate_ppm = models.IntegerField()
    place = models.CharField(max_length=7)
    party = models.BigIntegerField()
    company = models.CharField(max_length=120, blank=True)
    country = models.CharField(max_length=2, blank=True)
    vat = models.CharField(max_length=20, blank=True)
    issued_on = models.DateField()
    supplied_on = models.DateField(db_index=True)
    currency = models.CharField(max_length=3)
    net_micros = models.BigIntegerField()
    tax_micros = models.BigIntegerField()
    own_currency = models.CharField(max_length=3, blank=True)
    own_micros = models.BigIntegerField()
    corrects = models.CharField(max_length=40, blank=True)
    digest = models.CharField(max_length=64)

    owners = Owners()
    objects = Records["VatPaper"]()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["receipt"], condition=Q(treatment="unknown"), name="vat_paper_unknown"),
        ]
