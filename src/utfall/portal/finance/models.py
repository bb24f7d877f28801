"""The table of finance: fees of months, added up once."""

from django.db import models

from utfall.portal.access import Owners, Records


class FeeMonth(models.Model):
    """What the network earned in a month, by currency, from entries after one and through another."""

    month = models.CharField(max_length=7, unique=True)
    after = models.BigIntegerField()
    through = models.BigIntegerField()
    fees = models.JSONField(default=dict)

    owners = Owners()
    objects = Records["FeeMonth"]()
