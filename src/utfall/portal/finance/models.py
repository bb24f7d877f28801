"""The tables of finance: fees of months and balances at their ends, added up once."""

from typing import Any

from django.db import models

from utfall.portal.access import Owners, Records


class FeeMonth(models.Model):
    """What the network earned in a month, by currency, from entries after one and through another; and how
    that is made up of advertisers, None where they were not told apart yet.
    """

    month = models.CharField(max_length=7, unique=True)
    after = models.BigIntegerField()
    through = models.BigIntegerField()
    fees = models.JSONField(default=dict)
    advertisers: models.JSONField[Any, dict[str, dict[str, int]] | None] = models.JSONField(null=True)

    owners = Owners()
    objects = Records["FeeMonth"]()


class MonthEnd(models.Model):
    """What stood on each account of the book, by number, after the last entry of a month; those left out had
    nothing. `history` tells that entry's book from any other.
    """

    day = models.DateField(primary_key=True)
    through = models.BigIntegerField()
    history = models.CharField(max_length=64)
    balances: models.JSONField[dict[int, int], dict[str, int]] = models.JSONField()

    owners = Owners()
    objects = Records["MonthEnd"]()

    class Meta:
        ordering = ("day",)
